/** Reads a command's arguments by its table of options, and writes its help from the same table. */
import { parseArgs } from 'node:util';
import { UsageError } from './errors.js';

/**
 * @typedef {object} Option
 * @property {'number' | 'text' | 'list' | 'flag'} kind list: parted by commas
 * @property {string} [value] what stands for the value in the help; none for a flag
 * @property {string} help
 * @property {readonly string[]} [choices]
 */

/** @typedef {Record<string, Option>} Options by name, in kebab-case */

/**
 * @typedef {object} Command
 * @property {string} usage what follows the command's name
 * @property {string} summary one line
 * @property {string} [details] more lines
 * @property {[least: number, most: number]} operands how many
 * @property {Options} options
 * @property {string[]} examples lines after `two-layer`
 */

/** @typedef {Record<string, number | string | string[] | boolean | undefined>} Values by name in camelCase */

const helpOption = Object.freeze(/** @type {Option} */ ({ kind: 'flag', help: 'print this help' }));

/** @param {string} name */
export const toCamel = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

/** @param {string} name */
export const toKebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * @param {Command} command
 * @param {string[]} args
 * @returns {{ values: Values, operands: string[] }} values hold only what was given
 * @throws {UsageError} naming the option and its value
 */
export function parseCommandLine(command, args) {
  const known = { ...command.options, help: helpOption };
  const { values: given, positionals } = parse(known, args);
  /** @type {Values} */
  const values = {};
  for (const [name, option] of Object.entries(known)) {
    if (given[name] !== undefined) values[toCamel(name)] = readValue(name, option, given[name]);
  }
  const [least, most] = command.operands;
  if (values.help !== true && (positionals.length < least || positionals.length > most)) {
    const found = positionals.length === 0 ? 'nothing' : positionals.map((operand) => `'${operand}'`).join(' ');
    throw new UsageError(`expected ${command.usage}, found ${found}`);
  }
  return { values, operands: positionals };
}

/**
 * @param {Options} known
 * @param {string[]} args
 */
function parse(known, args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(known).map(([name, { kind }]) => [
          name,
          { type: /** @type {'string' | 'boolean'} */ (kind === 'flag' ? 'boolean' : 'string') },
        ]),
      ),
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node explains at length; the first sentence names the option.
    throw new UsageError(error.message.split('. ')[0]);
  }
}

/**
 * @param {string} name
 * @param {Option} option
 * @param {string | boolean | (string | boolean)[] | undefined} given
 */
function readValue(name, { kind, choices }, given) {
  if (typeof given !== 'string') return given === true;
  if (kind === 'list') return given.split(',').map((item) => item.trim());
  if (choices !== undefined && !choices.includes(given)) {
    throw new UsageError(`--${name}: '${given}' is not one of ${choices.join(', ')}`);
  }
  if (kind === 'text') return given;
  const number = Number(given);
  if (given.trim() === '' || Number.isNaN(number)) throw new UsageError(`--${name}: '${given}' is not a number`);
  return number;
}

/**
 * @param {string} name
 * @param {Command} command
 * @returns {string}
 */
export function helpOf(name, { usage, summary, details, options, examples }) {
  const rows = Object.entries({ ...options, help: helpOption }).map(([option, { value, help }]) => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    `Usage: two-layer ${name} ${usage}`.trimEnd(),
    '',
    summary,
    ...(details === undefined ? [] : [details]),
    '',
    'Options:',
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}${help}`),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  two-layer ${example}`),
    '',
  ].join('\n');
}
