/** The settings of a run: what an edit may change beside points and weights. */
import { checkChoice, checkChoices, checkInteger, checkNumber, checkObject } from '../arguments.js';
import { maxClasses, maxHidden } from '../limits.js';
import { activations, features, initializers } from '../names.js';
import { defaultLearningRate, trainingChecks } from '../training-options.js';

/**
 * @typedef {object} Settings
 * @property {number} hidden n_h
 * @property {import('../names.js').Activation} activation g
 * @property {import('../names.js').Initializer} init from the next start on
 * @property {number} classes
 * @property {readonly import('../names.js').Feature[]} features
 * @property {number} learningRate α
 * @property {import('../names.js').Optimizer} optimizer
 * @property {number} momentum
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} epsilon
 * @property {number} batchSize examples an update, 0 for all
 * @property {boolean} shuffle
 * @property {number} l1
 * @property {number} l2
 * @property {number} testSplit the share of points that are tested on and never trained on
 */

/** Settings as they are kept: α is null until it is set, and then follows the optimiser.
 * @typedef {Omit<Settings, 'learningRate'> & { learningRate: number | null }} KeptSettings */

/** @type {Readonly<{ [Name in keyof KeptSettings]: (value: unknown) => KeptSettings[Name] }>} */
const checks = Object.freeze({
  hidden: (value) => checkInteger('hidden', value, 1, maxHidden),
  activation: (value) => checkChoice('activation', value, activations),
  init: (value) => checkChoice('init', value, initializers),
  classes: (value) => checkInteger('classes', value, 2, maxClasses),
  features: (value) => Object.freeze(checkChoices('features', value, features)),
  ...trainingChecks,
  learningRate: (value) => (value === null ? null : trainingChecks.learningRate(value)),
  // More than nine in ten would leave little to learn from.
  testSplit: (value) => checkNumber('testSplit', value, 0, 0.9),
});

/** @type {Readonly<KeptSettings>} */
export const defaultSettings = Object.freeze({
  hidden: 4,
  activation: 'sigmoid',
  init: 'glorot-uniform',
  classes: 2,
  features: Object.freeze([]),
  learningRate: null,
  optimizer: 'sgd',
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  batchSize: 0,
  shuffle: true,
  l1: 0,
  l2: 0,
  testSplit: 0,
});

export const settingNames = Object.freeze(/** @type {(keyof KeptSettings)[]} */ (Object.keys(defaultSettings)));

/**
 * @param {string} name of the argument, for errors
 * @param {unknown} given
 * @returns {Partial<KeptSettings>} checked; what is undefined is left out
 * @throws {TypeError | RangeError} naming the setting and its value
 */
export function checkSettings(name, given) {
  const object = checkObject(name, given, settingNames);
  /** @type {Partial<Record<keyof KeptSettings, unknown>>} */
  const checked = {};
  for (const key of settingNames) {
    if (object[key] !== undefined) checked[key] = checks[key](object[key]);
  }
  return /** @type {Partial<KeptSettings>} */ (checked);
}

/**
 * @param {KeptSettings} kept
 * @returns {Readonly<Settings>}
 */
export const effectiveSettings = (kept) =>
  Object.freeze({ ...kept, learningRate: kept.learningRate ?? defaultLearningRate(kept.optimizer) });

/**
 * @param {keyof KeptSettings} name
 * @param {KeptSettings} a
 * @param {KeptSettings} b
 */
export const sameSetting = (name, a, b) =>
  name === 'features' ? a.features.join() === b.features.join() : a[name] === b[name];
