/**
 * Where each parameter stands in the core's one array, and what it is called:
 * row by row, W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1).
 */
import { matrix } from './matrix.js';

/** @typedef {import('./matrix.js').Matrix} Matrix */
/** @typedef {{ inputs: number, hidden: number, outputs: number }} Shape n_x (features included), n_h, n_y */
/** @typedef {'W1' | 'b1' | 'W2' | 'b2'} ParameterName */
/** @typedef {{ W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix }} Parameters */
/** @typedef {{ parameter: ParameterName, row: number, col: number }} Place */

export const parameterNames = Object.freeze(/** @type {const} */ (['W1', 'b1', 'W2', 'b2']));

/**
 * @param {Shape} shape
 * @returns {{ name: ParameterName, rows: number, cols: number, offset: number }[]}
 */
export function parameterLayout({ inputs, hidden, outputs }) {
  const afterW1 = hidden * inputs;
  const afterHidden = afterW1 + hidden;
  return [
    { name: 'W1', rows: hidden, cols: inputs, offset: 0 },
    { name: 'b1', rows: hidden, cols: 1, offset: afterW1 },
    { name: 'W2', rows: outputs, cols: hidden, offset: afterHidden },
    { name: 'b2', rows: outputs, cols: 1, offset: afterHidden + outputs * hidden },
  ];
}

/**
 * @param {Float32Array} flat all parameters in the core's order
 * @param {Shape} shape
 * @returns {Parameters} copies
 */
export function splitParameters(flat, shape) {
  const [W1, b1, W2, b2] = parameterLayout(shape).map(({ rows, cols, offset }) =>
    matrix(rows, cols, flat.slice(offset, offset + rows * cols)),
  );
  return { W1, b1, W2, b2 };
}

/**
 * @param {number} index into the core's array
 * @param {Shape} shape
 * @returns {Place}
 */
export function placeOf(index, shape) {
  const part = parameterLayout(shape).findLast(({ offset }) => offset <= index);
  if (part === undefined) throw new RangeError(`index: ${index} is not a parameter`);
  const within = index - part.offset;
  return { parameter: part.name, row: Math.floor(within / part.cols), col: within % part.cols };
}

/**
 * @param {Place} place
 * @returns {string} as the page and errors write it: "W1[2,0]", "b1[2]"
 */
export const nameOf = ({ parameter, row, col }) =>
  parameter === 'b1' || parameter === 'b2' ? `${parameter}[${row}]` : `${parameter}[${row},${col}]`;

/**
 * @param {Place} place
 * @param {Shape} shape
 * @returns {number} its index in the core's array, or -1 where the shape has no such parameter
 */
export function indexOf({ parameter, row, col }, shape) {
  const part = parameterLayout(shape).find(({ name }) => name === parameter);
  if (part === undefined || !Number.isInteger(row) || !Number.isInteger(col)) return -1;
  if (row < 0 || row >= part.rows || col < 0 || col >= part.cols) return -1;
  return part.offset + row * part.cols + col;
}

/**
 * @param {number} index the core's, or -1 for J
 * @param {import('./core-network.js').CoreNetwork} network
 */
export const nameOfParameter = (index, network) => (index < 0 ? 'J' : nameOf(placeOf(index, network.shape)));
