import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNetwork, preset } from '../web/engine/index.js';
import * as notes from './helpers/notes.js';

const XOR = {
  X: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  y: [0, 1, 1, 0],
};

/** @param {number} rows @param {number} cols @param {number[]} data */
const matrix = (rows, cols, data) => ({ rows, cols, data: Float32Array.from(data) });

test('works the example on paper', async () => {
  // x = (1, 1), y = 1. z1 = 1/2 - 1/2 = 0, a1 = 1/2; z2 = 2 a1 - 1 = 0, a2 = 1/2. J = log 2.
  // dZ2 = -1/2, dW2 = dZ2 a1 = -1/4; dZ1 = W2 dZ2 a1 (1 - a1) = -1/4, dW1 = dZ1 x.
  const net = await createNetwork({ hidden: 1 });
  net.parameters = {
    W1: matrix(1, 2, [0.5, -0.5]),
    b1: matrix(1, 1, [0]),
    W2: matrix(1, 1, [2]),
    b2: matrix(1, 1, [-1]),
  };
  const X = [[1, 1]];
  assert.deepEqual(net.forward(X), {
    Z1: matrix(1, 1, [0]),
    A1: matrix(1, 1, [0.5]),
    Z2: matrix(1, 1, [0]),
    A2: matrix(1, 1, [0.5]),
  });
  const { J, ...gradients } = net.gradients(X, [1]);
  assert.ok(Math.abs(J - Math.LN2) < 1e-7);
  assert.deepEqual(gradients, {
    dZ2: matrix(1, 1, [-0.5]),
    dW2: matrix(1, 1, [-0.25]),
    db2: matrix(1, 1, [-0.5]),
    dZ1: matrix(1, 1, [-0.25]),
    dW1: matrix(1, 2, [-0.25, -0.25]),
    db1: matrix(1, 1, [-0.25]),
  });
  const result = net.train(X, [1], { steps: 1, learningRate: 1 });
  assert.ok(Math.abs(result.dataLoss - Math.LN2) < 1e-7);
  assert.equal(result.step, 1);
  assert.deepEqual(net.parameters, {
    W1: matrix(1, 2, [0.75, -0.25]),
    b1: matrix(1, 1, [0.25]),
    W2: matrix(1, 1, [2.25]),
    b2: matrix(1, 1, [-0.5]),
  });
});

test('learns XOR on at least 18 of 20 seeds', async () => {
  let solved = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const net = await createNetwork({ hidden: 4, seed });
    net.train(XOR.X, XOR.y, { steps: 5000, learningRate: 1 });
    const { dataLoss, accuracy } = net.evaluate(XOR.X, XOR.y);
    if (dataLoss < 0.1 && accuracy === 1) solved++;
  }
  assert.ok(solved >= 18, `${solved} of 20`);
});

test('the same seed gives the same bits, another seed others', async () => {
  /** @param {number} seed */
  const run = async (seed) => {
    const net = await createNetwork({ seed });
    net.train(XOR.X, XOR.y, { steps: 1000 });
    return net.hash();
  };
  assert.equal(await run(7), await run(7));
  assert.notEqual(await run(7), await run(8));
  assert.match(await run(7), /^\d+-[0-9a-f]{16}$/);
});

test('a thousand steps at once or one by one leave the same bits', async () => {
  const atOnce = await createNetwork({ seed: 3 });
  const oneByOne = await createNetwork({ seed: 3 });
  const { X, y } = await preset('ring', { n: 50 });
  for (const options of [{}, { batchSize: 8 }, { optimizer: /** @type {const} */ ('adam'), batchSize: 7 }]) {
    atOnce.train(X, y, { ...options, steps: 200 });
    for (let step = 0; step < 200; step++) oneByOne.train(X, y, options);
    assert.equal(atOnce.hash(), oneByOne.hash());
  }
});

/** Glorot starts and |x| <= 3: float32 sums of such numbers stay within 1e-6 of float64. */
const bound = 1e-6;

/**
 * @param {import('../web/engine/network.js').Network} net
 * @param {number[][]} X
 * @param {number[]} y
 * @param {string} what
 */
