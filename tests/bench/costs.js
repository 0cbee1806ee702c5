/** What one example costs one hidden unit in a full-batch step, from few examples to many. */
import { calibrate, quantile } from './measure.js';
import { task } from './task.js';

const examples = [10, 30, 100, 250, 1000, 4000, 20_000];
const units = [1, 2, 4, 8, 16, 64, 256];

/** Short, as there are many cells. */
const slices = { slice: 3, warmUp: 12 };

/** A cell this much dearer than the large ones is not flat. */
const dear = 1.5;

/**
 * @typedef {object} Cell
 * @property {number} m
 * @property {number} hidden
 * @property {number} ns of one example and unit, at best
 */

/**
 * @param {import('./places.js').Place} place
 * @param {number} rounds each goes once through all cells, so that a bad moment hits no cell alone
 * @returns {Promise<Cell[]>}
 */
export async function measureCosts(place, rounds) {
  const cells = [];
  for (const m of examples) {
    for (const hidden of units) {
      const side = await place.open('core', task({ m, hidden }));
      cells.push({ m, hidden, side, count: await calibrate(side, slices), ns: Number.POSITIVE_INFINITY });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const cell of cells) {
      const ms = await cell.side.slice(cell.count);
      cell.ns = Math.min(cell.ns, (ms * 1e6) / (cell.count * cell.m * cell.hidden));
    }
  }
  for (const { side } of cells) await side.free();
  return cells;
}

/**
 * @param {readonly Cell[]} cells
 * @returns {string} a line a number of examples, a column a number of units; `*` where it is dear, and why
 */
export function showCosts(cells) {
  const large = cells.filter(({ m, hidden }) => m >= 250 && hidden >= 16).map(({ ns }) => ns);
  const level = quantile(large, 0.5);
  const lines = examples.map((m) => {
    const row = cells.filter((cell) => cell.m === m);
    return [
      `  ${`m = ${m}`.padEnd(12)}`,
      ...row.map(({ ns }) => `${ns.toFixed(2)}${ns > dear * level ? '*' : ' '}`.padStart(9)),
    ].join('');
  });
  return [
    `  ${'n_h ='.padEnd(12)}${units.map((hidden) => `${hidden} `.padStart(9)).join('')}`,
    ...lines,
    `  * more than ${dear} times the ${level.toFixed(2)} ns of many examples (m ≥ 250) and units (n_h ≥ 16). Few units share what an`,
    '    example costs anyway (σ of the output: 17 operations beside 27 a unit) and are padded to 4 lanes or rows;',
    '    few examples share what a step costs anyway (the sums over the lanes, the update of the parameters).',
  ].join('\n');
}
