import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { trainingOptions } from '../web/engine/training-options.js';
import { forward, withFeatures } from './helpers/notes.js';

/** @typedef {import('../web/engine/core-structs.js').NetworkOptions} NetworkOptions */
/** @typedef {import('../web/engine/core-structs.js').Grid} Grid */

const core = await loadCore();

/** Each entry's red byte is its index, so that a picture shows which entry was taken. */
const shades = Uint32Array.from({ length: 256 }, (_, k) => 0xff000000 + k);

/** Red, green, blue, white: with proportions p, the bytes are 255 p. */
const primaries = Uint32Array.of(0xff0000ff, 0xff00ff00, 0xffff0000, 0xffffffff);

/** Odd sizes, so that tiles and vectors have remainders; 250 columns are more than a tile. */
/** @type {Grid} */
const grid = { left: -3, top: 3, width: 6, height: 6, columns: 250, rows: 7 };

/** @type {NetworkOptions} */
const usual = {
  seed: 3,
  inputs: 2,
  features: [],
  hidden: 4,
  classes: 2,
  activation: 'sigmoid',
  init: 'glorot-uniform',
};

/**
 * A network that has learned something, its weights grown by `factor`.
 *
 * @param {Partial<NetworkOptions>} options
 * @param {number} [factor]
 */
function trained(options, factor = 1) {
  const network = core.createNetwork({ ...usual, ...options });
  const { inputs, features, classes, activation } = network.options;
  const data = core.createData({ inputs, features, classes });
  const { x, y } = core.fillPreset('xor', { n: 60, noise: 0.1, flip: 0, seed: 1 });
  data.set(
    x,
    y.map((label, i) => (label + (i % (classes - 1))) % classes),
  );
  network.train(data, trainingOptions({ learningRate: activation === 'relu' ? 0.05 : 0.5 }), 300);
  network.writeParameters(network.readParameters().map((w) => w * factor));
  data.free();
  return network;
}

/** @param {Grid} where @returns {number[][]} the centres of its pixels, row by row */
function centres({ left, top, width, height, columns, rows }) {
  return Array.from({ length: rows * columns }, (_, k) => [
    Math.fround(left + (((k % columns) + 0.5) * width) / columns),
    Math.fround(top - ((Math.floor(k / columns) + 0.5) * height) / rows),
  ]);
}

/**
 * The notes' A1 and A2 at the pixels, in float64.
 *
 * @param {import('../web/engine/core-network.js').CoreNetwork} network
 * @param {Grid} where
 */
function byTheNotes(network, where) {
  const { hidden, outputs, inputs } = network.shape;
  const w = [...network.readParameters()];
  const rows = (/** @type {number} */ n, /** @type {number} */ width) =>
    Array.from({ length: n }, () => w.splice(0, width));
  const W1 = rows(hidden, inputs);
  const b1 = w.splice(0, hidden);
  const W2 = rows(outputs, hidden);
  const parameters = { W1, b1, W2, b2: w };
  return forward(parameters, withFeatures(centres(where), network.options.features), network.options.activation);
}

/** @type {Array<[string, Partial<NetworkOptions>, number?]>} */
const networks = [
  ['sigmoid', {}],
  ['sigmoid, one unit', { hidden: 1 }],
  ['sigmoid, odd units', { hidden: 7 }],
  ['sigmoid, 65 units', { hidden: 65 }],
  ['tanh', { activation: 'tanh' }],
  ['tanh, odd units', { activation: 'tanh', hidden: 5 }],
  ['relu', { activation: 'relu' }],
  ['some units too steep to separate', { hidden: 6 }, 15],
  ['all units too steep to separate', { activation: 'tanh', hidden: 5 }, 400],
  ['all features', { features: ['x1-squared', 'x2-squared', 'x1-x2', 'sin-x1', 'sin-x2'] }],
  ['features that can be separated', { features: ['x1-squared', 'sin-x2'], activation: 'tanh' }],
  ['three classes', { classes: 3, hidden: 5 }],
  ['four classes, relu, features', { classes: 4, activation: 'relu', features: ['x2-squared', 'x1-x2'] }],
  ['four classes, steep tanh', { classes: 4, activation: 'tanh', hidden: 3 }, 60],
];

for (const [name, options, factor] of networks) {
  test(`every pixel has the colour of the notes' probability: ${name}`, () => {
    const network = trained(options, factor);
    const { outputs } = network.shape;
    const { A2 } = byTheNotes(network, grid);
    const pixels = new Uint8Array(grid.rows * grid.columns * 4);
    network.paint(grid, 0, grid.rows, outputs === 1 ? shades : primaries, pixels);
    // Weights of size w turn a relative rounding of z, some n_h 2^-24, into w times that.
    const largest = Math.max(...network.readParameters().map(Math.abs));
    const error = 1e-5 + largest * network.shape.hidden * 2 ** -22;
    const tolerance = 0.5 + 255 * (error + (outputs === 1 ? 1 / 4096 : 0));
    for (let k = 0; k < grid.rows * grid.columns; k++) {
      assert.equal(pixels[4 * k + 3], 255);
      for (let channel = 0; channel < Math.min(outputs, 3); channel++) {
        const white = outputs === 4 ? A2[3][k] : 0;
        const expected = 255 * (A2[channel][k] + white);
        const found = pixels[4 * k + channel];
        assert.ok(Math.abs(found - expected) <= tolerance, `pixel ${k}: ${found}, should be ${expected}`);
      }
      // Two classes part exactly where p is 1/2.
      if (outputs === 1 && Math.abs(A2[0][k] - 0.5) > error) {
        assert.equal(pixels[4 * k] >= 128, A2[0][k] > 0.5, `pixel ${k}: ${pixels[4 * k]} at p = ${A2[0][k]}`);
      }
    }
    network.free();
  });
}

