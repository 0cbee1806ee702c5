import { Handle } from './core-handle.js';
import { paintRows } from './core-pictures.js';
import {
  lendNetworkOptions,
  lendTrainingOptions,
  readHash,
  readTrainingResult,
  trainingResultBytes,
} from './core-structs.js';
import { check } from './memory.js';

/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./core-structs.js').Grid} Grid */
/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./core-structs.js').TrainingOptions} TrainingOptions */
/** @typedef {import('./core-structs.js').TrainingResult} TrainingResult */
/** @typedef {import('./memory.js').Memory} Memory */

/** Many networks that differ in their seed alone: seed, seed + 1, … Each has the bits of one trained alone. */
export class CoreRuns extends Handle {
  /** @type {number} */ count;

  /**
   * @param {Memory} memory
   * @param {FinalizationRegistry<() => void>} registry
   * @param {NetworkOptions} options of the first
   * @param {number} count at least 1
   */
  constructor(memory, registry, options, count) {
    const address = memory.borrow((lend) =>
      memory.exports.runs_create(lendNetworkOptions(memory, lend, options), count),
    );
    super('batch of runs', memory, address >>> 0, memory.exports.runs_free, registry);
    this.count = count;
  }

  /**
   * Takes some of the runs some steps further; both may be cut into slices at will.
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options
   * @param {number} steps at least 1
   * @param {number} [first]
   * @param {number} [count]
   * @returns {Array<Omit<TrainingResult, 'losses'> & { hash: string }>} one a run
   */
  train(data, options, steps, first = 0, count = this.count - first) {
    const { memory, address } = this;
    return memory.borrow((lend) => {
      const optionsAt = lendTrainingOptions(memory, lend, options);
      const resultsAt = lend(count * trainingResultBytes);
      const hashesAt = lend(count * 8);
      const { runs_train } = memory.exports;
      check(runs_train(address, data.address, optionsAt, steps, first, count, resultsAt, hashesAt), 'training');
      return Array.from({ length: count }, (_, run) => {
        const result = readTrainingResult(memory, resultsAt + run * trainingResultBytes);
        return { ...result, diverged: result.steps < steps, hash: readHash(memory, hashesAt + run * 8) };
      });
    });
  }

  /**
   * The picture of one run, as CoreNetwork's paint gives it.
   * @param {number} run
   * @param {Grid} grid
   * @param {Uint32Array} colours
   * @param {Uint8Array | Uint8ClampedArray} into (rows, columns, 4)
   */
  paint(run, grid, colours, into) {
    const { network_paint, runs_network } = this.memory.exports;
    paintRows(this.memory, grid, 0, grid.rows, colours, into, (gridAt, from, rows, coloursAt, pixelsAt) => {
      network_paint(runs_network(this.address, run), gridAt, from, rows, coloursAt, pixelsAt);
    });
  }
}
