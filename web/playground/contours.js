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
 * The boundary between three classes and more: where two logits are equal and no other is greater. Each pair's line is cut
 * where a third class takes the lead, so that lines meet in a point.
 *
 * @param {ArrayLike<number>} z (rows·columns, classes)
 * @param {number} classes
 * @param {number} columns
 * @param {number} rows
 * @returns {number[]} segments, as traceLevel's
 */
export function traceClasses(z, classes, columns, rows) {
  const segments = [];
  /** By how much class i leads class k at a place on an edge of the grid. @param {number} i @param {number} k @param {number} x @param {number} y */
  const lead = (i, k, x, y) => {
    const at = (/** @type {number} */ column, /** @type {number} */ row) => {
      const place = (row * columns + column) * classes;
      return z[place + i] - z[place + k];
    };
    const [left, top] = [Math.floor(x), Math.floor(y)];
    // One of the shares is 0: along an edge the interpolation is linear.
    const here = at(left, top);
    if (x > left) return here + (x - left) * (at(left + 1, top) - here);
    return y > top ? here + (y - top) * (at(left, top + 1) - here) : here;
  };
  for (let i = 0; i < classes; i += 1) {
    for (let j = i + 1; j < classes; j += 1) {
      const difference = Float32Array.from(
        { length: columns * rows },
        (_, k) => z[k * classes + i] - z[k * classes + j],
      );
      const line = traceLevel(difference, columns, rows, 0);
      for (let s = 0; s < line.length; s += 4) {
        const [x0, y0, x1, y1] = line.slice(s, s + 4);
        let [from, to] = [0, 1];
        for (let k = 0; k < classes; k += 1) {
          if (k === i || k === j) continue;
          const [a, b] = [lead(i, k, x0, y0), lead(i, k, x1, y1)];
          if (a < 0) from = b > 0 ? Math.max(from, a / (a - b)) : 1;
          else if (b < 0) to = Math.min(to, a / (a - b));
        }
        if (from < to) {
          const [dx, dy] = [x1 - x0, y1 - y0];
          segments.push(x0 + from * dx, y0 + from * dy, x0 + to * dx, y0 + to * dy);
        }
      }
    }
  }
  return segments;
}
