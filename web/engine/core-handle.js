/** What the core hands out: an address, and what frees it. */
import { OutOfMemoryError } from './memory.js';

/** @typedef {import('./memory.js').Memory} Memory */

/** An object of the core's that must be freed; one forgotten is freed when JavaScript collects it. */
export class Handle {
  /** @type {Memory} */ memory;
  /** @type {string} */ #what;
  /** @type {number} */ #address;
  /** @type {(address: number) => void} */ #free;
  /** @type {FinalizationRegistry<() => void>} */ #registry;

  /**
   * @param {string} what its name in errors
   * @param {Memory} memory
   * @param {number} address
   * @param {(address: number) => void} free
   * @param {FinalizationRegistry<() => void>} registry
   */
  constructor(what, memory, address, free, registry) {
    if (address === 0) throw new OutOfMemoryError(`a ${what}`);
    this.#what = what;
    this.memory = memory;
    this.#address = address;
    this.#free = free;
    this.#registry = registry;
    registry.register(this, () => free(address), this);
  }

  get address() {
    if (this.#address === 0) throw new Error(`The ${this.#what} has been freed`);
    return this.#address;
  }

  get freed() {
    return this.#address === 0;
  }

  /** Twice does no harm. */
  free() {
    if (this.#address === 0) return;
    this.#registry.unregister(this);
    this.#free(this.#address);
    this.#address = 0;
  }
}