function compareWithNotes(net, X, y, what) {
  const parameters = notes.parametersOf(net.parameters);
  const wide = notes.withFeatures(X, net.features);
  const expected = notes.gradients(parameters, wide, y, net.activation);
  const { J, ...gradients } = net.gradients(X, y);
  assert.ok(Math.abs(J - expected.J) <= bound, `${what}: J ${J} against ${expected.J}`);
  assert.ok(Math.abs(net.evaluate(X, y).dataLoss - expected.J) <= bound, `${what}: evaluate`);
  for (const name of /** @type {const} */ (['dZ2', 'dW2', 'db2', 'dZ1', 'dW1', 'db1'])) {
    const error = notes.distance(gradients[name].data, expected[name].flat());
    assert.ok(error <= bound, `${what}: ${name} differs by ${error}`);
  }
  const passes = net.forward(X);
  const expectedPasses = notes.forward(parameters, wide, net.activation);
  for (const name of /** @type {const} */ (['Z1', 'A1', 'Z2', 'A2'])) {
    const size = Math.max(1, ...expectedPasses[name].flat().map(Math.abs));
    const error = notes.distance(passes[name].data, expectedPasses[name].flat());
    assert.ok(error <= bound * size, `${what}: ${name} differs by ${error}`);
  }
  const p = net.predict(X);
  const { A2 } = expectedPasses;
  const rows = A2.length === 1 ? A2[0] : y.flatMap((_, i) => A2.map((row) => row[i]));
  assert.ok(notes.distance(p, rows) <= bound, `${what}: predict`);
}

test('agrees with the notes in float64 where tiles and lanes end', async () => {
  for (const m of [1, 3, 4, 5, 255, 256, 257]) {
    for (const hidden of [1, 3, 4, 5, 256]) {
      const net = await createNetwork({ hidden, seed: m });
      const { X, y } = notes.examples(m, 2, 2);
      compareWithNotes(net, X, y, `m ${m}, n_h ${hidden}`);
    }
  }
});

test('agrees with the notes in float64 for every activation, number of classes and inputs', async () => {
  for (const activation of /** @type {const} */ (['sigmoid', 'tanh', 'relu'])) {
    for (const classes of [2, 3, 4]) {
      for (const [inputs, hidden, m] of [
        [1, 8, 30],
        [2, 64, 1000],
        [3, 9, 6],
        [5, 16, 64],
        [7, 33, 100],
      ]) {
        const net = await createNetwork({ hidden, inputs, classes, activation, seed: 5 });
        const { X, y } = notes.examples(m, inputs, classes);
        compareWithNotes(net, X, y, `${activation}, ${classes} classes, ${inputs} inputs, n_h ${hidden}, m ${m}`);
      }
    }
  }
});

test('agrees with the notes in float64 with every feature', async () => {
  const { X, y } = notes.examples(120, 2, 3);
  for (const features of /** @type {const} */ ([['x1-squared'], ['x2-squared', 'sin-x1'], ['x1-x2', 'sin-x2']])) {
    const net = await createNetwork({ hidden: 6, classes: 3, features });
    compareWithNotes(net, X, y, features.join());
  }
});

test('J falls along each parameter as its gradient says (central differences)', async () => {
  const { X, y } = notes.examples(40, 2, 3);
  for (const activation of /** @type {const} */ (['sigmoid', 'tanh', 'relu'])) {
    const net = await createNetwork({ hidden: 5, classes: 3, activation, seed: 2 });
    const parameters = notes.parametersOf(net.parameters);
    const { dW1, db1, dW2, db2 } = net.gradients(X, y);
    const analytic = [...dW1.data, ...db1.data, ...dW2.data, ...db2.data];
    const flat = notes.flatten(parameters);
    const h = 1e-5;
    for (const [k, expected] of analytic.entries()) {
      const at = (/** @type {number} */ shift) =>
        notes.loss(
          notes.unflatten(
            flat.map((w, i) => (i === k ? w + shift : w)),
            parameters,
          ),
          X,
          y,
          activation,
        );
      const numeric = (at(h) - at(-h)) / (2 * h);
      assert.ok(Math.abs(numeric - expected) < 2e-6, `${activation}, parameter ${k}: ${expected} against ${numeric}`);
    }
  }
});

