import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNetwork, networkFromJSON, preset } from '../web/engine/index.js';
import * as notes from './helpers/notes.js';

const ring = await preset('ring', { n: 60, seed: 3 });

/** @param {Partial<import('../web/engine/network.js').NetworkArguments>} [options] */
const network = (options) => createNetwork({ hidden: 6, activation: 'tanh', seed: 2, ...options });

test('an epoch of the full batch is one step, and its loss is the one before the update', async () => {
  const net = await network();
  const before = net.evaluate(ring.X, ring.y);
  const twin = await network();
  const { epoch, history, diverged } = await net.fit(ring.X, ring.y, { epochs: 5 });
  const losses = Array.from({ length: 5 }, () => twin.train(ring.X, ring.y).loss);
  assert.deepEqual(epoch, [0, 1, 2, 3, 4]);
  assert.deepEqual(Object.keys(history), ['loss', 'data_loss', 'accuracy']);
  for (const [k, loss] of losses.entries()) assert.ok(Math.abs(history.loss[k] - loss) < 1e-7, `epoch ${k}`);
  assert.ok(Math.abs(history.loss[0] - before.loss) < 1e-7);
  assert.equal(history.accuracy[0], before.accuracy);
  assert.equal(diverged, null);
  assert.equal(net.hash(), twin.hash());
});

test('an epoch of mini-batches leaves the bits of as many steps', async () => {
  const [net, twin] = [await network(), await network()];
  const options = { batchSize: 7, learningRate: 0.1 };
  await net.fit(ring.X, ring.y, { ...options, epochs: 4 });
  twin.train(ring.X, ring.y, { ...options, steps: 4 * Math.ceil(60 / 7) });
  assert.equal(net.hash(), twin.hash());
});

test("loss and accuracy of mini-batches are Keras's: means over the examples, each before its batch's update", async () => {
  const { X, y } = notes.examples(23, 2, 3);
  const net = await network({ classes: 3 });
  const penalties = { l1: 0.01, l2: 0.02 };
  const options = { batchSize: 5, shuffle: false, learningRate: 0.3, ...penalties };
  let parameters = notes.parametersOf(net.parameters);
  const expected = { loss: 0, data_loss: 0, accuracy: 0 };
  for (let first = 0; first < 23; first += 5) {
    const [Xb, yb] = [X.slice(first, first + 5), y.slice(first, first + 5)];
    const kernels = [...parameters.W1.flat(), ...parameters.W2.flat()];
    const penalty = kernels.reduce((sum, w) => sum + 0.01 * Math.abs(w) + 0.02 * w * w, 0);
    const J = notes.loss(parameters, Xb, yb, 'tanh');
    const { A2 } = notes.forward(parameters, Xb, 'tanh');
    const classes = yb.map((_, i) => A2.map((row) => row[i]));
    const correct = classes.filter((p, i) => p.indexOf(Math.max(...p)) === yb[i]).length;
    expected.loss += (yb.length * (J + penalty)) / 23;
    expected.data_loss += (yb.length * J) / 23;
    expected.accuracy += correct / 23;
    ({ parameters } = notes.train(parameters, Xb, yb, 'tanh', { ...options, batchSize: 0, steps: 1 }));
  }
  const { history } = await net.fit(X, y, options);
  for (const name of /** @type {const} */ (['loss', 'data_loss', 'accuracy'])) {
    assert.ok(Math.abs(history[name][0] - expected[name]) < 1e-5, `${name}: ${history[name]} and ${expected[name]}`);
  }
});

test('validation data is evaluated after each epoch', async () => {
  const [net, twin] = [await network(), await network()];
  const held = await preset('ring', { n: 30, seed: 4 });
  const { history } = await net.fit(ring.X, ring.y, { epochs: 3, l2: 0.01, validationData: [held.X, held.y] });
  for (let epoch = 0; epoch < 3; epoch++) {
    twin.train(ring.X, ring.y, { l2: 0.01 });
    const { loss, dataLoss, accuracy } = twin.evaluate(held.X, held.y, { l2: 0.01 });
    assert.equal(history.val_loss?.[epoch], loss);
    assert.equal(history.val_data_loss?.[epoch], dataLoss);
    assert.equal(history.val_accuracy?.[epoch], accuracy);
  }
});

