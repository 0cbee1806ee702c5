/**
 * The core, in JavaScript's terms. Only the files named core-* know the wasm's memory: everything else holds a CoreNetwork
 * or a CoreData and sees typed arrays, which are always copies: memory may grow at any call, and growth detaches every view
 * of it.
 *
 * Arguments are checked by the callers (network.js, session.js): what arrives here is in range.
 */
import { CoreData } from './core-data.js';
import { CoreNetwork } from './core-network.js';
import { CoreRuns } from './core-runs.js';
import { check, Memory } from './memory.js';
import { computedPresets, streams } from './names.js';
import { once } from './once.js';
import { instantiateCore } from './wasm.js';

/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./names.js').Feature} Feature */
/** @typedef {import('./names.js').Stream} Stream */

/** One instance of the wasm; it hosts all networks of this realm. */
export class Core {
  /** @type {Memory} */ #memory;

  // Calls to free what JavaScript has collected. It changes no result: addresses are in none.
  #registry = new FinalizationRegistry((/** @type {() => void} */ free) => free());

  /** @param {WebAssembly.Instance} instance */
  constructor(instance) {
    this.#memory = new Memory(instance);
  }

  /** Bytes of memory that the instance has. */
  get memorySize() {
    return this.#memory.size;
  }

  /** Counts changes of the arithmetic: runs of two versions may differ in their bits. */
  get arithmeticVersion() {
    return this.#memory.exports.arithmetic_version();
  }

  /** @param {NetworkOptions} options */
  createNetwork(options) {
    return new CoreNetwork(this.#memory, this.#registry, options);
  }

  /**
   * @param {NetworkOptions} options of the first
   * @param {number} count
   */
  createRuns(options, count) {
    return new CoreRuns(this.#memory, this.#registry, options, count);
  }

  /** @param {{ inputs: number, features: readonly Feature[], classes: number }} options */
  createData(options) {
    return new CoreData(this.#memory, this.#registry, options);
  }

  /**
   * @param {number} seed
   * @param {Stream} stream
   * @param {number} index
   * @returns {number} uniform in [0, 1), a multiple of 2^-53
   */
  randomUniform(seed, stream, index) {
    return this.#memory.exports.random_uniform(seed, streams.indexOf(stream), index);
  }

  /**
   * @param {typeof computedPresets[number]} preset
   * @param {{ n: number, noise: number, flip: number, seed: number }} options
   * @returns {{ x: Float32Array, y: Uint8Array }} x (n, 2) row by row, on the plane's grid; y (n)
   */
  fillPreset(preset, { n, noise, flip, seed }) {
    const memory = this.#memory;
    return memory.borrow((lend) => {
      const xAt = lend(n * 8);
      const yAt = lend(n);
      check(memory.exports.preset_fill(computedPresets.indexOf(preset), n, noise, flip, seed, xAt, yAt), preset);
      return { x: memory.floats(xAt, n * 2).slice(), y: memory.bytes(yAt, n).slice() };
    });
  }
}

/**
 * The core of this realm: the first call starts it, every call gives the same one.
 * (Chromium refuses a page's 125th wasm memory, however small: one must host all networks.)
 * @type {() => Promise<Core>}
 * @throws {import('./wasm.js').CoreUnavailableError}
 */
export const loadCore = once(async () => new Core(await instantiateCore()));
