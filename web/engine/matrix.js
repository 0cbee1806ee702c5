/**
 * Matrices as the public surface shows them: row by row, in the notes' orientation.
 * @typedef {{ rows: number, cols: number, data: Float32Array }} Matrix
 */

/**
 * @param {number} rows
 * @param {number} cols
 * @param {Float32Array} data (rows, cols) row by row; taken over, not copied
 * @returns {Matrix}
 */
export const matrix = (rows, cols, data) => ({ rows, cols, data });

/**
 * @param {Matrix} source (rows, cols)
 * @returns {Matrix} (cols, rows)
 */
export function transpose({ rows, cols, data }) {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) result[col * rows + row] = data[row * cols + col];
  }
  return matrix(cols, rows, result);
}

/**
 * @param {Matrix} source
 * @returns {number[][]} its rows
 */
export const toRows = ({ rows, cols, data }) =>
  Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)));
