/** Data sets that come with the product: computed ones from the core, and real ones. */
import { checkChoice, checkInteger, checkNumber, checkObject, checkSeed } from './arguments.js';
import { loadCore } from './core.js';
import iris from './data/iris.js';
import penguins from './data/penguins.js';
import { maxExamples } from './limits.js';
import { presetNames } from './names.js';
import { snap } from './plane.js';

export { presetNames } from './names.js';

/** @typedef {import('./core.js').Core} Core */

/**
 * An axis of the plane in the data's own units: value = offset + scale * coordinate.
 * @typedef {{ name: string, unit: string, scale: number, offset: number }} Axis
 */

/**
 * @typedef {object} PresetData
 * @property {number[][]} X m rows of two coordinates in the plane, multiples of 1/512
 * @property {number[]} y m class numbers
 * @property {number} classes
 * @property {string[]} names of the classes
 * @property {[Axis, Axis]} axes
 * @property {string} source where real data comes from; '' for computed data
 * @property {string} licence likewise
 */

/** @typedef {{ n?: number, noise?: number, flip?: number, seed?: number }} PresetArguments */
/** @typedef {{ n: number, noise: number, flip: number, seed: number }} PresetOptions */
/**
 * @typedef {object} RealData
 * @property {string} source
 * @property {string} licence
 * @property {{ name: string, unit: string }[]} axes
 * @property {{ name: string, examples: string }[]} classes
 */
/** @typedef {import('./names.js').PresetName} PresetName */

const realData = new Map(
  /** @type {[string, RealData][]} */ ([
    ['iris', iris],
    ['penguins', penguins],
  ]),
);

/** Real data spans this much of the plane on each side of 0: some room is left to draw in. */
const realSpan = 2.5;

/**
 * A preset's points.
 * @param {PresetName} name
 * @param {PresetArguments} [options] n points, 1 … 20,000 (200; of real data a sample, by default all);
 *   noise, a standard deviation in units of the plane, 0 … 3 (0.1; real data 0); flip, the share of labels
 *   turned over, 0 … 1 (0); seed (1)
 * @returns {Promise<PresetData>}
 * @throws {TypeError | RangeError} naming the option and its value
 */
export async function preset(name, options) {
  const checked = presetOptions(name, options);
  return makePreset(await loadCore(), name, checked);
}

/**
 * The classes that a preset has.
 * @param {PresetName} name
 */
export const presetClasses = (name) => realData.get(name)?.classes.length ?? 2;

/**
 * @param {PresetName} name
 * @param {PresetArguments} [options]
 * @returns {PresetOptions}
 */
export function presetOptions(name, options = {}) {
  checkChoice('preset', name, presetNames);
  checkObject('options', options, ['n', 'noise', 'flip', 'seed']);
  const real = realData.get(name);
  const rows = real === undefined ? maxExamples : exampleCount(real);
  const { n = real === undefined ? 200 : rows, noise = real === undefined ? 0.1 : 0, flip = 0, seed = 1 } = options;
  return {
    n: checkInteger('n', n, 1, rows),
    noise: checkNumber('noise', noise, 0, 3),
    flip: checkNumber('flip', flip, 0, 1),
    seed: checkSeed('seed', seed),
  };
}

/**
 * What a preset's numbers mean.
 * @param {PresetName} name
 * @returns {Omit<PresetData, 'X' | 'y'>}
 */
export function describePreset(name) {
  const real = realData.get(name);
  if (real !== undefined) return describeRealPreset(real);
  return {
    classes: 2,
    names: ['A', 'B'],
    axes: [
      { name: 'x₁', unit: '', scale: 1, offset: 0 },
      { name: 'x₂', unit: '', scale: 1, offset: 0 },
    ],
    source: '',
    licence: '',
  };
}

/**
 * @param {Core} core
 * @param {PresetName} name
 * @param {PresetOptions} options checked
 * @returns {PresetData}
 */
export function makePreset(core, name, options) {
  const real = realData.get(name);
  if (real !== undefined) return makeRealPreset(core, real, options);
  const { x, y } = core.fillPreset(/** @type {typeof import('./names.js').computedPresets[number]} */ (name), options);
  return {
    X: Array.from(y, (_, i) => [x[2 * i], x[2 * i + 1]]),
    y: Array.from(y),
    ...describePreset(name),
  };
}

/** @param {RealData} data */
const exampleCount = ({ classes }) => classes.reduce((sum, { examples }) => sum + examples.split(',').length, 0);

/**
 * @param {RealData} data
 * @returns {Omit<PresetData, 'X' | 'y'>}
 */
function describeRealPreset({ classes, axes, source, licence }) {
  const rows = classes.flatMap(readExamples);
  const fitted = axes.map((axis, k) => ({ ...axis, ...fitAxis(rows.map((values) => values[k])) }));
  return {
    classes: classes.length,
    names: classes.map(({ name }) => name),
    axes: [fitted[0], fitted[1]],
    source,
    licence,
  };
}

/** @param {{ examples: string }} data */
const readExamples = ({ examples }) => examples.split(',').map((example) => example.trim().split(' ').map(Number));

/**
 * @param {Core} core
 * @param {RealData} data
 * @param {PresetOptions} options
 * @returns {PresetData}
 */
function makeRealPreset(core, data, { n, noise, flip, seed }) {
  const described = describeRealPreset(data);
  const rows = data.classes.flatMap((of, label) => readExamples(of).map((values) => ({ values, label })));
  const X = [];
  const y = [];
  for (const row of sample(core, rows.length, n, seed)) {
    const { values, label } = rows[row];
    X.push(
      values.map((value, k) => {
        const { scale, offset } = described.axes[k];
        return snap((value - offset) / scale + (noise === 0 ? 0 : noise * normal(core, seed, row, k)));
      }),
    );
    y.push(core.randomUniform(seed, 'preset', drawOf(row, 1)) < flip ? (label + 1) % described.classes : label);
  }
  return { X, y, ...described };
}

/**
 * The scaling that puts the values' range on [-realSpan, realSpan].
 * @param {number[]} values
 */
function fitAxis(values) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  return { scale: (most - least) / 2 / realSpan, offset: (most + least) / 2 };
}

/** Each row draws from its own 32 places of the stream: 0 sample, 1 flip, 8 … 31 noise. */
const drawOf = (/** @type {number} */ row, /** @type {number} */ k) => row * 32 + k;

/**
 * n of `count` rows, without repetition, in their order: those with the smallest numbers drawn.
 * @param {Core} core
 * @param {number} count
 * @param {number} n
 * @param {number} seed
 */
function sample(core, count, n, seed) {
  const draws = Array.from({ length: count }, (_, row) => ({
    row,
    u: core.randomUniform(seed, 'preset', drawOf(row, 0)),
  }));
  draws.sort((a, b) => a.u - b.u || a.row - b.row);
  return draws
    .slice(0, n)
    .map(({ row }) => row)
    .sort((a, b) => a - b);
}

/**
 * Nearly normal, of variance 1: the sum of twelve uniform numbers, less 6. Only additions,
 * so its bits are the same everywhere.
 * @param {Core} core
 * @param {number} seed
 * @param {number} row
 * @param {number} axis 0 or 1
 */
function normal(core, seed, row, axis) {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += core.randomUniform(seed, 'preset', drawOf(row, 8 + 12 * axis + k));
  return sum;
}
