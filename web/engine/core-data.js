import { Handle } from './core-handle.js';
import { check } from './memory.js';
import { featureBits } from './names.js';

/** @typedef {import('./memory.js').Memory} Memory */
/** @typedef {import('./names.js').Feature} Feature */

/** m examples and their classes in the core's memory. */
export class CoreData extends Handle {
  /** @type {number} */ inputs;
  /** @type {readonly Feature[]} */ features;
  /** @type {number} */ classes;
  count = 0;

  /**
   * @param {Memory} memory
   * @param {FinalizationRegistry<() => void>} registry
   * @param {{ inputs: number, features: readonly Feature[], classes: number }} options
   */
  constructor(memory, registry, { inputs, features, classes }) {
    const { data_create, data_free } = memory.exports;
    super('data set', memory, data_create(inputs, featureBits(features), classes) >>> 0, data_free, registry);
    this.inputs = inputs;
    this.features = features;
    this.classes = classes;
  }

  /**
   * Takes a copy of the examples.
   * @param {Float32Array} x (m, inputs) row by row
   * @param {Uint8Array} y (m)
   */
  set(x, y) {
    const { memory, address } = this;
    const status = memory.borrow((lend) => {
      const xAt = lend(x.byteLength);
      const yAt = lend(y.byteLength);
      memory.floats(xAt, x.length).set(x);
      memory.bytes(yAt, y.length).set(y);
      return memory.exports.data_set(address, xAt, yAt, y.length);
    });
    check(status, `${y.length} examples`);
    this.count = y.length;
  }

  /** @returns {{ X: Float32Array, y: Uint8Array }} X (n_x, m) row by row, features included; y (m) */
  read() {
    const { memory, address, count } = this;
    return memory.borrow((lend) => {
      const length = (this.inputs + this.features.length) * count;
      const xAt = lend(length * 4);
      const yAt = lend(count);
      memory.exports.data_read(address, xAt, yAt);
      return { X: memory.floats(xAt, length).slice(), y: memory.bytes(yAt, count).slice() };
    });
  }
}
