/** The table's rows, as data: two sides, what they do, and the ratio that is wanted. */
import { task } from './task.js';

/** @typedef {import('./task.js').Task} Task */
/** @typedef {import('./places.js').SideName} SideName */

/**
 * @typedef {object} Row
 * @property {string} group
 * @property {string} name
 * @property {{ by: SideName, task: Task }} ours
 * @property {{ by: SideName, task: Task }} theirs
 * @property {string} unit of the rates: work per second, or the ms of one unit
 * @property {number | { Node: number, Chromium: number } | undefined} goal the least ratio; undefined: to know, not to reach
 * @property {number} [rounds] at most: a unit of this work takes many slices' time
 * @property {boolean} [slowdown] the ratio is our time to theirs, and the goal the most it may be
 * @property {number} tolerance between the numbers that the two sides prove their work by
 */

const sizes = [
  [200, 4],
  [200, 8],
  [200, 64],
  [2000, 16],
  [10_000, 64],
];
const activations = /** @type {const} */ (['sigmoid', 'tanh']);
const symbol = { sigmoid: 'σ', tanh: 'tanh' };

/**
 * The core and plain JavaScript round to float32 in different places, by 2^-24 of numbers about 1. (An update that is
 * wrong by a hundredth is farther off, unless J rests on a plateau.)
 */
const closeLoss = 1e-6;

/** TensorFlow.js adds up 10,000 losses in float32. */
const closeLossOfFloat32Sums = 1e-5;

/** The same bits. */
const sameBits = 0;

/** Colours of 256: a p at the edge of two may round to either. */
const nextColour = 1;

/**
 * @param {SideName} by
 * @param {Partial<Task>} given
 */
const side = (by, given) => ({ by, task: task(given) });

/** @param {Partial<Task>} given */
const label = ({ m, hidden, activation = 'sigmoid', batchSize, shuffle }) =>
  [
    m === undefined ? `n_h=${hidden}` : `(${m}, ${hidden})`,
    symbol[activation],
    ...(batchSize ? [`batches of ${batchSize}${shuffle ? ', shuffled' : ''}`] : []),
  ].join(' ');

/** @type {Row[]} */
const fullBatch = activations.flatMap((activation) =>
  sizes.map(([m, hidden]) => ({
    group: 'full batch, vs plain JavaScript',
    name: label({ m, hidden, activation }),
    ours: side('core', { m, hidden, activation }),
    theirs: side('plain', { m, hidden, activation }),
    unit: 'steps/s',
    goal: activation === 'sigmoid' ? { Node: 20, Chromium: 13 } : 20,
    tolerance: closeLoss,
  })),
);

/** @type {Row[]} */
const batches = activations.flatMap((activation) =>
  [false, true].map((shuffle) => {
    const given = { m: 250, hidden: 8, activation, batchSize: 10, shuffle };
    return {
      group: 'batches of ten, vs plain JavaScript',
      name: label(given),
      ours: side('core', given),
      theirs: side('plain', given),
      unit: 'epochs/s',
      goal: 12,
      // In another order, another way to about the same place.
      tolerance: shuffle ? 1e-3 : closeLoss,
    };
  }),
);

/** The same against plain JavaScript that is tuned. @type {Row[]} */
const tuned = [...fullBatch, ...batches].map((row) => ({
  ...row,
  group: `${row.group} tuned by hand`,
  theirs: { ...row.theirs, by: 'tuned' },
  goal: undefined,
}));

/** @type {Row[]} */
const losses = activations.map((activation) => ({
  group: 'a loss on every step, vs on the last only',
  name: label({ m: 200, hidden: 8, activation }),
  ours: side('core', { activation, losses: true }),
  theirs: side('core', { activation }),
  unit: 'steps/s',
  goal: 1.15,
  slowdown: true,
  tolerance: sameBits,
}));

/** @type {Partial<Task>[]} */
const likeForLike = [
  { m: 200, hidden: 8 },
  { m: 200, hidden: 8, activation: 'tanh' },
  { m: 2000, hidden: 16 },
  { m: 10_000, hidden: 64 },
  { m: 250, hidden: 8, batchSize: 10, shuffle: true },
];

/**
 * @param {string} group
 * @param {SideName} by another build of the same source
 * @param {{ fullBatch: number, others: number | undefined }} goals
 * @returns {Row[]}
 */
