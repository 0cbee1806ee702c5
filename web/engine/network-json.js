/**
 * A network as plain data and back: shape, parameters and all that training needs to go on, so that a network
 * read back has the hash of the one that was written.
 */
import { checkChoice, checkInteger, checkNumber, checkObject, show } from './arguments.js';
import { composeState, describeState } from './core.js';
import { maxExamples, maxInteger, maxWeight } from './limits.js';
import { optimizers } from './names.js';
import { parameterLayout } from './parameters.js';

/** @typedef {import('./core.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./core.js').NetworkOptions} NetworkOptions */
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

const format = 'two-layer-network';
const optionNames = /** @type {const} */ (['hidden', 'inputs', 'classes', 'activation', 'init', 'seed', 'features']);
const stateNames = /** @type {const} */ (['step', 'epoch', 'position', 'parameters', 'optimizer']);
const jsonNames = ['format', 'version', 'arithmetic', ...optionNames, ...stateNames];
const slotCounts = Object.freeze({ sgd: 0, momentum: 1, adam: 2 });

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
    format,
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

/**
 * @param {unknown} source an object as toJSON gives it, or its text
 * @returns {{ options: Partial<NetworkOptions>, found: Record<string, unknown> }} the network's options as they stand
 *   there, unchecked, and everything
 * @throws {SyntaxError} for text that is not JSON
 * @throws {TypeError | RangeError} naming what is not of this format
 */
export function readNetworkJSON(source) {
  const value = typeof source === 'string' ? parse(source) : source;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`json: ${show(value)} is not an object`);
  }
  const { format: found, version } = /** @type {Partial<NetworkJSON>} */ (value);
  if (found !== format) {
    const hint = 'network' in value ? "; what it holds as 'network' may be one" : '';
    throw new RangeError(`json.format: ${show(found)} is not '${format}'${hint}`);
  }
  if (version !== 1) throw new RangeError(`json.version: ${show(version)} is not 1, the version that is read here`);
  const object = checkObject('json', value, jsonNames);
  const options = Object.fromEntries(optionNames.map((name) => [name, object[name]]));
  for (const name of optionNames) {
    if (options[name] === undefined) throw new TypeError(`json.${name}: undefined; it is missing`);
  }
  return { options, found: object };
}

/**
 * @param {Record<string, unknown>} found as readNetworkJSON gives it
 * @param {Shape} shape
 * @param {number} stateBytes
 * @returns {Uint8Array} a state for CoreNetwork.writeState
 * @throws {TypeError | RangeError} naming the field and its value
 */
export function stateFromJSON(found, shape, stateBytes) {
  const optimizer = checkObject('json.optimizer', found.optimizer, ['name', 'step', 'slots']);
  const name = checkChoice('json.optimizer.name', optimizer.name, optimizers);
  const { slots } = optimizer;
  if (!Array.isArray(slots)) throw new TypeError(`json.optimizer.slots: ${show(slots)} is not an array`);
  if (slots.length !== slotCounts[name]) {
    throw new RangeError(`json.optimizer.slots: ${slots.length} of them; ${name} has ${slotCounts[name]}`);
  }
  const empty = describeState(new Uint8Array(stateBytes));
  const stride = empty.values.length / 3;
  for (const [k, part] of [found.parameters, ...slots].entries()) {
    const where = k === 0 ? 'json.parameters' : `json.optimizer.slots[${k - 1}]`;
    fillParameters(where, part, shape, empty.values.subarray(k * stride, (k + 1) * stride));
  }
  return composeState({
    step: checkInteger('json.step', found.step, 0, maxInteger),
    epoch: checkInteger('json.epoch', found.epoch, 0, maxInteger),
    optimizerStep: checkInteger('json.optimizer.step', optimizer.step, 0, maxInteger),
    position: checkInteger('json.position', found.position, 0, maxExamples),
    optimizer: optimizers.indexOf(name),
    values: empty.values,
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`json: ${show(text)} is not JSON`, { cause });
  }
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

/**
 * @param {string} where
 * @param {unknown} value
 * @param {Shape} shape
 * @param {Float32Array} into in the core's order
 */
function fillParameters(where, value, shape, into) {
  const layout = parameterLayout(shape);
  const parameters = checkObject(
    where,
    value,
    layout.map(({ name }) => name),
  );
  for (const { name, rows, cols, offset } of layout) {
    const isBias = name === 'b1' || name === 'b2';
    const given = checkList(`${where}.${name}`, parameters[name], rows);
    for (let row = 0; row < rows; row++) {
      const at = `${where}.${name}[${row}]`;
      const cells = isBias ? [given[row]] : checkList(at, given[row], cols);
      for (let col = 0; col < cols; col++) {
        into[offset + row * cols + col] = checkWeight(isBias ? at : `${at}[${col}]`, cells[col]);
      }
    }
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} length
 * @returns {unknown[]}
 */
function checkList(name, value, length) {
  if (!Array.isArray(value)) throw new TypeError(`${name}: ${show(value)} is not an array`);
  if (value.length !== length) throw new RangeError(`${name}: ${value.length} entries; this network has ${length}`);
  return value;
}

/** @param {string} name @param {unknown} value */
const checkWeight = (name, value) => (value === '-0' ? -0 : checkNumber(name, value, -maxWeight, maxWeight));
