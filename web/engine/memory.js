/** The memory of a WebAssembly instance that has allocate and release, and what its functions answer. */

/** The functions of a header in src/; pointers and enums are numbers. */
/** @typedef {Record<string, (...args: (number | bigint)[]) => number>} Exports */

const ok = 0;
const outOfMemory = 1;

export class OutOfMemoryError extends Error {
  /** @param {string} what */
  constructor(what) {
    super(`No memory left for ${what}`);
    this.name = 'OutOfMemoryError';
  }
}

/** The instance's memory: views that follow its growth, and blocks that always return. */
export class Memory {
  /** @type {WebAssembly.Memory} */ #memory;
  /** @type {DataView} */ #view;
  /** @type {Exports} */ exports;

  /** @param {WebAssembly.Instance} instance */
  constructor(instance) {
    this.#memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
    this.#view = new DataView(this.#memory.buffer);
    this.exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  }

  get size() {
    return this.#memory.buffer.byteLength;
  }

  /** Numbers of any type at any place, little-endian. */
  get view() {
    if (this.#view.buffer !== this.#memory.buffer) this.#view = new DataView(this.#memory.buffer);
    return this.#view;
  }

  /** @param {number} at @param {number} count */
  floats(at, count) {
    return new Float32Array(this.#memory.buffer, at >>> 0, count);
  }

  /** @param {number} at @param {number} count */
  doubles(at, count) {
    return new Float64Array(this.#memory.buffer, at >>> 0, count);
  }

  /** @param {number} at @param {number} count */
  bytes(at, count) {
    return new Uint8Array(this.#memory.buffer, at >>> 0, count);
  }

  /**
   * Calls `use` with a function that lends blocks of bytes, and takes all of them back
   * in the end, whatever happens.
   * @template Result
   * @param {(lend: (bytes: number) => number) => Result} use
   * @returns {Result}
   */
  borrow(use) {
    /** @type {number[]} */
    const blocks = [];
    try {
      return use((bytes) => {
        const block = this.exports.allocate(Math.max(bytes, 1)) >>> 0;
        if (block === 0) throw new OutOfMemoryError(`${bytes} bytes`);
        blocks.push(block);
        return block;
      });
    } finally {
      for (const block of blocks.reverse()) this.exports.release(block);
    }
  }
}

/**
 * @param {number} status
 * @param {string} what
 */
export function check(status, what) {
  if (status === outOfMemory) throw new OutOfMemoryError(what);
  if (status !== ok) throw new RangeError(`The core refused ${what} (status ${status})`);
}
