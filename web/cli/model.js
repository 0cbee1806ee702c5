/**
 * What `train` writes and `predict` reads: a network, and how a table's columns become its inputs and its
 * classes. A column's value v becomes (v - shift) * factor.
 */
import { readFile } from 'node:fs/promises';
import { networkFromJSON } from '../engine/index.js';
import { CommandError, reasonOf } from './errors.js';

/** @typedef {import('../engine/index.js').Network} Network */
/** @typedef {{ name: string, shift: number, factor: number }} Input */
/** @typedef {{ name: string, classes: string[] }} Output */
/** @typedef {{ x: Input[], y: Output, network: Network }} Model */
/** @typedef {'plane' | 'standard' | 'none'} Scaling */

export const scalings = Object.freeze(/** @type {const} */ (['standard', 'plane', 'none']));

const format = 'two-layer-model';

/** The plane's edge, less room for a mark there. */
const planeReach = 2.75;

/**
 * @param {string} name
 * @param {number[]} values
 * @param {Scaling} scaling standard: mean 0 and variance 1; plane: least and greatest to the plane's edges
 * @returns {Input}
 */
export function fitInput(name, values, scaling) {
  if (scaling === 'none') return { name, shift: 0, factor: 1 };
  if (scaling === 'plane') {
    const [least, most] = values.reduce(
      ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
      [values[0], values[0]],
    );
    return { name, shift: least / 2 + most / 2, factor: most > least ? planeReach / (most / 2 - least / 2) : 1 };
  }
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / values.length;
  return { name, shift: mean, factor: variance > 0 ? 1 / Math.sqrt(variance) : 1 };
}

/**
 * @param {number[][]} rows
 * @param {Input[]} inputs
 * @returns {Float32Array} (m, n) row by row
 */
export function scaleRows(rows, inputs) {
  const X = new Float32Array(rows.length * inputs.length);
  for (const [i, row] of rows.entries()) {
    for (const [k, { shift, factor }] of inputs.entries()) X[i * inputs.length + k] = (row[k] - shift) * factor;
  }
  return X;
}

/** @param {Model} model @returns {string} */
export const writeModel = ({ x, y, network }) => `${JSON.stringify({ format, version: 1, x, y, network })}\n`;

/**
 * @param {string} path
 * @returns {Promise<Model>}
 * @throws {CommandError} naming the file and what is wrong with it
 */
export async function readModel(path) {
  const found = parse(path, await readText(path));
  if (found?.format !== format) {
    throw new CommandError(`${path}: it is not a model that \`two-layer train --out\` wrote`);
  }
  if (found.version !== 1) throw new CommandError(`${path}: version ${found.version}; this release reads version 1`);
  const { x, y } = found;
  if (!Array.isArray(x) || !x.every(isInput)) throw new CommandError(`${path}: x is not a list of inputs`);
  if (!isOutput(y)) throw new CommandError(`${path}: y has no name and classes`);
  const network = await readNetwork(path, found.network);
  if (network.inputs !== x.length || network.classes !== Math.max(2, y.classes.length)) {
    const { inputs, classes } = network;
    throw new CommandError(`${path}: x and y do not fit its network of ${inputs} inputs and ${classes} classes`);
  }
  return { x, y, network };
}

/** @param {string} path */
async function readText(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${path}: ${reasonOf(error) ?? error}`);
  }
}

/** @param {string} path @param {string} text */
function parse(path, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${path}: it is not JSON`); // where in the text would not help
  }
}

/** @param {string} path @param {any} json */
async function readNetwork(path, json) {
  try {
    return await networkFromJSON(json);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new CommandError(`${path}: its network: ${error.message}`);
  }
}

/** @param {any} input @returns {input is Input} */
const isInput = (input) =>
  typeof input?.name === 'string' && Number.isFinite(input.shift) && Number.isFinite(input.factor);

/** @param {any} output @returns {output is Output} */
const isOutput = (output) =>
  typeof output?.name === 'string' &&
  Array.isArray(output.classes) &&
  output.classes.every((/** @type {unknown} */ name) => typeof name === 'string');
