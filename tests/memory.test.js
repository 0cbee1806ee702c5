/** The core's memory, as its own allocator hands it out in WebAssembly. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Core } from '../web/engine/core.js';

/** @typedef {import('../web/engine/core-structs.js').TrainingOptions} TrainingOptions */

const wasm = await WebAssembly.compile(await readFile(new URL('../build/two-layer.wasm', import.meta.url)));

/** A core of the test's own: others would share the one of loadCore. */
const startCore = async () => new Core(await WebAssembly.instantiate(wasm, {}));

const shape = Object.freeze({ inputs: 2, features: [], classes: 2 });
/** @type {TrainingOptions} */
const training = Object.freeze({
  learningRate: 1,
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  l1: 0,
  l2: 0,
  optimizer: 'sgd',
  batchSize: 0,
  shuffle: false,
});

/**
 * A network with the data it is trained on.
 * @param {Core} core
 * @param {{ seed: number, hidden: number, m: number }} options
 */
function create(core, { seed, hidden, m }) {
  const network = core.createNetwork({ ...shape, seed, hidden, activation: 'sigmoid', init: 'glorot-uniform' });
  const data = core.createData(shape);
  const { x, y } = core.fillPreset('ring', { n: m, noise: 0.1, flip: 0, seed });
  data.set(x, y);
  return { network, data };
}

test('50 networks of the default size, each with its own points, live within 16 MB', async (context) => {
  const core = await startCore();
  const pairs = Array.from({ length: 50 }, (_, seed) => create(core, { seed, hidden: 4, m: 200 }));
  for (const { network, data } of pairs) network.train(data, { ...training, batchSize: 10, shuffle: true }, 50);
  for (const { network, data } of pairs) network.train(data, training, 50);
  context.diagnostic(`${core.memorySize / 1024} kB`);
  assert.ok(core.memorySize <= 16 * 2 ** 20, `${core.memorySize} bytes`);
  for (const { network, data } of pairs) {
    network.free();
    data.free();
  }
});

test('1,000 rounds of create, train and free leave memory where it was', async () => {
  const core = await startCore();
  const round = (/** @type {number} */ i) => {
    const { network, data } = create(core, { seed: i, hidden: 1 + (i % 40), m: 1 + ((i * 37) % 500) });
    network.train(data, { ...training, optimizer: 'adam', batchSize: (i % 4) * 10 }, 3);
    network.setHidden(1 + ((i * 7) % 40));
    network.train(data, training, 2);
    network.free();
    data.free();
  };
  for (let i = 0; i < 200; i++) round(i);
  const { memorySize } = core;
  for (let i = 200; i < 1200; i++) round(i);
  assert.equal(core.memorySize, memorySize);
});

test('the largest network and data fit, and their memory serves others once they are freed', async (context) => {
  const core = await startCore();
  const large = create(core, { seed: 1, hidden: 256, m: 20000 });
  large.network.train(large.data, { ...training, batchSize: 1, shuffle: true }, 2);
  const { memorySize } = core;
  context.diagnostic(`${memorySize / 2 ** 20} MB`);
  assert.ok(memorySize <= 16 * 2 ** 20, `${memorySize} bytes`);
  large.network.free();
  large.data.free();
  const pairs = Array.from({ length: 50 }, (_, seed) => create(core, { seed, hidden: 4, m: 200 }));
  for (const { network, data } of pairs) network.train(data, training, 1);
  assert.equal(core.memorySize, memorySize);
});

test('a network keeps its bits when others come, grow the memory and go', async () => {
  const core = await startCore();
  const one = create(core, { seed: 5, hidden: 4, m: 200 });
  const two = create(core, { seed: 5, hidden: 4, m: 200 });
  one.network.train(one.data, training, 100);
  for (let i = 0; i < 100; i++) {
    const other = create(core, { seed: i, hidden: 100, m: 100 * (i + 1) });
    two.network.train(two.data, training, 1);
    if (i % 3 > 0) other.network.free();
    if (i % 2 > 0) other.data.free();
  }
  assert.equal(two.network.hash(), one.network.hash());
});
