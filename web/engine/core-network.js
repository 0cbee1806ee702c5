import { Handle } from './core-handle.js';
import { paintRows } from './core-pictures.js';
import {
  diverged,
  epochSumsBytes,
  evaluationBytes,
  lendGrid,
  lendNetworkOptions,
  lendTrainingOptions,
  readHash,
  readTrainingResult,
  trainingResultBytes,
} from './core-structs.js';
import { check } from './memory.js';
import { activations } from './names.js';

/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./core-structs.js').Grid} Grid */
/** @typedef {import('./core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('./core-structs.js').TrainingOptions} TrainingOptions */
/** @typedef {import('./core-structs.js').TrainingResult} TrainingResult */
/** @typedef {import('./memory.js').Memory} Memory */
/** @typedef {import('./names.js').Activation} Activation */
/** @typedef {import('./parameters.js').Shape} Shape */

/** Rows of a prediction at a time: bounds the memory it borrows. */
const predictionRows = 16384;

/** A network in the core's memory. */
export class CoreNetwork extends Handle {
  /** @type {NetworkOptions} */ #options;

  /**
   * @param {Memory} memory
   * @param {FinalizationRegistry<() => void>} registry
   * @param {NetworkOptions} options
   */
  constructor(memory, registry, options) {
    const address = memory.borrow(
      (lend) => memory.exports.network_create(lendNetworkOptions(memory, lend, options)) >>> 0,
    );
    super('network', memory, address, memory.exports.network_free, registry);
    this.#options = Object.freeze({ ...options });
  }

  /** As they are now: hidden and activation change. */
  get options() {
    return this.#options;
  }

  /** @returns {Shape} */
  get shape() {
    const { inputs, features, hidden, classes } = this.#options;
    return { inputs: inputs + features.length, hidden, outputs: classes === 2 ? 1 : classes };
  }

  get parameterCount() {
    return this.memory.exports.network_parameter_count(this.address);
  }

