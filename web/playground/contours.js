/**
 * Level lines of a sampled function by marching squares (Lorensen & Cline's cubes, in the plane).
 *
 * They are traced on the logit z, at 0 and ±log 3, and not on p: z is nearly linear where p is flat, so the
 * linear interpolation along an edge stays smooth there.
 */

/** z at which p = ¾. */
export const LOG_3 = Math.log(3);

/*
 * Edges of a cell: 0 top, 1 right, 2 bottom, 3 left. Corners, as bits: 1 top left, 2 top right, 4 bottom right,
 * 8 bottom left. Each case lists the pairs of edges that the line joins; the two saddles (5, 10) are decided by
 * the cell's mean.
 */
const JOINS = [
  [], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2],
  [2, 3], [2, 0], [0, 1, 2, 3], [2, 1], [1, 3], [1, 0], [0, 3], [],
]; // biome-ignore format: sixteen cases in two rows
const SADDLE_5_LOW = [3, 0, 1, 2];
const SADDLE_5_HIGH = [0, 1, 2, 3];

/**
 * The line z = level, as segments: x0, y0, x1, y1 each, in units of samples (0 … columns-1, 0 … rows-1).
 *
 * @param {ArrayLike<number>} z (rows, columns)
 * @param {number} columns
 * @param {number} rows
 * @param {number} level
 * @returns {number[]}
 */
export function traceLevel(z, columns, rows, level) {
  /** @type {number[]} */
  const segments = [];
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const a = /** @type {number} */ (z[at]) - level;
      const b = /** @type {number} */ (z[at + 1]) - level;
      const c = /** @type {number} */ (z[at + columns + 1]) - level;
      const d = /** @type {number} */ (z[at + columns]) - level;
      const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      let joins = /** @type {number[]} */ (JOINS[kind]);
      if (kind === 5) joins = a + b + c + d > 0 ? SADDLE_5_HIGH : SADDLE_5_LOW;
      if (kind === 10) joins = a + b + c + d > 0 ? SADDLE_5_LOW : SADDLE_5_HIGH;
      for (const edge of joins) {
        if (edge === 0) segments.push(column + a / (a - b), row);
        else if (edge === 1) segments.push(column + 1, row + b / (b - c));
        else if (edge === 2) segments.push(column + d / (d - c), row + 1);
        else segments.push(column, row + a / (a - d));
      }
    }
  }
  return segments;
}

/**
 * How far class k's logit leads the best of the others: its zero line is k's share of the boundary.
 *
 * @param {ArrayLike<number>} z (rows·columns, classes)
 * @param {number} classes
 * @param {number} k
 * @returns {Float32Array} (rows·columns)
 */
export function lead(z, classes, k) {
  const count = z.length / classes;
  const leads = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    let other = -Infinity;
    for (let j = 0; j < classes; j += 1) {
      if (j !== k) other = Math.max(other, /** @type {number} */ (z[i * classes + j]));
    }
    leads[i] = /** @type {number} */ (z[i * classes + k]) - other;
  }
  return leads;
}
