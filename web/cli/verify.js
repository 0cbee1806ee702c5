/** two-layer verify: marks a run by replaying its link. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { show } from '../engine/arguments.js';
import { verify } from '../engine/index.js';
import { looksLikeLink } from '../engine/session/link.js';
import { CommandError, reasonOf } from './errors.js';
import { percent } from './terminal.js';

/** @type {import('./command-line.js').Command} */
export const command = {
  usage: 'LINK [--task LINK] [options]',
  summary: 'Replays a run from its link and says what it comes to, and whether its goal is met.',
  details: `
LINK is an address, its part after #, or a file that holds one of these or a saved session. With --task, the
teacher's link, data, seed, goal and locked settings are taken from there, and what the run has otherwise is
named. Ends with status 1 where the goal is not met, or anything is otherwise than it should be.`,
  operands: [1, 1],
  options: {
    task: { kind: 'text', value: 'LINK', help: "the teacher's own link, or a file with it" },
    'max-work': { kind: 'number', value: 'N', help: 'stop after examples times units, about nanoseconds (1e11)' },
    json: { kind: 'flag', help: 'print the verdict as one line of JSON' },
  },
  examples: ["verify 'preset=ring&hidden=3&goal=loss<0.1&step=2000'", 'verify student.txt --task task.txt --json'],
};

/**
 * @param {import('./command-line.js').Values} values
 * @param {string[]} operands
 * @param {import('./terminal.js').Terminal} terminal
 */
export async function run(values, [link], terminal) {
  const task = /** @type {string | undefined} */ (values.task);
  const verdict = await verify(await readLink(link), {
    ...(task === undefined ? {} : { task: await readLink(task) }),
    ...(values.maxWork === undefined ? {} : { maxWork: Number(values.maxWork) }),
    signal: terminal.signal,
  });
  const { hash, step, loss, accuracy, goal, differences, exceeded } = verdict;
  const passed = differences.length === 0 && !exceeded && (goal.text === '' || goal.met);
  if (values.json) await terminal.print(`${JSON.stringify({ command: 'verify', passed, ...verdict })}\n`);
  else {
    const lines = [`step ${step}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)}  hash ${hash}`];
    if (goal.text !== '') {
      const by = goal.trusted ? "the task's" : "the link's own word";
      lines.push(`goal ${goal.text} (${by}): ${goal.met ? `met at step ${goal.step}` : 'not met'}`);
    }
    for (const { message } of differences) lines.push(`otherwise: ${message}`);
    if (exceeded) lines.push(`stopped at step ${step}: more work than --max-work allows`);
    await terminal.print(`${lines.join('\n')}\n`);
  }
  if (!passed) throw new CommandError('not passed');
}

/**
 * @param {string} given
 * @returns {Promise<string>}
 * @throws {CommandError} for what is no run at all: a name mistyped, an empty file
 */
async function readLink(given) {
  const isFile = given.length <= 4096 && existsSync(given);
  const text = (isFile ? await readText(given) : given).trim();
  if (text.startsWith('{') || looksLikeLink(text)) return text;
  const why = isFile ? 'it holds neither a link nor a saved session' : 'neither a link, nor the name of a file';
  throw new CommandError(`${show(given)}: ${why}`);
}

/** @param {string} path */
async function readText(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${path}: ${reasonOf(error) ?? error}`);
  }
}
