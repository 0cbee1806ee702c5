/** Reads what network-json.js writes. */
import { checkChoice, checkInteger, checkNumber, checkObject, show } from './arguments.js';
import { loadCore } from './core.js';
import { composeState, describeState } from './core-structs.js';
import { maxExamples, maxInteger, maxWeight } from './limits.js';
import { optimizers } from './names.js';
import { Network, networkOptions } from './network.js';
import { networkFormat, slotCounts } from './network-json.js';
import { parameterLayout } from './parameters.js';

/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./network-json.js').NetworkJSON} NetworkJSON */
/** @typedef {import('./parameters.js').Shape} Shape */

const optionNames = /** @type {const} */ (['hidden', 'inputs', 'classes', 'activation', 'init', 'seed', 'features']);
const stateNames = /** @type {const} */ (['step', 'epoch', 'position', 'parameters', 'optimizer']);
const jsonNames = ['format', 'version', 'arithmetic', ...optionNames, ...stateNames];

/**
 * @param {NetworkJSON | string} json
 * @returns {Promise<Network>}
 */
export async function networkFromJSON(json) {
  const { options, found } = readJSON(json);
  const checked = networkOptions(options);
  return new Network(await loadCore(), checked, (network) => {
    network.writeState(stateFromJSON(found, network.shape, network.readState().length));
  });
}

/**
 * @param {unknown} source an object as toJSON gives it, or its text
 * @returns {{ options: Partial<NetworkOptions>, found: Record<string, unknown> }} the network's options as they stand
 *   there, unchecked, and everything
 * @throws {SyntaxError} for text that is not JSON
 * @throws {TypeError | RangeError} naming what is not of this format
 */
function readJSON(source) {
  const value = typeof source === 'string' ? parse(source) : source;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`json: ${show(value)} is not an object`);
  }
  const { format: found, version } = /** @type {Partial<NetworkJSON>} */ (value);
  if (found !== networkFormat) {
    const hint = 'network' in value ? "; what it holds as 'network' may be one" : '';
    throw new RangeError(`json.format: ${show(found)} is not '${networkFormat}'${hint}`);
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
 * @param {Record<string, unknown>} found as readJSON gives it
 * @param {Shape} shape
 * @param {number} stateBytes
 * @returns {Uint8Array} a state for CoreNetwork.writeState
 * @throws {TypeError | RangeError} naming the field and its value
 */
function stateFromJSON(found, shape, stateBytes) {
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