test('trains as the notes do in float64, with every optimiser, penalty and batch', async () => {
  const { X, y } = notes.examples(30, 2, 3);
  for (const optimizer of /** @type {const} */ (['sgd', 'momentum', 'adam'])) {
    for (const penalties of [{}, { l1: 0.01 }, { l2: 0.02 }, { l1: 0.003, l2: 0.01 }]) {
      for (const batchSize of [0, 7]) {
        const training = {
          optimizer,
          ...penalties,
          batchSize,
          steps: 100,
          learningRate: optimizer === 'sgd' ? 0.1 : 0.01,
        };
        const net = await createNetwork({ hidden: 6, classes: 3, activation: 'tanh', seed: 9 });
        const start = notes.parametersOf(net.parameters);
        const { parameters, losses } = notes.train(start, X, y, 'tanh', training);
        const { dataLoss } = net.train(X, y, { ...training, shuffle: false });
        const error = notes.distance(notes.flatten(notes.parametersOf(net.parameters)), notes.flatten(parameters));
        // An l1 penalty moves a weight by ±αλ: where it hovers about 0, the two may be on different sides.
        const tolerance = penalties.l1 === undefined ? 1e-5 : 1e-5 + 2 * training.learningRate * penalties.l1;
        assert.ok(error <= tolerance, `${JSON.stringify(training)}: differs by ${error}`);
        assert.ok(Math.abs(dataLoss - losses[99]) < 1e-4, `${JSON.stringify(training)}: J`);
      }
    }
  }
});

test("Adam's first step is Keras's, however small the gradient and epsilon", async () => {
  for (const epsilon of [1e-7, 1e-12]) {
    for (let power = 0; power <= 30; power++) {
      const net = await createNetwork({ hidden: 1, inputs: 1, init: 'zeros' });
      net.parameters = { W2: matrix(1, 1, [10 ** -power]), b2: matrix(1, 1, [-24]) };
      const g = net.gradients([[0]], [0]).db1.data[0];
      net.train([[0]], [0], { optimizer: 'adam', learningRate: 1, epsilon });
      const expected = -g / (Math.abs(g) + epsilon / Math.sqrt(1 - 0.999));
      const step = net.parameters.b1.data[0];
      // A second moment below 2^-100 counts as 0: its root, below 2^-50, is left out beside an epsilon of 1e-12.
      assert.ok(Math.abs(step - expected) < 2 ** -50 / 1e-12 + 1e-6, `${epsilon}, ${g}: ${step} for ${expected}`);
    }
  }
  const net = await createNetwork();
  const smaller = { optimizer: /** @type {const} */ ('adam'), epsilon: 1e-13 };
  assert.throws(() => net.train(XOR.X, XOR.y, smaller), /^RangeError: epsilon: 1e-13 is outside 1e-12 … 1$/);
});

test('loss counts the penalties, dataLoss does not', async () => {
  const net = await createNetwork({ seed: 4 });
  const { W1, W2 } = net.parameters;
  const kernels = [...W1.data, ...W2.data];
  const expected =
    0.1 * kernels.reduce((sum, w) => sum + Math.abs(w), 0) + 0.2 * kernels.reduce((sum, w) => sum + w * w, 0);
  const { loss, dataLoss } = net.evaluate(XOR.X, XOR.y, { l1: 0.1, l2: 0.2 });
  assert.ok(Math.abs(loss - dataLoss - expected) < 1e-6);
  const trained = net.train(XOR.X, XOR.y, { l1: 0.1, l2: 0.2 });
  assert.ok(Math.abs(trained.loss - loss) < 1e-6);
  assert.ok(Math.abs(trained.dataLoss - dataLoss) < 1e-6);
});

test('accuracy counts p > 0.5 as class 1, and the largest p', async () => {
  const two = await createNetwork({ hidden: 1, init: 'zeros' });
  assert.equal(two.evaluate([[1, 1]], [0]).accuracy, 1, 'p = 0.5 is class 0');
  assert.equal(two.evaluate([[1, 1]], [1]).accuracy, 0);
  const three = await createNetwork({ hidden: 1, init: 'zeros', classes: 3 });
  three.parameters = { b2: matrix(3, 1, [0, 1, 0.5]) };
  assert.equal(
    three.evaluate(
      [
        [1, 1],
        [0, 0],
      ],
      [1, 2],
    ).accuracy,
    0.5,
  );
});

