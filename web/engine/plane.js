/** The plane [-3, 3] x [-3, 3] and its grid of 1/512. */
import { show } from './arguments.js';
import { planeEdge, planeGrid } from './limits.js';

/**
 * The grid's nearest coordinate, inside the plane. Adding 0 turns -0 into 0: one point, one set of bits.
 * @param {number} value
 */
export function snap(value) {
  const clamped = Math.min(Math.max(value, -planeEdge), planeEdge);
  return Math.round(clamped * planeGrid) / planeGrid + 0;
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {number} on the grid
 */
export function checkCoordinate(name, value) {
  if (typeof value !== 'number') throw new TypeError(`${name}: ${show(value)} is not a number`);
  if (!Number.isFinite(value)) throw new RangeError(`${name}: ${value} is not a finite number`);
  return snap(value);
}
