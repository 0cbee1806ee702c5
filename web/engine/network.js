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
import { matrix, transpose } from './matrix.js';
import { activations, features as featureNames, initializers } from './names.js';
import { NetworkView } from './network-view.js';
import { nameOfParameter, parameterLayout, parameterNames } from './parameters.js';
import { trainingNames, trainingOptions } from './training-options.js';

/** @typedef {import('./matrix.js').Matrix} Matrix */
/** @typedef {import('./parameters.js').Parameters} Parameters */
/** @typedef {import('./arguments.js').Examples} Examples */
/** @typedef {import('./arguments.js').Numbers} Numbers */
/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
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
