/** The machine's limit, as WebAssembly can reach it: see peak.c. */
import { time } from '../task.js';

const turns = 10_000;
const operationsOfTurn = 2 * 6 * 4;

/**
 * @param {BufferSource} wasm
 * @returns {Promise<import('../task.js').Worker>}
 */
export async function openPeak(wasm) {
  const { instance } = await WebAssembly.instantiate(wasm, {});
  const peak = /** @type {(turns: number, factor: number, summand: number) => number} */ (instance.exports.peak);
  return {
    work: turns * operationsOfTurn,
    slice: (count) => time(() => peak(count * turns, 1, 0.5)),
    prove: () => [],
    free: () => undefined,
  };
}
