/** The plain JavaScript baseline at work. */
import { PlainNetwork, TunedNetwork } from '../plain.js';
import { colours, landscape, learningRateOf, picture, probes, time, unitsOfProof, updatesOfUnit } from '../task.js';
import { prepare } from './core.js';

/** @typedef {import('../task.js').Task} Task */
/** @typedef {import('../task.js').Worker} Worker */

/** Rows of the plain picture, spread over all of it: one of 800 rows would be many slices long. */
const paintedRows = 8;

/** Rows of the plain landscape, likewise. */
const landscapeRows = 4;

/**
 * @param {import('../../../web/engine/core.js').Core} core which gives the examples and the first weights
 * @param {Task} task
 * @param {boolean} [tuned]
 * @returns {Worker}
 */
export function openPlain(core, task, tuned = false) {
  const { x, y, network } = prepare(core, task);
  const start = network.readParameters();
  network.free();
  const Network = tuned ? TunedNetwork : PlainNetwork;
  const plain = new Network({ hidden: task.hidden, activation: task.activation, parameters: start });
  if (task.does === 'paint') return openPainting(plain);
  if (task.does === 'landscape') return openLandscape(plain, x, y);
  return openTraining(plain, task, start, x, y);
}

/**
 * @param {PlainNetwork} plain
 * @param {Task} task
 * @param {Float32Array} start
 * @param {Float32Array} x
 * @param {Uint8Array} y
 * @returns {Worker}
 */
function openTraining(plain, task, start, x, y) {
  const { m, batchSize, shuffle, losses } = task;
  const size = batchSize || m;
  const updates = updatesOfUnit(task);
  const learningRate = learningRateOf(task);
  const order = Uint32Array.from({ length: m }, (_, i) => i);
  let bits = 1;
  /** @param {number} units */
  const train = (units) => {
    let loss = Number.NaN;
    for (let unit = 0; unit < units; unit++) {
      if (shuffle) bits = shuffleInPlace(order, bits);
      for (let update = 0; update < updates; update++) {
        const from = update * size;
        const wantLoss = losses || (unit === units - 1 && update === updates - 1);
        loss = plain.step(x, y, order, from, Math.min(from + size, m), learningRate, wantLoss);
      }
    }
    return loss;
  };
  return {
    work: 1,
    slice(count) {
      plain.setParameters(start);
      return time(() => train(count));
    },
    prove() {
      plain.setParameters(start);
      const before = train(unitsOfProof(task));
      const after = plain.loss(x, y);
      return shuffle ? [after] : [before, after];
    },
    free: () => undefined,
  };
}

/**
 * @param {PlainNetwork} plain
 * @returns {Worker}
 */
function openPainting(plain) {
  const rows = { ...picture, rows: paintedRows };
  const pixels = new Uint32Array(picture.columns * picture.rows);
  return {
    work: paintedRows / picture.rows,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) plain.paint(rows, colours, pixels);
      }),
    prove() {
      plain.paint(picture, colours, pixels);
      return probes.map((probe) => pixels[probe]);
    },
    free: () => undefined,
  };
}

/**
 * @param {PlainNetwork} plain
 * @param {Float32Array} x
 * @param {Uint8Array} y
 * @returns {Worker}
 */
function openLandscape(plain, x, y) {
  const { left, top, width, height, columns } = landscape;
  const J = new Float32Array(columns * landscape.rows);
  /** @param {number} rows */
  const draw = (rows) => {
    const [first, second] = plain.W1;
    for (let row = 0, at = 0; row < rows; row++) {
      plain.W1[1] = top - ((row + 0.5) * height) / rows;
      for (let column = 0; column < columns; column++, at++) {
        plain.W1[0] = left + ((column + 0.5) * width) / columns;
        J[at] = plain.loss(x, y);
      }
    }
    plain.W1[0] = first;
    plain.W1[1] = second;
  };
  return {
    work: landscapeRows / landscape.rows,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) draw(landscapeRows);
      }),
    prove() {
      draw(landscape.rows);
      return [...J];
    },
    free: () => undefined,
  };
}

/**
 * Fisher and Yates, by the cheapest random numbers (xorshift32) and without a division.
 *
 * @param {Uint32Array} order
 * @param {number} bits not 0
 * @returns {number} the bits to go on with
 */
function shuffleInPlace(order, bits) {
  let b = bits;
  for (let i = order.length - 1; i > 0; i--) {
    b ^= b << 13;
    b ^= b >>> 17;
    b ^= b << 5;
    const j = Math.floor((b >>> 0) * 2 ** -32 * (i + 1));
    const swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  return b;
}
