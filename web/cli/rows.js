/** A table's rows as examples: columns by name, numbers and labels, and what is amiss named by line. */
import { isLabelGap, NumberReader, shorten } from './cells.js';
import { readTable } from './csv.js';
import { CommandError, UsageError } from './errors.js';

/** @typedef {import('./csv.js').Row} Row */

/**
 * @typedef {object} TableOptions
 * @property {string} [delimiter]
 * @property {import('./cells.js').Decimal} [decimal]
 * @property {boolean} [header] whether the first line holds names; told from its cells where it is not given
 */

/**
 * A row that was looked at: `gap` names the column of a missing value, `problem` says why it cannot be taken.
 * @typedef {object} Example
 * @property {number} line
 * @property {number[]} x
 * @property {string | null} label trimmed; null where no column of labels was asked for
 * @property {string | null} gap
 * @property {string | null} problem
 */

/**
 * @typedef {object} Table
 * @property {string[]} names
 * @property {boolean} hasHeader
 * @property {string} delimiter
 * @property {Row[]} sample the first of the rows
 * @property {AsyncGenerator<Row[]>} rows all of them
 */

const sampleSize = 200;

/**
 * @param {string} path '-' is the standard input
 * @param {TableOptions} options
 * @param {AbortSignal} signal
 * @returns {Promise<Table>} names: 'column 1', … where there is no header
 * @throws {CommandError} for a file that cannot be read or holds no rows
 * @throws {import('./errors.js').InterruptedError}
 */
export async function openTable(path, { delimiter, header }, signal) {
  const blocks = readTable(path, delimiter, signal);
  /** @type {Row[]} */
  const rows = [];
  let told = ',';
  while (rows.length < sampleSize) {
    const { done, value } = await blocks.next();
    if (done) break;
    rows.push(...value.rows);
    told = value.delimiter;
  }
  if (rows.length === 0) throw new CommandError(`${nameOf(path)}: it holds no rows`);
  const head = rows[0].cells;
  const numbers = new NumberReader(told);
  const hasHeader = header ?? !head.some((cell) => 'number' in numbers.read(cell, 1));
  const start = hasHeader ? rows.slice(1) : rows;
  if (start.length === 0) throw new CommandError(`${nameOf(path)}: no row follows its header`);
  // Where lines end in a delimiter, the column after it is none.
  const width = head.findLastIndex((_, i) => rows.some(({ cells }) => (cells[i] ?? '').trim() !== '')) + 1;
  return {
    names: head.slice(0, width).map((cell, i) => (hasHeader && cell.trim()) || `column ${i + 1}`),
    hasHeader,
    delimiter: told,
    sample: start.slice(0, sampleSize),
    rows: (async function* () {
      yield start;
      for await (const block of blocks) yield block.rows;
    })(),
  };
}

/** @param {string} path */
export const nameOf = (path) => (path === '-' ? 'standard input' : path);

/**
 * @param {string} option which asked for the column
 * @param {string} wanted a name, or a number from 1
 * @param {string[]} names
 * @param {string} path
 * @returns {number} its place from 0
 * @throws {UsageError}
 */
export function findColumn(option, wanted, names, path) {
  const first = names.indexOf(wanted);
  if (first !== -1) {
    if (names.lastIndexOf(wanted) !== first) {
      throw new UsageError(`--${option}: ${nameOf(path)} has more than one column ${wanted}; give its number, from 1`);
    }
    return first;
  }
  const number = Number(wanted);
  if (Number.isInteger(number) && number >= 1 && number <= names.length) return number - 1;
  throw new UsageError(`--${option}: '${wanted}' is not a column of ${nameOf(path)}; it has ${names.join(', ')}`);
}

/**
 * The columns that hold numbers, as far as the first rows tell.
 * @param {Table} table
 * @param {TableOptions} options
 * @returns {number[]} places from 0
 */
export function numberColumns({ names, sample, delimiter }, { decimal }) {
  return names.flatMap((_, column) => {
    const numbers = new NumberReader(delimiter, decimal);
    const readings = sample.map(({ line, cells }) => numbers.read(cells[column] ?? '', line));
    const count = readings.filter((reading) => 'number' in reading).length;
    return count > 0 && count * 2 >= readings.filter((reading) => !('gap' in reading)).length ? [column] : [];
  });
}

/**
 * @param {Table} table
 * @param {{ x: number[], y: number | null }} columns places from 0
 * @param {TableOptions} options
 * @returns {AsyncGenerator<Example[]>}
 */
export async function* readExamples({ names, rows, delimiter, hasHeader }, { x, y }, { decimal }) {
  const numbers = new NumberReader(delimiter, decimal);
  for await (const block of rows) {
    yield block.map(({ line, cells, amiss }) => {
      /** @type {Example} */
      const example = { line, x: [], label: null, gap: null, problem: null };
      if (amiss) return { ...example, problem: 'something follows a closing quote' };
      if (cells.length < names.length || cells.slice(names.length).some((cell) => cell.trim() !== '')) {
        const head = hasHeader ? 'the header' : 'the first row';
        return { ...example, problem: `${cells.length} fields, where ${head} has ${names.length}` };
      }
      for (const column of x) {
        const reading = numbers.read(cells[column], line);
        if ('number' in reading) example.x.push(reading.number);
        else if ('gap' in reading) example.gap ??= names[column];
        else example.problem ??= `${names[column]}: ${reading.problem}`;
      }
      if (y !== null) {
        example.label = cells[y].trim();
        if (isLabelGap(example.label)) example.gap ??= names[y];
      }
      return example;
    });
  }
}

/** Rows that were not taken: how many, and the first of them by line. */
export class LeftOut {
  count = 0;
  /** @type {string[]} */ #first = [];

  /** @param {number} line @param {string} why */
  add(line, why) {
    if (++this.count <= 5) this.#first.push(`line ${line} (${why})`);
  }

  toString() {
    const more = this.count - this.#first.length;
    return `${this.#first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  }
}

/**
 * @param {string} path
 * @param {number} line
 * @param {string} problem
 */
export const badRow = (path, line, problem) =>
  new CommandError(`${nameOf(path)}, line ${line}: ${problem} (--skip-bad-rows goes on without such rows)`);

/**
 * The classes of the labels: in the order of their numbers if all are numbers, else by the alphabet's codes.
 * @param {Iterable<string>} labels
 * @returns {string[]}
 */
export function orderClasses(labels) {
  const classes = [...new Set(labels)];
  const areNumbers = classes.every((label) => label !== '' && Number.isFinite(Number(label)));
  return classes.sort(areNumbers ? (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1) : undefined);
}

/** @param {readonly string[]} classes at most some of them, as text */
export const showClasses = (classes) =>
  classes.length > 6 ? `${classes.slice(0, 6).map(shorten).join(', ')}, …` : classes.map(shorten).join(', ');
