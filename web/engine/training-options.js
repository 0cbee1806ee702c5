/** The options of a training, checked, with Keras's defaults and the product's rates. */
import { checkBoolean, checkChoice, checkInteger, checkNumber } from './arguments.js';
import { maxExamples, maxMagnitude } from './limits.js';
import { optimizers } from './names.js';

/** @typedef {import('./core-structs.js').TrainingOptions} TrainingOptions */
/** @typedef {import('./names.js').Optimizer} Optimizer */

/**
 * As callers give them; what is left out has its default.
 * @typedef {object} TrainingArguments
 * @property {number} [learningRate] α, 0 … 1e6; by default 1, for Adam 0.01
 * @property {Optimizer} [optimizer] by default 'sgd'
 * @property {number} [momentum] v := momentum v − α g; 0 … 1, by default 0.9
 * @property {number} [beta1] 0 … 1, by default 0.9
 * @property {number} [beta2] 0 … 1, by default 0.999
 * @property {number} [epsilon] Adam's "epsilon hat", 1e-12 … 1, by default 1e-7
 * @property {number | 'all'} [batchSize] examples an update; 'all' (or 0) by default
 * @property {boolean} [shuffle] a new order each epoch, by default true; it matters to mini-batches only
 * @property {number} [l1] adds l1 Σ|w| over W1 and W2 to the loss, by default 0
 * @property {number} [l2] adds l2 Σ w², likewise
 */

export const trainingNames = Object.freeze(
  /** @type {const} */ ([
    'learningRate',
    'optimizer',
    'momentum',
    'beta1',
    'beta2',
    'epsilon',
    'batchSize',
    'shuffle',
    'l1',
    'l2',
  ]),
);

/**
 * α where none was given.
 * @param {Optimizer} optimizer
 */
export const defaultLearningRate = (optimizer) => (optimizer === 'adam' ? 0.01 : 1);

/** Beside it the root of a second moment that the core takes for 0 (below 2^-50, src/update.c) is nothing. */
const leastEpsilon = 1e-12;

/** How each option is checked. */
export const trainingChecks = Object.freeze({
  learningRate: (/** @type {unknown} */ value) => checkNumber('learningRate', value, 0, maxMagnitude),
  optimizer: (/** @type {unknown} */ value) => checkChoice('optimizer', value, optimizers),
  momentum: (/** @type {unknown} */ value) => checkNumber('momentum', value, 0, 1),
  beta1: (/** @type {unknown} */ value) => checkNumber('beta1', value, 0, 1 - 2 ** -24),
  beta2: (/** @type {unknown} */ value) => checkNumber('beta2', value, 0, 1 - 2 ** -24),
  epsilon: (/** @type {unknown} */ value) => checkNumber('epsilon', value, leastEpsilon, 1),
  batchSize: (/** @type {unknown} */ value) => (value === 'all' ? 0 : checkInteger('batchSize', value, 0, maxExamples)),
  shuffle: (/** @type {unknown} */ value) => checkBoolean('shuffle', value),
  l1: (/** @type {unknown} */ value) => checkNumber('l1', value, 0, maxMagnitude),
  l2: (/** @type {unknown} */ value) => checkNumber('l2', value, 0, maxMagnitude),
});

/**
 * @param {TrainingArguments} given undefined values count as left out
 * @returns {TrainingOptions}
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function trainingOptions(given) {
  const optimizer = given.optimizer === undefined ? 'sgd' : trainingChecks.optimizer(given.optimizer);
  /**
   * @template {Exclude<typeof trainingNames[number], 'optimizer'>} Name
   * @param {Name} name
   * @param {ReturnType<typeof trainingChecks[Name]>} byDefault
   */
  const pick = (name, byDefault) =>
    given[name] === undefined
      ? byDefault
      : /** @type {ReturnType<typeof trainingChecks[Name]>} */ (trainingChecks[name](given[name]));
  return {
    optimizer,
    learningRate: pick('learningRate', defaultLearningRate(optimizer)),
    momentum: pick('momentum', 0.9),
    beta1: pick('beta1', 0.9),
    beta2: pick('beta2', 0.999),
    epsilon: pick('epsilon', 1e-7),
    batchSize: pick('batchSize', 0),
    shuffle: pick('shuffle', true),
    l1: pick('l1', 0),
    l2: pick('l2', 0),
  };
}
