/** The network as programs use it: data in Keras's orientation, mathematics in the notes'. */
import {
  checkChoice,
  checkChoices,
  checkExamples,
  checkInteger,
  checkLabels,
  checkNumber,
  checkObject,
  checkSeed,
  show,
} from './arguments.js';
import { loadCore } from './core.js';
import { dispose } from './dispose.js';
import { fit } from './fit.js';
import { maxClasses, maxHidden, maxInputs, maxInteger, maxWeight } from './limits.js';
import { matrix, toRows, transpose } from './matrix.js';
import { activations, features as featureNames, initializers } from './names.js';
import { networkToJSON } from './network-json.js';
import { nameOf, parameterLayout, parameterNames, placeOf, splitParameters } from './parameters.js';
import { summarize } from './summary.js';
import { trainingNames, trainingOptions } from './training-options.js';

/** @typedef {import('./matrix.js').Matrix} Matrix */
/** @typedef {import('./parameters.js').Parameters} Parameters */
/** @typedef {import('./arguments.js').Examples} Examples */
/** @typedef {import('./arguments.js').Numbers} Numbers */
/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./core.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core.js').CoreData} CoreData */
/** @typedef {import('./core.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./training-options.js').TrainingArguments} TrainingArguments */
/** @typedef {import('./fit.js').FitArguments} FitArguments */
/** @typedef {import('./fit.js').History} History */
/** @typedef {import('./network-json.js').NetworkJSON} NetworkJSON */

/**
 * @typedef {object} NetworkArguments
 * @property {number} [hidden] n_h, 1 … 256, by default 4
 * @property {number} [inputs] numbers an example is given by, 1 … 7, by default 2
 * @property {number} [classes] 2 … 4, by default 2
 * @property {import('./names.js').Activation} [activation] g, by default 'sigmoid'
 * @property {import('./names.js').Initializer} [init] by default 'glorot-uniform'
 * @property {number} [seed] an integer, 0 … 2^53, by default 1
 * @property {readonly import('./names.js').Feature[]} [features] computed from the two inputs, by default none
 */

const networkNames = ['hidden', 'inputs', 'classes', 'activation', 'init', 'seed', 'features'];

/**
 * @param {NetworkArguments} [given]
 * @returns {NetworkOptions}
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function networkOptions(given = {}) {
  checkObject('options', given, networkNames);
  const { hidden = 4, inputs = 2, classes = 2, activation = 'sigmoid', init = 'glorot-uniform', seed = 1 } = given;
  const features = checkChoices('features', given.features ?? [], featureNames);
  checkInteger('inputs', inputs, 1, maxInputs);
  if (features.length > 0 && inputs !== 2) {
    throw new RangeError(`features: [${features.join(', ')}] need two inputs; inputs: ${inputs}`);
  }
  return {
    hidden: checkInteger('hidden', hidden, 1, maxHidden),
    inputs,
    classes: checkInteger('classes', classes, 2, maxClasses),
    activation: checkChoice('activation', activation, activations),
    init: checkChoice('init', init, initializers),
    seed: checkSeed('seed', seed),
    features,
  };
}

/**
 * A two-layer network at step 0, its weights drawn from the seed.
 * @param {NetworkArguments} [options]
 * @returns {Promise<Network>}
 * @throws {TypeError | RangeError} naming the option and its value
 * @throws {import('./wasm.js').CoreUnavailableError} where WebAssembly or SIMD is missing or blocked
 */
export async function createNetwork(options) {
  const checked = networkOptions(options);
  return new Network(await loadCore(), checked);
}

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

/** A network that can be trained. Free it when it has served: `using net = …`, or net.free(). */
export class Network extends NetworkView {
  /** @type {Core} */ #core;
  /** @type {CoreNetwork} */ #network;
  /** @type {CoreData} */ #data;
  #fitting = false;
  // What it was last trained on: the same again goes on with its epoch.
  /** @type {{ x: Float32Array, y: Uint8Array, batchSize: number }} */
  #last = { x: new Float32Array(0), y: new Uint8Array(0), batchSize: 0 };

