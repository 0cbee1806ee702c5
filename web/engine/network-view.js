/** The network as it is asked, and not changed: what a session's network and one of a program's own have in common. */
import { checkExamples, checkLabels, checkObject } from './arguments.js';
import { maxInteger } from './limits.js';
import { matrix, toRows, transpose } from './matrix.js';
import { networkToJSON } from './network-json.js';
import { splitParameters } from './parameters.js';
import { summarize } from './summary.js';
import { trainingOptions } from './training-options.js';

/** @typedef {import('./matrix.js').Matrix} Matrix */
/** @typedef {import('./parameters.js').Parameters} Parameters */
/** @typedef {import('./arguments.js').Examples} Examples */
/** @typedef {import('./arguments.js').Numbers} Numbers */
/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./network-json.js').NetworkJSON} NetworkJSON */

/**
 * What a network can be asked without changing it; X is m rows of `inputs` numbers, or a
 * Float32Array of m * inputs, and y is m class numbers. Every argument is checked first:
 * TypeError and RangeError name it and its value.
 */
export class NetworkView {
  /** @type {Core} */ #core;
  /** @type {() => CoreNetwork} */ #network;

  /**
   * @param {Core} core
   * @param {() => CoreNetwork} network the network to look at, which may be another one later
   */
  constructor(core, network) {
    this.#core = core;
    this.#network = network;
  }

  /** n_h */
  get hidden() {
    return this.#network().options.hidden;
  }

  /** Numbers an example is given by; the features come on top. */
  get inputs() {
    return this.#network().options.inputs;
  }

  /** n: labels are 0 … n - 1. */
  get classes() {
    return this.#network().options.classes;
  }

  /** g, by its name. */
  get activation() {
    return this.#network().options.activation;
  }

  /** How its first weights were drawn. */
  get init() {
    return this.#network().options.init;
  }

  /** Of its first weights and of the shuffles. */
  get seed() {
    return this.#network().options.seed;
  }

  /** Computed from the two inputs, in the order of their columns in W1. */
  get features() {
    return [...this.#network().options.features];
  }

  /** Updates made. */
  get step() {
    return this.#network().step;
  }

  /** Passes over the data completed. */
  get epoch() {
    return this.#network().epoch;
  }

  /** @returns {Parameters} W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1); copies */
  get parameters() {
    const network = this.#network();
    return splitParameters(network.readParameters(), network.shape);
  }

  /**
   * @param {Examples} X m rows, as many as memory holds
   * @returns {Float32Array} (m) probabilities of class 1 for two classes, else (m, n_y) row by row
   * @throws {TypeError | RangeError} naming the row, the place in it and its value
   */
  predict(X) {
    const network = this.#network();
    // Predictions come in blocks of rows, so m has no limit but the result's own size.
    return network.predict(checkExamples('X', X, network.options.inputs, 0, maxInteger).x);
  }

  /**
   * @param {Examples} X m rows, 1 … 20,000 of them
   * @param {Numbers} y m class numbers
   * @param {{ l1?: number, l2?: number }} [penalties] to report in `loss`
   * @returns {{ loss: number, dataLoss: number, accuracy: number }} loss with penalties, dataLoss J, in nats;
   *   accuracy the share of examples whose class is found (p > 0.5, or the largest p)
   * @throws {TypeError | RangeError} naming the argument and its value
   */
  evaluate(X, y, penalties = {}) {
    const { l1, l2 } = /** @type {{ l1?: number, l2?: number }} */ (checkObject('penalties', penalties, ['l1', 'l2']));
    const options = trainingOptions({ l1, l2 });
    return this.#withData(X, y, (data) => {
      const { loss, dataLoss, correct } = this.#network().evaluate(data, options);
      return { loss, dataLoss, accuracy: correct / data.count };
    });
  }

  /**
   * @param {Examples} X m rows, 1 … 20,000 of them
   * @returns {{ Z1: Matrix, A1: Matrix, Z2: Matrix, A2: Matrix }} Z1 and A1 (n_h, m), Z2 and A2 (n_y, m)
   * @throws {TypeError | RangeError} naming the argument and its value
   */
  forward(X) {
    return this.#withData(X, null, (data) => {
      const network = this.#network();
      const { hidden, outputs } = network.shape;
      const { Z1, A1, Z2, A2 } = network.forward(data);
      return {
        Z1: matrix(hidden, data.count, Z1),
        A1: matrix(hidden, data.count, A1),
        Z2: matrix(outputs, data.count, Z2),
        A2: matrix(outputs, data.count, A2),
      };
    });
  }

  /**
   * J and its gradients, without penalties. dZ1 and dZ2 are per example, without the 1/m, as in the notes.
   * @param {Examples} X m rows, 1 … 20,000 of them
   * @param {Numbers} y m class numbers
   * @returns {{ J: number, dZ2: Matrix, dW2: Matrix, db2: Matrix, dZ1: Matrix, dW1: Matrix, db1: Matrix }}
   *   dZ2 (n_y, m), dZ1 (n_h, m), the others shaped as the parameters; J in nats
   * @throws {TypeError | RangeError} naming the argument and its value
   */
  gradients(X, y) {
    return this.#withData(X, y, (data) => {
      const network = this.#network();
      const { hidden, outputs } = network.shape;
      const { J, dW, dZ1, dZ2 } = network.gradients(data);
      const { W1, b1, W2, b2 } = splitParameters(dW, network.shape);
      return {
        J,
        dZ2: matrix(outputs, data.count, dZ2),
        dW2: W2,
        db2: b2,
        dZ1: matrix(hidden, data.count, dZ1),
        dW1: W1,
        db1: b1,
      };
    });
  }

  /**
   * Keras's list, in its order and orientation.
   * @returns {[number[][], number[], number[][], number[]]} kernel (n_x, n_h), bias, kernel (n_h, n_y), bias
   */
  getWeights() {
    const { W1, b1, W2, b2 } = this.parameters;
    return [toRows(transpose(W1)), [...b1.data], toRows(transpose(W2)), [...b2.data]];
  }

  /** @returns {string} a table of the layers, as Keras prints it */
  summary() {
    return summarize(this.#network().shape);
  }

  /**
   * @returns {string} the bits of parameters, optimiser state, step, epoch and position:
   *   the arithmetic version, a hyphen and sixteen hex digits
   */
  hash() {
    return `${this.#core.arithmeticVersion}-${this.#network().hash()}`;
  }

  /**
   * Shape, parameters and optimiser state as plain data; JSON.stringify(net) writes it, networkFromJSON reads it.
   * @returns {NetworkJSON}
   */
  toJSON() {
    return networkToJSON(this.#network(), this.#core.arithmeticVersion);
  }

  /**
   * @template Result
   * @param {Examples} X
   * @param {Numbers | null} y
   * @param {(data: CoreData) => Result} use
   * @returns {Result}
   */
  #withData(X, y, use) {
    const { inputs, features, classes } = this.#network().options;
    const { x, m } = checkExamples('X', X, inputs, 1);
    const labels = y === null ? new Uint8Array(m) : checkLabels('y', y, m, classes);
    const data = this.#core.createData({ inputs, features, classes });
    try {
      data.set(x, labels);
      return use(data);
    } finally {
      data.free();
    }
  }
}
