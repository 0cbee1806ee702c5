import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { trainingOptions } from '../web/engine/training-options.js';

const core = await loadCore();

/** @type {import('../web/engine/core-structs.js').NetworkOptions} */
const options = {
  seed: 40,
  inputs: 2,
  features: [],
  hidden: 2,
  classes: 2,
  activation: 'sigmoid',
  init: 'glorot-uniform',
};
const { x, y } = core.fillPreset('xor', { n: 200, noise: 0.1, flip: 0, seed: 1 });
const data = core.createData({ inputs: 2, features: [], classes: 2 });
data.set(x, y);

/** @param {number} seed @param {ReturnType<typeof trainingOptions>} training @param {number} steps */
function alone(seed, training, steps) {
  const network = core.createNetwork({ ...options, seed });
  const result = network.train(data, training, steps);
  return { network, result };
}

for (const [name, training] of /** @type {const} */ ([
  ['full batch', { learningRate: 1 }],
  ['Adam, mini-batches with shuffle', { optimizer: 'adam', batchSize: 32, shuffle: true }],
])) {
  test(`a run among many has the bits of one trained alone: ${name}`, () => {
    const settings = trainingOptions(training);
    const runs = core.createRuns(options, 7);
    const results = runs.train(data, settings, 150);
    assert.equal(results.length, 7);
    for (const [run, { hash, loss, dataLoss, steps }] of results.entries()) {
      const { network, result } = alone(40 + run, settings, 150);
      assert.deepEqual({ hash, loss, dataLoss, steps }, { ...summary(result), hash: network.hash() });
      network.free();
    }
    runs.free();
  });
}

/** @param {import('../web/engine/core-structs.js').TrainingResult} result */
const summary = ({ loss, dataLoss, steps }) => ({ loss, dataLoss, steps });

test('steps and runs may be cut into slices at will', () => {
  const settings = trainingOptions({ batchSize: 30, shuffle: true, optimizer: 'momentum', learningRate: 0.1 });
  const whole = core.createRuns(options, 5);
  const sliced = core.createRuns(options, 5);
  const hashes = whole.train(data, settings, 90).map(({ hash }) => hash);
  sliced.train(data, settings, 40);
  const last = sliced.train(data, settings, 50, 3);
  const first = sliced.train(data, settings, 50, 0, 3);
  assert.deepEqual(
    [...first, ...last].map(({ hash }) => hash),
    hashes,
  );
  whole.free();
  sliced.free();
});

test('a run that diverges stays where it was finite, and the others go on', () => {
  const relu = { ...options, activation: /** @type {const} */ ('relu') };
  const runs = core.createRuns(relu, 20);
  const results = runs.train(data, trainingOptions({ learningRate: 1e6 }), 300);
  assert.ok(results.some(({ diverged }) => diverged));
  for (const { diverged, steps, parameter } of results) {
    assert.equal(diverged, steps < 300);
    assert.equal(diverged, parameter >= 0);
  }
  runs.free();
});

test("a run's picture is that of its network", () => {
  const settings = trainingOptions({ learningRate: 1 });
  const runs = core.createRuns(options, 3);
  runs.train(data, settings, 100);
  const grid = { left: -3, top: 3, width: 6, height: 6, columns: 22, rows: 22 };
  const colours = Uint32Array.from({ length: 256 }, (_, k) => 0xff000000 + k);
  const pictures = [0, 1, 2].map((run) => {
    const pixels = new Uint8Array(22 * 22 * 4);
    runs.paint(run, grid, colours, pixels);
    const expected = new Uint8Array(22 * 22 * 4);
    const { network } = alone(40 + run, settings, 100);
    network.paint(grid, 0, 22, colours, expected);
    network.free();
    assert.deepEqual(pixels, expected);
    return pixels;
  });
  assert.notDeepEqual(pictures[0], pictures[1]);
  runs.free();
});

test('256 runs share a workspace: they take little more memory than their states', () => {
  const before = core.memorySize;
  const runs = core.createRuns({ ...options, hidden: 256 }, 256);
  // A state: the parameters and two slots, 4 bytes each, and its head. One workspace, some 600 kB.
  const states = 256 * (3 * 4 * (256 * 3 + 257 + 3) + 32);
  assert.ok(core.memorySize - before < states + 1.5e6);
  runs.free();
});
