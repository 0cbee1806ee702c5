/** What going back in a run costs: a seek to any of its steps, from wherever one stands, in ms of the processor's time. */
import { loadCore } from '../../web/engine/core.js';
import { openSessionOn } from '../../web/engine/open-session.js';
import { createSession } from '../../web/engine/session.js';
import { generator } from '../helpers/random-runs.js';
import { quantile } from './measure.js';
import { showNumber } from './table.js';

/** @typedef {import('../../web/engine/session.js').Session} Session */

export const seekTitle = 'seek to a step of the run, ms';

const steps = 100_000;
const seeks = 400;

/** Of every seek at ordinary sizes, ms. */
const goal = 50;

/** @type {{ name: string, options: object, edits: number }[]} */
const runs = [
  { name: '(200, 8)', options: {}, edits: 0 },
  { name: '(200, 8), 2000 edits', options: {}, edits: 2000 },
  { name: '(200, 8), 20 % test points', options: { testSplit: 0.2 }, edits: 0 },
  { name: '(200, 8), batches of 10, Adam', options: { batchSize: 10, optimizer: 'adam' }, edits: 0 },
];

/**
 * @returns {Promise<{ text: string, short: string[] }>} what to print, and what falls short of the goal
 */
export async function measureSeeks() {
  const core = await loadCore();
  const lines = [];
  const short = [];
  for (const { name, options, edits } of runs) {
    const session = createSession(core, { n: 200, hidden: 8, ...options });
    play(session, edits);
    const times = await seekAbout(session);
    const worst = Math.max(...times);
    const line = `  ${name.padEnd(32)}median ${showNumber(quantile(times, 0.5))}, worst ${showNumber(worst)} of ${seeks} (goal ≤ ${goal})`;
    lines.push(line);
    if (worst > goal) short.push(`Node: ${seekTitle}: ${line.trim()}`);
    session.free();
  }
  return { text: [...lines, await showLongSeek()].join('\n'), short };
}

/**
 * @param {Session} session
 * @param {number} edits over all steps
 */
function play(session, edits) {
  const random = generator(1);
  for (let k = 1; k <= edits; k++) {
    session.train(steps / edits);
    session.edit({ move: [{ id: Math.floor(random() * 200), x: random() * 6 - 3, y: random() * 6 - 3 }] });
  }
  session.train(steps - session.step);
}

/** @param {Session} session @returns {Promise<number[]>} ms of each seek, whatever else the machine does */
async function seekAbout(session) {
  const random = generator(2);
  const times = [];
  for (let k = 0; k < seeks; k++) {
    const step = Math.floor(random() * (steps + 1));
    const start = process.cpuUsage();
    await session.seek(step);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return times;
}

/** A run whose seeks take long: how often they let others in and tell how far they are. */
async function showLongSeek() {
  const core = await loadCore();
  const live = createSession(core, { n: 10_000, hidden: 256 });
  live.train(200);
  // Opened anew, without keyframes: all of it is played.
  const session = openSessionOn(core, live.link());
  let last = performance.now();
  /** @type {number[]} */
  const pauses = [];
  const onProgress = () => {
    pauses.push(performance.now() - last);
    last = performance.now();
  };
  const start = last;
  await session.seek(200, { onProgress });
  const total = performance.now() - start;
  live.free();
  session.free();
  return (
    `  ${'(10 000, 256), all of 200 steps'.padEnd(32)}${showNumber(total)} in ${pauses.length} slices, ` +
    `the longest ${showNumber(Math.max(...pauses))}`
  );
}
