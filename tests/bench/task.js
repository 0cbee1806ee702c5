/**
 * What is to be done, as plain data: every side of a comparison gets the same task, and shows by the
 * numbers of `prove` that it does the same work.
 */

/**
 * @typedef {object} Task
 * @property {'train' | 'paint' | 'runs' | 'single runs' | 'landscape'} does
 * @property {number} m examples of the xor preset
 * @property {number} hidden
 * @property {'sigmoid' | 'tanh'} activation
 * @property {number} batchSize 0: full batch, and a unit of work is a step; else it is an epoch
 * @property {boolean} shuffle
 * @property {boolean} losses J before each step, not before the last one only
 * @property {boolean} operations count the work in multiplications and additions, not in steps
 */

/**
 * @typedef {import('./measure.js').Side & {
 *   prove: () => number[] | Promise<number[]>,
 *   free: () => void | Promise<void>,
 * }} Worker a side that can prove what it does
 */

/**
 * @param {Partial<Task>} given
 * @returns {Task}
 */
export const task = (given) => ({
  does: 'train',
  m: 200,
  hidden: 8,
  activation: 'sigmoid',
  batchSize: 0,
  shuffle: false,
  losses: false,
  operations: false,
  ...given,
});

export const seed = 1;

/**
 * The playground's own, so that a fault in any part of an update shows in the losses after some steps; smaller for
 * wide networks, which would jump to and fro.
 * @param {Task} task
 */
export const learningRateOf = ({ hidden }) => (hidden < 64 ? 1 : 0.3);

/** The picture of the whole plane, in the playground's window. */
export const picture = Object.freeze({ left: -3, top: 3, width: 6, height: 6, columns: 800, rows: 800 });

/** The starts of one sweep, and how far each is trained. */
export const starts = 256;
export const stepsOfStart = 1000;

/** The plane of W1's first two parameters. */
export const landscape = Object.freeze({ left: -4, top: 4, width: 8, height: 8, columns: 64, rows: 64 });

/** Colour k is k, so that a picture's bytes tell what the table was asked for. */
export const colours = Uint32Array.from({ length: 256 }, (_, k) => k);

/** Pixels that `prove` looks at. */
export const probes = Array.from({ length: 64 }, (_, k) => (4999 + 9973 * k) % (picture.columns * picture.rows));

/** @param {Task} task */
export const updatesOfUnit = ({ m, batchSize }) => (batchSize === 0 ? 1 : Math.ceil(m / batchSize));

/**
 * Units that `prove` trains for.
 * @param {Task} task
 */
export const unitsOfProof = ({ m, hidden }) => Math.min(100, Math.max(5, Math.round(2e6 / (m * hidden))));

/**
 * Multiplications and additions of one full-batch step: forward and backward an example and unit, and an example.
 * The few of the update, which do not grow with m, are left out.
 * @param {Task} task
 */
export const operationsOfStep = ({ m, hidden }) => m * (27 * hidden + 17);

/**
 * @param {() => void} work
 * @returns {number} ms
 */
export function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}