test('bands of a picture are the picture', () => {
  for (const options of [{}, { classes: 3 }, { activation: /** @type {const} */ ('relu') }]) {
    const network = trained(options);
    const colours = network.shape.outputs === 1 ? shades : primaries;
    const whole = new Uint8Array(grid.rows * grid.columns * 4);
    network.paint(grid, 0, grid.rows, colours, whole);
    const banded = new Uint8Array(whole.length);
    for (const [first, count] of [
      [5, 2],
      [0, 1],
      [1, 4],
    ]) {
      network.paint(grid, first, count, colours, banded.subarray(first * grid.columns * 4));
    }
    assert.deepEqual(banded, whole);
    network.free();
  }
});

test('a picture of more pixels than pass through the core at once', () => {
  const network = trained({});
  const large = { ...grid, columns: 701, rows: 433 };
  const rowBytes = large.columns * 4;
  const whole = new Uint8Array(large.rows * rowBytes);
  network.paint(large, 0, large.rows, shades, whole);
  const row = new Uint8Array(rowBytes);
  for (const first of [0, 185, 186, 187, 371, 372, 373, 374, 432]) {
    network.paint(large, first, 1, shades, row);
    assert.deepEqual(row, whole.subarray(first * rowBytes, (first + 1) * rowBytes), `row ${first}`);
  }
  network.free();
});

test('painting changes nothing in the network', () => {
  const network = trained({ hidden: 5 });
  const before = network.readState();
  network.paint(grid, 0, grid.rows, shades, new Uint8Array(grid.rows * grid.columns * 4));
  network.logits(grid, 0, grid.rows);
  network.paintUnit(grid, 4, 0, grid.rows, shades, new Uint8Array(grid.rows * grid.columns * 4));
  assert.deepEqual(network.readState(), before);
  network.free();
});

test("a hidden unit's picture shows its activity", () => {
  /** @type {Record<string, (a: number) => number>} */
  const shadeOf = { sigmoid: (a) => a, tanh: (a) => (a + 1) / 2, relu: (a) => a / (1 + a) };
  for (const activation of /** @type {const} */ (['sigmoid', 'tanh', 'relu'])) {
    const network = trained({ activation, features: ['x1-x2'], hidden: 3 });
    const { A1 } = byTheNotes(network, grid);
    for (let unit = 0; unit < 3; unit++) {
      const pixels = new Uint8Array(grid.rows * grid.columns * 4);
      network.paintUnit(grid, unit, 0, grid.rows, shades, pixels);
      for (const [k, a] of A1[unit].entries()) {
        assert.ok(Math.abs(pixels[4 * k] - 255 * shadeOf[activation](a)) <= 0.5 + 255 * 1e-5);
      }
    }
    network.free();
  }
});

test('the space of two hidden units is parted by a straight line', () => {
  const network = trained({ hidden: 2 });
  const [, , , , , , v1, v2, b2] = network.readParameters();
  /** @type {Grid} */
  const unitSquare = { left: 0, top: 1, width: 1, height: 1, columns: 31, rows: 29 };
  const pixels = new Uint8Array(31 * 29 * 4);
  network.paintHidden(unitSquare, 0, 29, shades, pixels);
  for (const [k, [a1, a2]] of centres(unitSquare).entries()) {
    const p = 1 / (1 + Math.exp(-(v1 * a1 + v2 * a2 + b2)));
    assert.ok(Math.abs(pixels[4 * k] - 255 * p) <= 0.5 + 255 * (1 / 4096 + 1e-5));
    if (Math.abs(p - 0.5) > 1e-5) assert.equal(pixels[4 * k] >= 128, p > 0.5);
  }
  network.free();
});

test('a grid of losses has J at every place, and leaves the parameters', () => {
  const network = trained({});
  const data = core.createData({ inputs: 2, features: [], classes: 2 });
  const { x, y } = core.fillPreset('ring', { n: 50, noise: 0.1, flip: 0, seed: 1 });
  data.set(x, y);
  const before = network.readParameters();
  const options = trainingOptions({});
  const [across, up] = [2, 14]; // a weight of W1 and one of W2
  /** @type {Grid} */
  const plane = { left: -4, top: 6, width: 8, height: 12, columns: 5, rows: 3 };
  const J = [...network.lossGrid(data, plane, across, up, 0, 1), ...network.lossGrid(data, plane, across, up, 1, 2)];
  assert.deepEqual(network.readParameters(), before);
  for (const [k, [first, second]] of centres(plane).entries()) {
    network.writeParameters(Float32Array.of(first), across);
    network.writeParameters(Float32Array.of(second), up);
    assert.equal(J[k], network.evaluate(data, options).dataLoss);
  }
  network.free();
  data.free();
});