  get #state() {
    return this.memory.exports.network_get_state(this.address) >>> 0;
  }

  /** Updates made. */
  get step() {
    return this.memory.view.getFloat64(this.#state, true);
  }

  /** Passes over the data completed. */
  get epoch() {
    return this.memory.view.getFloat64(this.#state + 8, true);
  }

  /** Examples of the current epoch already used. */
  get position() {
    return this.memory.view.getUint32(this.#state + 24, true);
  }

  /** @returns {Uint8Array} all that training changes; a copy */
  readState() {
    const at = this.#state;
    return this.memory.bytes(at, this.memory.exports.network_state_bytes(this.address)).slice();
  }

  /** @param {Uint8Array} state as readState gave it, of a network of this shape */
  writeState(state) {
    const expected = this.memory.exports.network_state_bytes(this.address);
    if (state.length !== expected) throw new RangeError(`state: ${state.length} bytes; this network has ${expected}`);
    this.memory.bytes(this.#state, expected).set(state);
  }

  /** @returns {Float32Array} (parameterCount) in the core's order; a copy */
  readParameters() {
    const at = this.memory.exports.network_parameters(this.address);
    return this.memory.floats(at, this.parameterCount).slice();
  }

  /** @param {number} index in the core's order */
  readParameter(index) {
    const at = this.memory.exports.network_parameters(this.address) >>> 0;
    return this.memory.view.getFloat32(at + 4 * index, true);
  }

  /**
   * @param {Float32Array} values
   * @param {number} [from] the index of the first
   */
  writeParameters(values, from = 0) {
    const at = this.memory.exports.network_parameters(this.address) >>> 0;
    this.memory.floats(at + from * 4, values.length).set(values);
  }

  /** @param {readonly number[]} indices of the parameters that training holds still; no others are */
  setPins(indices) {
    const pins = this.memory.bytes(this.memory.exports.network_pins(this.address), this.parameterCount);
    pins.fill(0);
    for (const index of indices) pins[index] = 1;
  }

  /** @param {number} hidden */
  setHidden(hidden) {
    check(this.memory.exports.network_set_hidden(this.address, hidden), `${hidden} hidden units`);
    this.#options = Object.freeze({ ...this.#options, hidden });
  }

  /** @param {Activation} activation */
  setActivation(activation) {
    check(this.memory.exports.network_set_activation(this.address, activations.indexOf(activation)), activation);
    this.#options = Object.freeze({ ...this.#options, activation });
  }

  /** The data or the batch size has changed: the next update begins an epoch. */
  endEpoch() {
    this.memory.exports.network_end_epoch(this.address);
  }

  /** @returns {string} sixteen hex digits */
  hash() {
    const { memory, address } = this;
    return memory.borrow((lend) => {
      const at = lend(8);
      memory.exports.network_hash(address, at);
      return readHash(memory, at);
    });
  }

  /**
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options
   * @param {number} steps at least 1
   * @param {boolean} [wantLosses] J before each update
   * @returns {TrainingResult} where not a single update could be made, nothing has changed
   */
  train(data, options, steps, wantLosses = false) {
    const { memory, address } = this;
    return memory.borrow((lend) => {
      const optionsAt = lendTrainingOptions(memory, lend, options);
      const resultAt = lend(trainingResultBytes);
      const lossesAt = wantLosses ? lend(steps * 4) : 0;
      const status = memory.exports.train(address, data.address, optionsAt, steps, lossesAt, resultAt);
      if (status !== diverged) check(status, 'training');
      const result = readTrainingResult(memory, resultAt);
      return {
        ...result,
        diverged: status === diverged,
        losses: wantLosses ? memory.floats(lossesAt, result.steps).slice() : new Float32Array(0),
      };
    });
  }

  /**
   * The updates that are left of the epoch, all of them at position 0.
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options
   * @returns {{ diverged: boolean, parameter: number, loss: number, dataLoss: number, accuracy: number }}
   *   diverged and parameter as in TrainingResult; the others are means over the examples, each before its update
   */
  trainEpoch(data, options) {
    const { memory, address } = this;
    return memory.borrow((lend) => {
      const optionsAt = lendTrainingOptions(memory, lend, options);
      const resultAt = lend(trainingResultBytes);
      const sumsAt = lend(epochSumsBytes);
      const status = memory.exports.train_epoch(address, data.address, optionsAt, resultAt, sumsAt);
      if (status !== diverged) check(status, 'training');
      const { view } = memory;
      const examples = view.getUint32(sumsAt + 20, true);
      return {
        diverged: status === diverged,
        parameter: view.getInt32(resultAt + 16, true),
        loss: view.getFloat64(sumsAt, true) / examples,
        dataLoss: view.getFloat64(sumsAt + 8, true) / examples,
        accuracy: view.getUint32(sumsAt + 16, true) / examples,
      };
    });
  }

  /**
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} options of which l1 and l2 count
   * @returns {{ loss: number, dataLoss: number, correct: number }}
   */
  evaluate(data, options) {
    const { memory, address } = this;
    return memory.borrow((lend) => {
      const optionsAt = lendTrainingOptions(memory, lend, options);
      const at = lend(evaluationBytes);
      check(memory.exports.evaluate(address, data.address, optionsAt, at), 'an evaluation');
      const { view } = memory;
      return {
        loss: view.getFloat32(at, true),
        dataLoss: view.getFloat32(at + 4, true),
        correct: view.getUint32(at + 8, true),
      };
    });
  }

  /**
   * @param {Float32Array} x (m, inputs) row by row
   * @returns {Float32Array} (m) probabilities of class 1, or (m, n_y) row by row
   */
  predict(x) {
    const { memory, address } = this;
    const { inputs } = this.#options;
    const { outputs } = this.shape;
    const m = x.length / inputs;
    const result = new Float32Array(m * outputs);
    const rows = Math.min(m, predictionRows);
    memory.borrow((lend) => {
      const xAt = lend(rows * inputs * 4);
      const pAt = lend(rows * outputs * 4);
      for (let first = 0; first < m; first += rows) {
        const count = Math.min(rows, m - first);
        memory.floats(xAt, count * inputs).set(x.subarray(first * inputs, (first + count) * inputs));
        memory.exports.predict(address, xAt, count, pAt);
        result.set(memory.floats(pAt, count * outputs), first * outputs);
      }
    });
    return result;
  }

  /**
   * @param {CoreData} data
   * @returns {{ Z1: Float32Array, A1: Float32Array, Z2: Float32Array, A2: Float32Array }} (n_h, m) and (n_y, m)
   */
  forward(data) {
    const { memory, address } = this;
    const { hidden, outputs } = this.shape;
    const wide = hidden * data.count;
    const narrow = outputs * data.count;
    return memory.borrow((lend) => {
      const [Z1, A1, Z2, A2] = [lend(wide * 4), lend(wide * 4), lend(narrow * 4), lend(narrow * 4)];
      memory.exports.network_forward(address, data.address, Z1, A1, Z2, A2);
      return {
        Z1: memory.floats(Z1, wide).slice(),
        A1: memory.floats(A1, wide).slice(),
        Z2: memory.floats(Z2, narrow).slice(),
        A2: memory.floats(A2, narrow).slice(),
      };
    });
  }

  /**
   * @param {CoreData} data at least one example
   * @param {TrainingOptions} [options] with whose penalties dW is the gradient of the loss, else of J
   * @returns {{ J: number, dW: Float32Array, dZ1: Float32Array, dZ2: Float32Array }}
   *   dW (parameterCount) in the core's order; dZ1 (n_h, m), dZ2 (n_y, m) without the 1/m
   */
  gradients(data, options) {
    const { memory, address } = this;
    const { hidden, outputs } = this.shape;
    const count = this.parameterCount;
    const wide = hidden * data.count;
    const narrow = outputs * data.count;
    return memory.borrow((lend) => {
      const optionsAt = options === undefined ? 0 : lendTrainingOptions(memory, lend, options);
      const [dW, dZ1, dZ2, J] = [lend(count * 4), lend(wide * 4), lend(narrow * 4), lend(8)];
      check(memory.exports.network_gradients(address, data.address, optionsAt, dW, dZ1, dZ2, J), 'gradients');
      return {
        J: memory.view.getFloat64(J, true),
        dW: memory.floats(dW, count).slice(),
        dZ1: memory.floats(dZ1, wide).slice(),
        dZ2: memory.floats(dZ2, narrow).slice(),
      };
    });
  }

  /**
   * Z2 on rows of a grid of the plane; only for networks of two inputs.
   * @param {Grid} grid
   * @param {number} firstRow
   * @param {number} rowCount
   * @returns {Float32Array} (rowCount, columns, n_y)
   */
  logits(grid, firstRow, rowCount) {
    const { memory, address } = this;
    const length = rowCount * grid.columns * this.shape.outputs;
    return memory.borrow((lend) => {
      const gridAt = lendGrid(memory, lend, grid);
      const zAt = lend(length * 4);
      memory.exports.network_logits(address, gridAt, firstRow, rowCount, zAt);
      return memory.floats(zAt, length).slice();
    });
  }

  /**
   * The picture of p over rows of a grid, in RGBA bytes.
   * @param {Grid} grid
   * @param {number} firstRow
   * @param {number} rowCount
   * @param {Uint32Array} colours 256 of them for two classes, else one a class; each in the byte order of RGBA
   * @param {Uint8Array | Uint8ClampedArray} into (rowCount, columns, 4)
   */
  paint(grid, firstRow, rowCount, colours, into) {
    const { network_paint } = this.memory.exports;
    paintRows(this.memory, grid, firstRow, rowCount, colours, into, (gridAt, from, rows, coloursAt, pixelsAt) => {
      network_paint(this.address, gridAt, from, rows, coloursAt, pixelsAt);
    });
  }

  /**
   * The picture of a hidden unit's activity: itself for the sigmoid, (a+1)/2 for tanh, a/(1+a) for ReLU.
   * @param {Grid} grid
   * @param {number} unit 0 … n_h - 1
   * @param {number} firstRow
   * @param {number} rowCount
   * @param {Uint32Array} colours 256 of them
   * @param {Uint8Array | Uint8ClampedArray} into (rowCount, columns, 4)
   */
  paintUnit(grid, unit, firstRow, rowCount, colours, into) {
    const { network_paint_unit } = this.memory.exports;
    paintRows(this.memory, grid, firstRow, rowCount, colours, into, (gridAt, from, rows, coloursAt, pixelsAt) => {
      network_paint_unit(this.address, gridAt, unit, from, rows, coloursAt, pixelsAt);
    });
  }

  /**
   * The picture of p over the space of two hidden units: the grid is in units of a1 and a2.
   * @param {Grid} grid
   * @param {number} firstRow
   * @param {number} rowCount
   * @param {Uint32Array} colours as for paint
   * @param {Uint8Array | Uint8ClampedArray} into (rowCount, columns, 4)
   */
  paintHidden(grid, firstRow, rowCount, colours, into) {
    const { network_paint_hidden } = this.memory.exports;
    paintRows(this.memory, grid, firstRow, rowCount, colours, into, (gridAt, from, rows, coloursAt, pixelsAt) => {
      network_paint_hidden(this.address, gridAt, from, rows, coloursAt, pixelsAt);
    });
  }

  /**
   * J where two parameters take the values of a grid, and all others stay as they are.
   * @param {CoreData} data at least one example
   * @param {Grid} grid left … width: values of `across`; top … height: values of `up`
   * @param {number} across the index of a parameter, in the core's order
   * @param {number} up the index of another
   * @param {number} firstRow
   * @param {number} rowCount
   * @returns {Float32Array} (rowCount, columns)
   */
  lossGrid(data, grid, across, up, firstRow, rowCount) {
    const { memory, address } = this;
    const length = rowCount * grid.columns;
    return memory.borrow((lend) => {
      const gridAt = lendGrid(memory, lend, grid);
      const lossAt = lend(length * 4);
      const { network_loss_grid } = memory.exports;
      check(
        network_loss_grid(address, data.address, gridAt, across, up, firstRow, rowCount, lossAt),
        'a grid of losses',
      );
      return memory.floats(lossAt, length).slice();
    });
  }
}
