/**
 * The structs of src/two_layer.h, written into the core's memory and read out of it: the one file that knows their places.
 * What is lent is the caller's for the time of a memory.borrow.
 */
import { activations, featureBits, initializers, optimizers } from './names.js';

/** @typedef {import('./memory.js').Memory} Memory */
/** @typedef {import('./names.js').Activation} Activation */
/** @typedef {import('./names.js').Feature} Feature */

/**
 * @typedef {object} NetworkOptions
 * @property {number} seed an integer, 0 … 2^53
 * @property {number} inputs numbers an example is given by
 * @property {readonly Feature[]} features only with two inputs
 * @property {number} hidden
 * @property {number} classes
 * @property {Activation} activation
 * @property {import('./names.js').Initializer} init
 */

/**
 * @typedef {object} TrainingOptions
 * @property {number} learningRate
 * @property {number} momentum
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} epsilon
 * @property {number} l1
 * @property {number} l2
 * @property {import('./names.js').Optimizer} optimizer
 * @property {number} batchSize 0 for all
 * @property {boolean} shuffle
 */

/**
 * @typedef {object} TrainingResult
 * @property {boolean} diverged the next step would leave something not finite: it was not made
 * @property {number} steps updates made
 * @property {number} loss with penalties, before the last update
 * @property {number} dataLoss J, before the last update
 * @property {number} parameter the index of the first parameter that diverged, -1 if it was J
 * @property {Float32Array} losses J before each update, if asked for
 */

/** @typedef {{ left: number, top: number, width: number, height: number, columns: number, rows: number }} Grid */

export const diverged = 3;

// Sizes and places of the header's structs, in bytes: doubles first, so nothing is padded inside.
export const networkOptionsBytes = 32;
export const trainingOptionsBytes = 40;
export const trainingResultBytes = 24;
export const epochSumsBytes = 24;
export const evaluationBytes = 12;
export const gridBytes = 24;
export const stateHeaderBytes = 32;

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {NetworkOptions} options
 */
export function lendNetworkOptions(memory, lend, options) {
  const at = lend(networkOptionsBytes);
  const { view } = memory;
  view.setFloat64(at, options.seed, true);
  view.setUint32(at + 8, options.inputs, true);
  view.setUint32(at + 12, featureBits(options.features), true);
  view.setUint32(at + 16, options.hidden, true);
  view.setUint32(at + 20, options.classes, true);
  view.setUint32(at + 24, activations.indexOf(options.activation), true);
  view.setUint32(at + 28, initializers.indexOf(options.init), true);
  return at;
}

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {TrainingOptions} options
 */
export function lendTrainingOptions(memory, lend, options) {
  const at = lend(trainingOptionsBytes);
  const { view } = memory;
  const { learningRate, momentum, beta1, beta2, epsilon, l1, l2 } = options;
  for (const [k, value] of [learningRate, momentum, beta1, beta2, epsilon, l1, l2].entries()) {
    view.setFloat32(at + 4 * k, value, true);
  }
  view.setUint32(at + 28, optimizers.indexOf(options.optimizer), true);
  view.setUint32(at + 32, options.batchSize, true);
  view.setUint32(at + 36, options.shuffle ? 1 : 0, true);
  return at;
}

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {Grid} grid
 */
export function lendGrid(memory, lend, { left, top, width, height, columns, rows }) {
  const at = lend(gridBytes);
  const { view } = memory;
  for (const [k, value] of [left, top, width, height].entries()) view.setFloat32(at + 4 * k, value, true);
  view.setUint32(at + 16, columns, true);
  view.setUint32(at + 20, rows, true);
  return at;
}

/**
 * @param {Memory} memory
 * @param {number} at a training_result
 */
export function readTrainingResult({ view }, at) {
  return {
    steps: view.getFloat64(at, true),
    loss: view.getFloat32(at + 8, true),
    dataLoss: view.getFloat32(at + 12, true),
    parameter: view.getInt32(at + 16, true),
  };
}

/**
 * @param {Memory} memory
 * @param {number} at two words, the low one first
 * @returns {string} sixteen hex digits
 */
export function readHash({ view }, at) {
  const word = (/** @type {number} */ from) => view.getUint32(from, true).toString(16).padStart(8, '0');
  return word(at + 4) + word(at);
}

/**
 * What a state block says of itself (network_state in src/two_layer.h).
 * @param {Uint8Array} state
 * @returns {{ step: number, epoch: number, optimizerStep: number, position: number, optimizer: number,
 *   values: Float32Array }} values: the parameters and the optimiser's two slots, each padded to a common length
 */
export function describeState(state) {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  return {
    step: view.getFloat64(0, true),
    epoch: view.getFloat64(8, true),
    optimizerStep: view.getFloat64(16, true),
    position: view.getUint32(24, true),
    optimizer: view.getUint32(28, true),
    values: new Float32Array(state.slice(stateHeaderBytes).buffer),
  };
}

/**
 * The inverse of describeState.
 * @param {ReturnType<typeof describeState>} described
 * @returns {Uint8Array}
 */
export function composeState({ step, epoch, optimizerStep, position, optimizer, values }) {
  const state = new Uint8Array(stateHeaderBytes + values.byteLength);
  const view = new DataView(state.buffer);
  view.setFloat64(0, step, true);
  view.setFloat64(8, epoch, true);
  view.setFloat64(16, optimizerStep, true);
  view.setUint32(24, position, true);
  view.setUint32(28, optimizer, true);
  new Float32Array(state.buffer, stateHeaderBytes).set(values);
  return state;
}