const versus = (group, by, goals) => [
  ...likeForLike.map((given) => ({
    group,
    name: label(given),
    ours: side('core', given),
    theirs: side(by, given),
    unit: given.batchSize ? 'epochs/s' : 'steps/s',
    goal: given.batchSize ? goals.others : goals.fullBatch,
    tolerance: sameBits,
  })),
  {
    group,
    name: 'picture n_h=8 σ',
    ours: side('core', { does: 'paint' }),
    theirs: side(by, { does: 'paint' }),
    unit: 'ms',
    goal: goals.others,
    tolerance: sameBits,
  },
];

/** @type {Row[]} */
const shareOfPeak = sizes.slice(1).map(([m, hidden]) => ({
  group: 'share of the peak of mul and add',
  name: label({ m, hidden }),
  ours: side('core', { m, hidden, operations: true }),
  theirs: side('peak', {}),
  unit: 'GFLOP/s',
  goal: m === 200 && hidden === 8 ? 0.48 : 0.52,
  tolerance: sameBits,
}));

/** @type {Row[]} */
const pictures = [
  ...activations.flatMap((activation) =>
    [8, 64].map((hidden) => ({
      group: 'picture of 800 × 800, vs plain JavaScript',
      name: label({ hidden, activation }),
      ours: side('core', { does: 'paint', hidden, activation }),
      theirs: side('plain', { does: 'paint', hidden, activation }),
      unit: 'ms',
      goal: 40,
      tolerance: nextColour,
    })),
  ),
  {
    // At most 12 ms where plain JavaScript takes 100 ms for n_h = 8.
    group: 'picture of 800 × 800, vs plain JavaScript',
    name: 'n_h=64 σ, vs n_h=8 in plain',
    ours: side('core', { does: 'paint', hidden: 64 }),
    theirs: side('plain', { does: 'paint', hidden: 8 }),
    unit: 'ms',
    goal: 100 / 12,
    tolerance: Number.POSITIVE_INFINITY, // two different pictures, on purpose
  },
];

/** @type {Row[]} */
const tensorflow = [
  [200, 8],
  [10_000, 64],
].flatMap(([m, hidden]) =>
  /** @type {const} */ ([
    ['tensorflow', 'by hand'],
    ['tensorflow-fit', 'model.fit'],
  ]).map(([by, name]) => ({
    group: 'full batch, vs TensorFlow.js on wasm, one thread',
    name: `${label({ m, hidden })}, ${name}`,
    ours: side('core', { m, hidden }),
    theirs: side(by, { m, hidden }),
    unit: 'steps/s',
    goal: undefined,
    tolerance: closeLossOfFloat32Sums,
  })),
);

/** @type {Row[]} */
const many = [
  {
    group: '256 starts by 1,000 steps in one call, vs in single calls',
    name: label({ m: 200, hidden: 2 }),
    ours: side('core', { does: 'runs', hidden: 2 }),
    theirs: side('core', { does: 'single runs', hidden: 2 }),
    unit: 'ms',
    goal: 0.8,
    rounds: 10,
    tolerance: sameBits,
  },
  {
    group: 'J over two parameters, 64 × 64, vs plain JavaScript',
    name: label({ m: 200, hidden: 8 }),
    ours: side('core', { does: 'landscape' }),
    theirs: side('plain', { does: 'landscape' }),
    unit: 'ms',
    goal: undefined,
    tolerance: closeLoss,
  },
];

/** @type {readonly Row[]} */
export const rows = [
  ...fullBatch,
  ...batches,
  ...tuned,
  ...losses,
  ...versus('the same source natively (clang -O3, no -march)', 'native', { fullBatch: 0.9, others: 0.9 }),
  // Four lanes cannot gain that much where batches of ten are gathered and filled up, or pixels looked up and copied.
  ...versus('the same source as scalar wasm', 'scalar', { fullBatch: 4.5, others: undefined }),
  ...shareOfPeak,
  ...pictures,
  ...many,
  ...tensorflow,
];

/**
 * @param {Row} row
 * @param {'Node' | 'Chromium'} place
 * @returns {number | undefined}
 */
export const goalOf = ({ goal }, place) => (typeof goal === 'object' ? goal[place] : goal);
