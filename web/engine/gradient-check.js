/**
 * Is the gradient right? By formulas in float64, by differences of the loss and by the kernels: a module of its own, as
 * training needs none of it. src/gradient_check.h tells what it computes.
 */
import { check, Memory } from './memory.js';
import { activations } from './names.js';
import { once } from './once.js';
import { instantiate } from './wasm.js';

/** Slips in the formulas that a gradient check must find: in dW1 and db1, in dW2, in db2. */
export const sabotages = Object.freeze(
  /** @type {const} */ (['none', 'slope-dropped', 'mean-dropped', 'sign-flipped']),
);

/** @typedef {typeof sabotages[number]} Sabotage */
/** @typedef {import('./core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./core-structs.js').TrainingOptions} TrainingOptions */

/**
 * @typedef {object} GradientCheck blocks are W1, b1, W2, b2
 * @property {Float64Array} analytic (parameterCount) by formulas in float64
 * @property {Float32Array} kernels (parameterCount) as training has it
 * @property {Float64Array} error (4) of each block, formulas to differences: above 1e-6 is wrong
 * @property {Float64Array} errorWithKinks (4) the same with the parameters that `error` leaves out
 * @property {Float64Array} float32Gap (4) kernels to formulas
 * @property {Float64Array} kinks (4) parameters of the block with kinks within the step
 * @property {number} loss penalties included
 */

// Sizes of the header's structs, in bytes.
const gradientProblemBytes = 40;
const centralDifferenceBytes = 24;
const gradientCheckBytes = 136;

export class GradientChecker {
  /** @type {Memory} */ #memory;

  /** @param {WebAssembly.Instance} instance */
  constructor(instance) {
    this.#memory = new Memory(instance);
  }

  /**
   * Central differences of the loss, penalties included, in float64: what `check` compares with.
   * @param {CoreNetwork} network
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options of which l1 and l2 count
   * @param {number} [first] the index of a parameter, in the core's order
   * @param {number} [count] of parameters: many are dear, and may be taken in slices
   * @returns {Float64Array} (count, 3): the difference, its resolution, the kinks within its step
   */
  differences(network, data, options, first = 0, count = network.parameterCount - first) {
    const memory = this.#memory;
    return memory.borrow((lend) => {
      const problemAt = lendProblem(memory, lend, network, data, options);
      const at = lend(count * centralDifferenceBytes);
      check(memory.exports.numeric_gradients(problemAt, first, count, at), 'differences');
      return memory.doubles(at, count * 3).slice();
    });
  }

  /**
   * The gradient by formulas in float64 and by the kernels, and how far the three ways agree.
   * @param {CoreNetwork} network
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options of which l1 and l2 count
   * @param {Float64Array} differences of all parameters
   * @param {Sabotage} [sabotage] a slip to make in the formulas
   * @returns {GradientCheck}
   */
  check(network, data, options, differences, sabotage = 'none') {
    const memory = this.#memory;
    const count = network.parameterCount;
    const kernels = network.gradients(data, options).dW;
    return memory.borrow((lend) => {
      const problemAt = lendProblem(memory, lend, network, data, options);
      const [differencesAt, analyticAt] = [lend(differences.byteLength), lend(count * 8)];
      const [kernelsAt, at] = [lend(count * 4), lend(gradientCheckBytes)];
      memory.doubles(differencesAt, differences.length).set(differences);
      memory.floats(kernelsAt, count).set(kernels);
      const slip = sabotages.indexOf(sabotage);
      const { check_gradients } = memory.exports;
      check(check_gradients(problemAt, slip, differencesAt, kernelsAt, analyticAt, at), 'a gradient check');
      const blocks = memory.doubles(at, 17).slice();
      return {
        analytic: memory.doubles(analyticAt, count).slice(),
        kernels,
        error: blocks.slice(0, 4),
        errorWithKinks: blocks.slice(4, 8),
        float32Gap: blocks.slice(8, 12),
        kinks: blocks.slice(12, 16),
        loss: blocks[16],
      };
    });
  }
}

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {CoreNetwork} network
 * @param {CoreData} data
 * @param {TrainingOptions} options
 * @returns {number} where a gradient_problem stands
 */
function lendProblem(memory, lend, network, data, options) {
  const parameters = network.readParameters();
  const { X, y } = data.read();
  const at = lend(gradientProblemBytes);
  const [parametersAt, xAt, yAt] = [lend(parameters.byteLength), lend(X.byteLength), lend(y.byteLength)];
  memory.floats(parametersAt, parameters.length).set(parameters);
  memory.floats(xAt, X.length).set(X);
  memory.bytes(yAt, y.length).set(y);
  const { view } = memory;
  const { inputs, hidden, outputs } = network.shape;
  const activation = activations.indexOf(network.options.activation);
  for (const [k, value] of [parametersAt, xAt, yAt, inputs, hidden, outputs, y.length, activation].entries()) {
    view.setUint32(at + 4 * k, value, true);
  }
  view.setFloat32(at + 32, options.l1, true);
  view.setFloat32(at + 36, options.l2, true);
  return at;
}

/**
 * The checker of this realm: the first call starts it.
 * @type {() => Promise<GradientChecker>}
 * @throws {import('./wasm.js').CoreUnavailableError}
 */
export const loadGradientCheck = once(
  async () => new GradientChecker(await instantiate(() => import('../../build/gradient-check-wasm.js'))),
);
