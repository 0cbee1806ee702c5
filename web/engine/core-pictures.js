import { lendGrid } from './core-structs.js';

/** @typedef {import('./core-structs.js').Grid} Grid */
/** @typedef {import('./memory.js').Memory} Memory */

/** Pixels of a band, 512 kB of them: it stays in a processor's second cache until it is copied out. */
const pixelsOfBand = 131_072;

/**
 * Paints rows band by band through one buffer in the core's memory.
 *
 * @param {Memory} memory
 * @param {Grid} grid
 * @param {number} firstRow
 * @param {number} rowCount
 * @param {Uint32Array} colours
 * @param {Uint8Array | Uint8ClampedArray} into (rowCount, columns, 4)
 * @param {(gridAt: number, from: number, rows: number, coloursAt: number, pixelsAt: number) => void} draw
 */
export function paintRows(memory, grid, firstRow, rowCount, colours, into, draw) {
  memory.borrow((lend) => {
    const gridAt = lendGrid(memory, lend, grid);
    const coloursAt = lend(colours.byteLength);
    const rowBytes = grid.columns * 4;
    const rowsOfBand = Math.min(rowCount, Math.max(1, Math.floor(pixelsOfBand / grid.columns)));
    const pixelsAt = lend(rowsOfBand * rowBytes);
    memory
      .bytes(coloursAt, colours.byteLength)
      .set(new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength));
    for (let row = 0; row < rowCount; row += rowsOfBand) {
      const rows = Math.min(rowsOfBand, rowCount - row);
      draw(gridAt, firstRow + row, rows, coloursAt, pixelsAt);
      into.set(memory.bytes(pixelsAt, rows * rowBytes), row * rowBytes);
    }
  });
}
