/**
 * A network as plain data: shape, parameters and all that training needs to go on, so that a network read back
 * (network-from-json.js) has the hash of the one that was written.
 */
import { describeState } from './core-structs.js';
import { optimizers } from './names.js';
import { parameterLayout } from './parameters.js';

/** @typedef {import('./core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./parameters.js').Shape} Shape */

/** A float32, exactly; '-0' because JSON's writers drop the sign of 0. @typedef {number | '-0'} JSONNumber */

/**
 * W1 (n_h, n_x) and W2 (n_y, n_h) as rows, b1 (n_h) and b2 (n_y).
 * @typedef {{ W1: JSONNumber[][], b1: JSONNumber[], W2: JSONNumber[][], b2: JSONNumber[] }} JSONParameters
 */

/**
 * @typedef {object} NetworkJSON
 * @property {'two-layer-network'} format
 * @property {1} version
 * @property {number} arithmetic the version of the arithmetic that trained it
 * @property {number} hidden
 * @property {number} inputs
 * @property {number} classes
 * @property {import('./names.js').Activation} activation
 * @property {import('./names.js').Initializer} init
 * @property {number} seed
 * @property {import('./names.js').Feature[]} features
 * @property {number} step updates made
 * @property {number} epoch passes over the data completed
 * @property {number} position examples of the current epoch already used
 * @property {JSONParameters} parameters
 * @property {{ name: import('./names.js').Optimizer, step: number, slots: JSONParameters[] }} optimizer slots:
 *   momentum's v; Adam's m and v
 */

export const networkFormat = 'two-layer-network';
/** Arrays of the parameters' shape that an optimiser keeps. */
export const slotCounts = Object.freeze({ sgd: 0, momentum: 1, adam: 2 });

/**
 * @param {CoreNetwork} network
 * @param {number} arithmetic
 * @returns {NetworkJSON}
 */
export function networkToJSON(network, arithmetic) {
  const { hidden, inputs, classes, activation, init, seed, features } = network.options;
  const { step, epoch, optimizerStep, position, optimizer, values } = describeState(network.readState());
  const name = optimizers[optimizer];
  const stride = values.length / 3;
  const part = (/** @type {number} */ k) => toParameters(values.subarray(k * stride, (k + 1) * stride), network.shape);
  return {
    format: networkFormat,
    version: 1,
    arithmetic,
    hidden,
    inputs,
    classes,
    activation,
    init,
    seed,
    features: [...features],
    step,
    epoch,
    position,
    parameters: part(0),
    optimizer: {
      name,
      step: optimizerStep,
      slots: Array.from({ length: slotCounts[name] }, (_, k) => part(k + 1)),
    },
  };
}

/** @param {number} value @returns {JSONNumber} */
const toNumber = (value) => (Object.is(value, -0) ? '-0' : value);

/**
 * @param {Float32Array} flat in the core's order
 * @param {Shape} shape
 * @returns {JSONParameters}
 */
function toParameters(flat, shape) {
  const [W1, b1, W2, b2] = parameterLayout(shape).map(({ rows, cols, offset }) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from(flat.subarray(offset + row * cols, offset + (row + 1) * cols), toNumber),
    ),
  );
  return { W1, b1: b1.flat(), W2, b2: b2.flat() };
}
