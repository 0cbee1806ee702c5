/**
 * The core, in JavaScript's terms: the one file that knows the wasm's memory.
 * Everything else holds a CoreNetwork or a CoreData and sees typed arrays, which are
 * always copies: memory may grow at any call, and growth detaches every view of it.
 *
 * Arguments are checked by the callers (network.js, session/): what arrives here is in range.
 */
import { check, Memory, OutOfMemoryError } from './memory.js';
import { activations, computedPresets, featureBits, initializers, optimizers, streams } from './names.js';
import { once } from './once.js';
import { instantiateCore } from './wasm.js';

/** @typedef {import('./names.js').Activation} Activation */
/** @typedef {import('./names.js').Feature} Feature */
/** @typedef {import('./names.js').Stream} Stream */
/** @typedef {import('./parameters.js').Shape} Shape */

/**
 * @typedef {object} NetworkOptions
 * @property {number} seed an integer, 0 … 2^53
 * @property {number} inputs numbers an example is given by
 * @property {readonly Feature[]} features only with two inputs
 * @property {number} hidden
 * @property {number} classes
 * @property {Activation} activation
 * @property {import('./names.js').Initializer} init
 */

/**
 * @typedef {object} TrainingOptions
 * @property {number} learningRate
 * @property {number} momentum
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} epsilon
 * @property {number} l1
 * @property {number} l2
 * @property {import('./names.js').Optimizer} optimizer
 * @property {number} batchSize 0 for all
 * @property {boolean} shuffle
 */

/**
 * @typedef {object} TrainingResult
 * @property {boolean} diverged the next step would leave something not finite: it was not made
 * @property {number} steps updates made
 * @property {number} loss with penalties, before the last update
 * @property {number} dataLoss J, before the last update
 * @property {number} parameter the index of the first parameter that diverged, -1 if it was J
 * @property {Float32Array} losses J before each update, if asked for
 */

/** @typedef {{ left: number, top: number, width: number, height: number, columns: number, rows: number }} Grid */

const diverged = 3;

// Sizes and places of the header's structs, in bytes: doubles first, so nothing is padded inside.
const networkOptionsBytes = 32;
const trainingOptionsBytes = 40;
const trainingResultBytes = 24;
const epochSumsBytes = 24;
const evaluationBytes = 12;
const gridBytes = 24;
const stateHeaderBytes = 32;

/** Rows of a prediction at a time: bounds the memory it borrows. */
const predictionRows = 16384;

/** An object of the core's that must be freed; one forgotten is freed when JavaScript collects it. */
class Handle {
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
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {NetworkOptions} options
 */
function lendNetworkOptions(memory, lend, options) {
  const at = lend(networkOptionsBytes);
  const { view } = memory;
  view.setFloat64(at, options.seed, true);
  view.setUint32(at + 8, options.inputs, true);
  view.setUint32(at + 12, featureBits(options.features), true);
  view.setUint32(at + 16, options.hidden, true);
  view.setUint32(at + 20, options.classes, true);
  view.setUint32(at + 24, activations.indexOf(options.activation), true);
  view.setUint32(at + 28, initializers.indexOf(options.init), true);
  return at;
}

/**
 * @param {Memory} memory
 * @param {number} at a training_result
 */
function readTrainingResult({ view }, at) {
  return {
    steps: view.getFloat64(at, true),
    loss: view.getFloat32(at + 8, true),
    dataLoss: view.getFloat32(at + 12, true),
    parameter: view.getInt32(at + 16, true),
  };
}

/**
 * @param {Memory} memory
 * @param {number} at two words, the low one first
 * @returns {string} sixteen hex digits
 */
function readHash({ view }, at) {
  const word = (/** @type {number} */ from) => view.getUint32(from, true).toString(16).padStart(8, '0');
  return word(at + 4) + word(at);
}

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
function paintRows(memory, grid, firstRow, rowCount, colours, into, draw) {
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

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {TrainingOptions} options
 */
function lendTrainingOptions(memory, lend, options) {
  const at = lend(trainingOptionsBytes);
  const { view } = memory;
  const { learningRate, momentum, beta1, beta2, epsilon, l1, l2 } = options;
  for (const [k, value] of [learningRate, momentum, beta1, beta2, epsilon, l1, l2].entries()) {
    view.setFloat32(at + 4 * k, value, true);
  }
  view.setUint32(at + 28, optimizers.indexOf(options.optimizer), true);
  view.setUint32(at + 32, options.batchSize, true);
  view.setUint32(at + 36, options.shuffle ? 1 : 0, true);
  return at;
}

/**
 * @param {Memory} memory
 * @param {(bytes: number) => number} lend
 * @param {Grid} grid
 */
function lendGrid(memory, lend, { left, top, width, height, columns, rows }) {
  const at = lend(gridBytes);
  const { view } = memory;
  for (const [k, value] of [left, top, width, height].entries()) view.setFloat32(at + 4 * k, value, true);
  view.setUint32(at + 16, columns, true);
  view.setUint32(at + 20, rows, true);
  return at;
}

/**
 * The core of this realm: the first call starts it, every call gives the same one.
 * (Chromium refuses a page's 125th wasm memory, however small: one must host all networks.)
 * @type {() => Promise<Core>}
 * @throws {import('./wasm.js').CoreUnavailableError}
 */
export const loadCore = once(async () => new Core(await instantiateCore()));

/**
 * What a state block says of itself (network_state in src/two_layer.h).
 * @param {Uint8Array} state
 * @returns {{ step: number, epoch: number, optimizerStep: number, position: number, optimizer: number,
 *   values: Float32Array }} values: the parameters and the optimiser's two slots, each padded to a common length
 */
export function describeState(state) {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  return {
    step: view.getFloat64(0, true),
    epoch: view.getFloat64(8, true),
    optimizerStep: view.getFloat64(16, true),
    position: view.getUint32(24, true),
    optimizer: view.getUint32(28, true),
    values: new Float32Array(state.slice(stateHeaderBytes).buffer),
  };
}

/**
 * The inverse of describeState.
 * @param {ReturnType<typeof describeState>} described
 * @returns {Uint8Array}
 */
export function composeState({ step, epoch, optimizerStep, position, optimizer, values }) {
  const state = new Uint8Array(stateHeaderBytes + values.byteLength);
  const view = new DataView(state.buffer);
  view.setFloat64(0, step, true);
  view.setFloat64(8, epoch, true);
  view.setFloat64(16, optimizerStep, true);
  view.setUint32(24, position, true);
  view.setUint32(28, optimizer, true);
  new Float32Array(state.buffer, stateHeaderBytes).set(values);
  return state;
}