test('onEpochEnd gets the epoch and what the history will say of it, and is awaited', async () => {
  const net = await network();
  /** @type {[number, object][]} */
  const seen = [];
  let waiting = 0;
  const { history } = await net.fit(ring.X, ring.y, {
    epochs: 3,
    callbacks: {
      async onEpochEnd(epoch, logs) {
        assert.equal(waiting++, 0);
        await new Promise((resolve) => setTimeout(resolve, 1));
        waiting--;
        seen.push([epoch, logs]);
      },
    },
  });
  const { loss, data_loss, accuracy } = history;
  assert.deepEqual(
    seen,
    [0, 1, 2].map((k) => [k, { loss: loss[k], data_loss: data_loss[k], accuracy: accuracy[k] }]),
  );
});

test('what a callback throws ends the training, and the network serves on', async () => {
  const net = await network();
  const onEpochEnd = () => {
    throw new Error('enough');
  };
  await assert.rejects(net.fit(ring.X, ring.y, { epochs: 3, callbacks: { onEpochEnd } }), /^Error: enough$/);
  assert.equal(net.step, 1);
  await net.fit(ring.X, ring.y);
  assert.equal(net.step, 2);
});

test('an aborted signal ends it after the epoch under way', async () => {
  const net = await network();
  const controller = new AbortController();
  const onEpochEnd = (/** @type {number} */ epoch) => {
    if (epoch === 2) controller.abort();
  };
  const fit = net.fit(ring.X, ring.y, { epochs: 1e6, callbacks: { onEpochEnd }, signal: controller.signal });
  await assert.rejects(fit, { name: 'AbortError' });
  assert.equal(net.epoch, 3);
  await assert.rejects(net.fit(ring.X, ring.y, { signal: controller.signal }), { name: 'AbortError' });
  assert.equal(net.epoch, 3, 'aborted before it began');
});

test('pauses, so that a timer may abort it', async () => {
  const net = await network({ hidden: 256 });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('time is up')), 20);
  const { X, y } = await preset('ring', { n: 5000 });
  await assert.rejects(net.fit(X, y, { epochs: 1e6, signal: controller.signal }), /^Error: time is up$/);
  assert.ok(net.epoch > 0);
});

test('goes on with its own data, whatever happens to the array in a pause', async () => {
  const [net, twin] = [await network(), await network()];
  const X = Float32Array.from(ring.X.flat());
  const onEpochEnd = () => void X.fill(7);
  await net.fit(X, ring.y, { epochs: 3, callbacks: { onEpochEnd } });
  await twin.fit(ring.X, ring.y, { epochs: 3 });
  assert.equal(net.hash(), twin.hash());
});

test('a second fit at the same time is refused', async () => {
  const net = await network();
  const first = net.fit(ring.X, ring.y, { callbacks: { onEpochEnd: () => Promise.resolve() } });
  await assert.rejects(net.fit(ring.X, ring.y), /^Error: fit: another fit of this network is under way$/);
  await first;
});

test('stops at the last finite state and names the parameter', async () => {
  const net = await createNetwork({ activation: 'relu', hidden: 4, seed: 1 });
  const { X, y } = notes.examples(20, 2, 2, 1e6);
  const { epoch, history, diverged } = await net.fit(X, y, { epochs: 100, learningRate: 1e6 });
  assert.match(diverged ?? '', /^(W1\[\d+,\d+\]|b1\[\d+\]|W2\[\d+,\d+\]|b2\[\d+\]|J)$/);
  assert.equal(epoch.length, history.loss.length);
  assert.equal(net.epoch, epoch.length);
});

test('comes back from JSON with the same hash, and trains on to the same bits', async () => {
  for (const optimizer of /** @type {const} */ (['sgd', 'momentum', 'adam'])) {
    const net = await network({ classes: 3, features: ['x1-x2'] });
    const { X, y } = notes.examples(20, 2, 3);
    net.train(X, y, { optimizer, steps: 30, learningRate: 0.01 });
    const back = await networkFromJSON(JSON.stringify(net));
    assert.equal(back.hash(), net.hash(), optimizer);
    assert.deepEqual([back.step, back.epoch, back.features, back.activation], [30, 30, ['x1-x2'], 'tanh']);
    assert.deepEqual(back.toJSON(), net.toJSON());
    for (const each of [net, back]) each.train(X, y, { optimizer, steps: 30, learningRate: 0.01 });
    assert.equal(back.hash(), net.hash(), optimizer);
  }
});

test('JSON keeps the sign of a zero', async () => {
  const net = await network();
  net.parameters = { b2: { rows: 1, cols: 1, data: Float32Array.of(-0) } };
  const back = await networkFromJSON(JSON.parse(JSON.stringify(net)));
  assert.ok(Object.is(back.parameters.b2.data[0], -0));
  assert.equal(back.hash(), net.hash());
});