  /**
   * @param {Core} core
   * @param {NetworkOptions} options checked
   * @param {(network: CoreNetwork) => void} [prepare] called before anybody sees it
   */
  constructor(core, options, prepare) {
    const network = core.createNetwork(options);
    super(core, () => network);
    try {
      prepare?.(network);
    } catch (error) {
      network.free();
      throw error;
    }
    this.#core = core;
    this.#network = network;
    this.#data = core.createData(options);
  }

  /**
   * Takes `steps` updates, synchronously. Other data or another batch size than at the last call ends
   * the epoch. Where an update would leave a number that is not finite, training stops before it.
   * @param {Examples} X m rows, 1 … 20,000 of them
   * @param {Numbers} y m class numbers
   * @param {TrainingArguments & { steps?: number }} [options] steps: 1 … 2^53, by default 1
   * @returns {{ loss: number, dataLoss: number, step: number, steps: number, diverged: string | null }}
   *   loss with penalties and dataLoss J, both before the last update, in nats (a batch's own in mini-batches);
   *   step: updates made in all; steps: by this call; diverged: the parameter that stopped it, as in "W1[2,0]", or "J"
   * @throws {TypeError | RangeError} naming the argument and its value; then nothing has changed
   */
  train(X, y, options = {}) {
    const network = this.#network;
    const { inputs, classes } = network.options;
    checkObject('options', options, ['steps', ...trainingNames]);
    const { steps = 1 } = options;
    const checked = trainingOptions(options);
    checkInteger('steps', steps, 1, maxInteger - network.step);
    const { x, m } = checkExamples('X', X, inputs, 1);
    const labels = checkLabels('y', y, m, classes);
    const result = network.train(this.#take(x, labels, checked.batchSize), checked, steps);
    return {
      loss: result.loss,
      dataLoss: result.dataLoss,
      step: network.step,
      steps: result.steps,
      diverged: result.diverged ? nameOfParameter(result.parameter, network) : null,
    };
  }

  /**
   * Trains by epochs, as Keras's fit: a full batch is one update an epoch. It leaves the bits that as many steps
   * of `train` leave. It pauses now and then, so that a page stays alive, and stops where `train` would.
   * @param {Examples} X m rows, 1 … 20,000 of them
   * @param {Numbers} y m class numbers
   * @param {FitArguments} [options] epochs: by default 1; batchSize: by default all, unlike Keras's 32
   * @returns {Promise<History>} Keras's History: { epoch, history: { loss, accuracy, val_loss, … } }
   * @throws {TypeError | RangeError} naming the argument and its value; then nothing has changed
   * @throws {Error} while another fit of this network is under way
   * @throws {DOMException} AbortError, or the signal's own reason; the network is as after its last epoch
   */
  async fit(X, y, options = {}) {
    if (this.#fitting) throw new Error('fit: another fit of this network is under way');
    this.#fitting = true;
    try {
      const network = this.#network;
      return await fit(X, y, options, {
        network,
        take: (x, labels, batchSize) => this.#take(x, labels, batchSize),
        createData: () => this.#core.createData(network.options),
        nameOf: (parameter) => nameOfParameter(parameter, network),
      });
    } finally {
      this.#fitting = false;
    }
  }

  /**
   * @override
   * @returns {Parameters} copies; assign all or some of them to set them
   */
  get parameters() {
    return super.parameters;
  }

  /**
   * Assigning sets W1, b1, W2, b2, or those of them that are given; the optimiser's state stays.
   * @override
   * @param {Partial<Parameters>} value each a matrix {rows, cols, data} of the parameter's shape
   * @throws {TypeError | RangeError} naming the parameter and its value; then nothing has changed
   */
  set parameters(value) {
    checkObject('parameters', value, parameterNames);
    const network = this.#network;
    const flat = network.readParameters();
    for (const { name, rows, cols, offset } of parameterLayout(network.shape)) {
      const given = value[name];
      if (given === undefined) continue;
      if (given?.rows !== rows || given.cols !== cols || given.data?.length !== rows * cols) {
        throw new RangeError(`parameters.${name}: ${showShape(given)}; this network's is (${rows}, ${cols})`);
      }
      flat.set(checkWeights(`parameters.${name}`, given.data), offset);
    }
    network.writeParameters(flat);
  }

  /**
   * Keras's list, as getWeights gives it; each nested or flat, row by row.
   * @param {readonly (number[][] | Numbers)[]} list kernel (n_x, n_h), bias, kernel (n_h, n_y), bias
   * @throws {TypeError | RangeError} naming the array and its value; then nothing has changed
   */
  setWeights(list) {
    if (!Array.isArray(list)) throw new TypeError(`weights: ${show(list)} is not an array`);
    if (list.length !== 4) throw new RangeError(`weights: ${list.length} arrays; Keras's list of this network has 4`);
    /** @type {Partial<Parameters>} */
    const parameters = {};
    for (const [k, { name, rows, cols }] of parameterLayout(this.#network.shape).entries()) {
      const kernel = checkKernel(`weights[${k}]`, list[k], cols, rows);
      parameters[name] = transpose(matrix(cols, rows, kernel));
    }
    this.parameters = parameters;
  }

  /** Gives its memory back; after it every call throws. Twice does no harm. */
  free() {
    this.#network.free();
    this.#data.free();
  }

  [dispose]() {
    this.free();
  }

  /**
   * @param {Float32Array} x
   * @param {Uint8Array} y
   * @param {number} batchSize
   * @returns {CoreData} what to train on
   */
  #take(x, y, batchSize) {
    const last = this.#last;
    const sameData = sameNumbers(x, last.x) && sameNumbers(y, last.y);
    if (!sameData) this.#data.set(x, y);
    if (this.#network.position !== 0 && !(sameData && batchSize === last.batchSize)) this.#network.endEpoch();
    this.#last = { x: sameData ? last.x : x.slice(), y, batchSize };
    return this.#data;
  }
}

/**
 * @param {number} index the core's, or -1 for J
 * @param {CoreNetwork} network
 */
export const nameOfParameter = (index, network) => (index < 0 ? 'J' : nameOf(placeOf(index, network.shape)));

/**
 * @param {Float32Array | Uint8Array} a
 * @param {Float32Array | Uint8Array} b
 */
const sameNumbers = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

/** @param {Partial<Matrix> | null} value */
const showShape = (value) =>
  value?.data === undefined
    ? `${show(value)} is not a matrix`
    : `(${value.rows}, ${value.cols}) of ${value.data.length}`;

/**
 * @param {string} name
 * @param {Numbers} values
 * @returns {Float32Array}
 */
function checkWeights(name, values) {
  for (let i = 0; i < values.length; i++) checkNumber(`${name}[${i}]`, values[i], -maxWeight, maxWeight);
  return Float32Array.from(values);
}

/**
 * @param {string} name
 * @param {unknown} value nested or flat
 * @param {number} rows
 * @param {number} cols
 * @returns {Float32Array} (rows, cols) row by row
 */
function checkKernel(name, value, rows, cols) {
  const flat = Array.isArray(value) ? value.flat() : value;
  if (!Array.isArray(flat) && !ArrayBuffer.isView(flat)) throw new TypeError(`${name}: ${show(value)} is not an array`);
  const numbers = /** @type {Numbers} */ (/** @type {unknown} */ (flat));
  const ragged =
    Array.isArray(value) &&
    value.some(Array.isArray) &&
    (value.length !== rows || value.some((row) => row?.length !== cols));
  if (numbers.length !== rows * cols || ragged) {
    const how = ragged ? ' in other rows' : '';
    throw new RangeError(
      `${name}: ${numbers.length} numbers${how}; this network's kernel or bias is (${rows}, ${cols})`,
    );
  }
  return checkWeights(name, numbers);
}
