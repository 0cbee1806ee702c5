#!/usr/bin/env node
/**
 * The command: `npx two-layer …`, or `node web/cli.js …`.
 *
 * Results go to the standard output, words and the progress bar to the standard error. It ends with 0, 1 (it
 * failed), 2 (wrong usage) or 130 (interrupted).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { helpOf, parseCommandLine } from './cli/command-line.js';
import * as embed from './cli/embed.js';
import { CommandError, InterruptedError, reasonOf, UsageError } from './cli/errors.js';
import * as exporting from './cli/export.js';
import * as predict from './cli/predict.js';
import { makeServe } from './cli/serve.js';
import { Terminal, unprintable } from './cli/terminal.js';
import * as train from './cli/train.js';
import * as verify from './cli/verify.js';

/**
 * @typedef {object} Subcommand
 * @property {import('./cli/command-line.js').Command} command
 * @property {(values: import('./cli/command-line.js').Values, operands: string[], terminal: Terminal) => Promise<void>} run
 */

// Both web/ and build/, where the bundled command stands, are beside build/.
const artefacts = fileURLToPath(new URL('../build/', import.meta.url));

/** @type {Map<string, Subcommand>} */
const subcommands = new Map([
  ['train', train],
  ['predict', predict],
  ['verify', verify],
  ['export', exporting],
  ['serve', makeServe(artefacts)],
  ['embed', embed],
]);

/** @returns {string} */
function usage() {
  const rows = [...subcommands].map(([name, { command }]) => `  ${name.padEnd(10)}${command.summary}`);
  return [
    'Usage: two-layer COMMAND …',
    '',
    'A neural network with one hidden layer: the same as in the playground, to the last bit.',
    '',
    ...rows,
    '',
    'two-layer COMMAND --help tells more. two-layer --version prints the version.',
    '',
  ].join('\n');
}

/** @returns {string} */
const version = () => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit status
 */
async function main([name, ...args]) {
  const subcommand = subcommands.get(name ?? '');
  const terminal = new Terminal();
  try {
    if (name === '--help' || name === '-h' || name === 'help') await terminal.print(usage());
    else if (name === '--version') await terminal.print(`${version()}\n`);
    else if (subcommand === undefined) {
      terminal.say(`${name === undefined ? '' : `two-layer: '${name}' is not a command\n\n`}${usage().trimEnd()}`);
      return 2;
    } else {
      const { values, operands } = parseCommandLine(subcommand.command, args);
      if (values.help) await terminal.print(helpOf(name, subcommand.command));
      else await subcommand.run(values, operands, terminal);
    }
    return 0;
  } catch (error) {
    return explain(error, name, terminal);
  } finally {
    terminal.close();
  }
}

/**
 * @param {unknown} error
 * @param {string} name of the command
 * @param {Terminal} terminal
 * @returns {number} the exit status
 */
function explain(error, name, terminal) {
  if (error instanceof InterruptedError) {
    terminal.say(`two-layer: ${error.message}`);
    return 130;
  }
  if (error instanceof UsageError) {
    terminal.say(`two-layer ${name}: ${error.message}\n'two-layer ${name} --help' tells more`);
    return 2;
  }
  if (error instanceof CommandError) terminal.say(`two-layer: ${error.message}`);
  else if (reasonOf(error) !== undefined) terminal.say(`two-layer: ${/** @type {Error} */ (error).message}`);
  else terminal.say(`two-layer: ${error instanceof Error ? error.stack : error}`);
  return 1;
}

// The reader of a pipe may have seen enough; a disk may be full.
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(0);
  process.stderr.write(`two-layer: ${unprintable(error).message}\n`);
  process.exit(1);
});

// Words that cannot be said are no reason to lose the work (terminal.js, where they are thrown at once).
process.stderr.on('error', () => undefined);

process.exitCode = await main(process.argv.slice(2));