test("weights go out and come back in Keras's order and orientation", async () => {
  const net = await createNetwork({ hidden: 3, classes: 4, seed: 6 });
  const [kernel1, bias1, kernel2, bias2] = net.getWeights();
  assert.deepEqual([kernel1.length, kernel1[0].length, bias1.length], [2, 3, 3]);
  assert.deepEqual([kernel2.length, kernel2[0].length, bias2.length], [3, 4, 4]);
  const { W1, W2 } = net.parameters;
  assert.equal(kernel1[1][2], W1.data[2 * 2 + 1], 'kernel (in, out) is W transposed');
  assert.equal(kernel2[2][3], W2.data[3 * 3 + 2]);
  const other = await createNetwork({ hidden: 3, classes: 4, seed: 7 });
  assert.notEqual(other.hash(), net.hash());
  other.setWeights(net.getWeights());
  assert.equal(other.hash(), net.hash());
  other.setWeights([kernel1.flat(), bias1, Float32Array.from(kernel2.flat()), bias2]);
  assert.equal(other.hash(), net.hash());
});

test('takes X as rows or as one Float32Array', async () => {
  const net = await createNetwork({ seed: 2 });
  const flat = Float32Array.from(XOR.X.flat());
  assert.deepEqual(net.predict(XOR.X), net.predict(flat));
  assert.deepEqual(net.predict(XOR.X.map((row) => Float64Array.from(row))), net.predict(flat));
  assert.equal(net.predict([]).length, 0);
});

test('predicts more examples than it can train on', async () => {
  const net = await createNetwork({ seed: 2 });
  const { X } = notes.examples(40001, 2, 2);
  const p = net.predict(X);
  assert.equal(p.length, 40001);
  assert.deepEqual(p.slice(40000), net.predict([X[40000]]));
});

test('other data or another batch size ends the epoch', async () => {
  const net = await createNetwork();
  const { X, y } = await preset('ring', { n: 10 });
  net.train(X, y, { batchSize: 4, steps: 2 });
  assert.equal(net.epoch, 0);
  net.train(X, y, { batchSize: 4, steps: 1 });
  assert.equal(net.epoch, 1, 'three batches of 4 are an epoch of 10');
  net.train(X, y, { batchSize: 4, steps: 1 });
  net.train(X, y, { batchSize: 2, steps: 1 });
  assert.equal(net.epoch, 2, 'another batch size, though 4 examples are also two batches of 2');
  const moved = X.map(([x1, x2], i) => [i === 9 ? x1 + 1 : x1, x2]);
  net.train(moved, y, { batchSize: 2, steps: 1 });
  assert.equal(net.epoch, 3, 'other data of the same size');
});

test('stops at the last finite state and names the parameter', async () => {
  const net = await createNetwork({ activation: 'relu', hidden: 4, seed: 1 });
  const { X, y } = notes.examples(20, 2, 2, 1e6);
  const result = net.train(X, y, { steps: 100, learningRate: 1e6 });
  assert.match(result.diverged ?? '', /^(W1\[\d+,\d+\]|b1\[\d+\]|W2\[\d+,\d+\]|b2\[\d+\]|J)$/);
  assert.ok(result.steps < 100);
  assert.equal(net.step, result.steps);
  for (const { data } of Object.values(net.parameters)) assert.ok(data.every(Number.isFinite));
});

test('summary counts the parameters as Keras does', async () => {
  const net = await createNetwork({ hidden: 8 });
  assert.match(net.summary(), /hidden \(Dense\) +\(None, 8\) +24\n/);
  assert.match(net.summary(), /output \(Dense\) +\(None, 1\) +9\n/);
  assert.match(net.summary(), /Total params: 33 \(132 bytes\)/);
});

test('a freed network says so', async () => {
  const net = await createNetwork();
  net.free();
  net.free();
  for (const call of [
    () => net.train(XOR.X, XOR.y),
    () => net.predict(XOR.X),
    () => net.evaluate(XOR.X, XOR.y),
    () => net.hash(),
    () => net.parameters,
    () => net.step,
  ]) {
    assert.throws(call, /^Error: The network has been freed$/);
  }
});
