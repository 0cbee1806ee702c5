import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { trainingOptions } from '../web/engine/training-options.js';
import { CoreUnavailableError, instantiateCore } from '../web/engine/wasm.js';

const core = await loadCore();

/** @type {import('../web/engine/core-structs.js').NetworkOptions} */
const options = {
  seed: 1,
  inputs: 2,
  features: [],
  hidden: 4,
  classes: 2,
  activation: 'sigmoid',
  init: 'glorot-uniform',
};

const realWebAssembly = globalThis.WebAssembly;
afterEach(() => {
  globalThis.WebAssembly = realWebAssembly;
});

test('there is one core a realm', async () => {
  assert.equal(await loadCore(), core);
});

test('the wasm imports nothing', async () => {
  const instance = await instantiateCore();
  assert.ok(instance.exports.memory instanceof WebAssembly.Memory);
});

test('says what is missing: WebAssembly, SIMD, or permission', async () => {
  /** @param {unknown} substitute @param {string} reason @param {RegExp} message */
  const refuses = async (substitute, reason, message) => {
    globalThis.WebAssembly = /** @type {typeof WebAssembly} */ (substitute);
    await assert.rejects(instantiateCore(), (error) => {
      assert.ok(error instanceof CoreUnavailableError);
      assert.equal(error.reason, reason);
      assert.match(error.message, message);
      return true;
    });
  };
  const blocked = () => Promise.reject(new EvalError('Refused'));
  await refuses(undefined, 'missing', /WebAssembly is missing/);
  await refuses({ validate: () => false }, 'no-simd', /SIMD/);
  await refuses({ validate: () => true, instantiate: blocked, compile: blocked }, 'blocked', /content security policy/);
  const broken = () => Promise.reject(new realWebAssembly.CompileError('odd'));
  await refuses(
    { validate: () => true, instantiate: broken, compile: async () => ({}) },
    'broken',
    /did not start: CompileError: odd/,
  );
});

test('views follow the memory when it grows in the middle of work', () => {
  const network = core.createNetwork({ ...options, hidden: 256 });
  const before = core.memorySize;
  const expected = network.readParameters();
  const data = core.createData(options);
  const m = 20000;
  data.set(
    Float32Array.from({ length: 2 * m }, (_, i) => Math.fround(i / m - 1)),
    new Uint8Array(m),
  );
  const passes = network.forward(data);
  assert.ok(core.memorySize > before, 'a test of growth must grow');
  assert.equal(passes.A1.length, 256 * m);
  assert.deepEqual(network.readParameters(), expected);
  network.free();
  data.free();
});

test('a thousand rounds of create, train, free leave the memory where it was', () => {
  const round = () => {
    const network = core.createNetwork(options);
    const data = core.createData(options);
    data.set(new Float32Array(400).fill(0.5), new Uint8Array(200));
    network.train(data, trainingOptions({}), 3, true);
    network.evaluate(data, trainingOptions({}));
    network.predict(new Float32Array(400));
    network.gradients(data);
    network.hash();
    network.free();
    data.free();
  };
  round();
  const before = core.memorySize;
  for (let k = 0; k < 1000; k++) round();
  assert.equal(core.memorySize, before);
});

test('fifty networks of the default size fit into 16 MB', async () => {
  const { exports } = await instantiateCore();
  const fresh = new /** @type {any} */ (core.constructor)({ exports });
  const data = fresh.createData(options);
  data.set(new Float32Array(400).fill(0.5), new Uint8Array(200));
  for (let k = 0; k < 50; k++) fresh.createNetwork({ ...options, seed: k }).train(data, trainingOptions({}), 1);
  assert.ok(fresh.memorySize <= 16 * 2 ** 20, `${fresh.memorySize} bytes`);
});

test('blocks return even when the work in between fails', () => {
  const network = core.createNetwork(options);
  const empty = core.createData({ ...options, classes: 2 });
  const before = core.memorySize;
  empty.free();
  for (let k = 0; k < 2000; k++) assert.throws(() => network.gradients(empty), /data set has been freed/);
  assert.equal(core.memorySize, before);
  network.free();
});

test('the state goes out and comes back: a rewind', () => {
  const network = core.createNetwork({ ...options, hidden: 5 });
  const data = core.createData(options);
  data.set(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1, 2, 2), Uint8Array.of(0, 1, 1, 0, 1));
  const training = trainingOptions({ optimizer: 'adam', batchSize: 2 });
  network.train(data, training, 10);
  const state = network.readState();
  const hash = network.hash();
  network.train(data, training, 25);
  const later = network.hash();
  assert.notEqual(later, hash);
  network.writeState(state);
  assert.equal(network.hash(), hash);
  network.train(data, training, 25);
  assert.equal(network.hash(), later);
  assert.throws(() => network.writeState(state.slice(1)), /^RangeError: state: \d+ bytes; this network has \d+$/);
});

test('random numbers are a function of seed, stream and index', () => {
  const u = core.randomUniform(1, 'split', 0);
  assert.equal(core.randomUniform(1, 'split', 0), u);
  const others = [
    core.randomUniform(2, 'split', 0),
    core.randomUniform(1, 'spray', 0),
    core.randomUniform(1, 'split', 1),
  ];
  for (const other of others) {
    assert.notEqual(other, u);
    assert.ok(other >= 0 && other < 1);
    assert.equal(other * 2 ** 53, Math.floor(other * 2 ** 53), 'a multiple of 2^-53');
  }
});
