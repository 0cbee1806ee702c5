/**
 * Every error that the engine can throw is provoked here, by what a program does wrong wherever a program can, and
 * by a damaged link or a core without memory where only those can. V8's own coverage tells whether one was left out.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Session as Inspector } from 'node:inspector/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = new URL('../web/engine/', import.meta.url);

const inspector = new Inspector();
inspector.connect();
after(() => inspector.disconnect());
await inspector.post('Profiler.enable');
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

// Only now, so that all of it is counted.
const { createNetwork, networkFromJSON, openSession, preset, verify } = await import('../web/engine/index.js');
const { Core, loadCore } = await import('../web/engine/core.js');
const { placeOf } = await import('../web/engine/parameters.js');
const { CoreUnavailableError, instantiateCore } = await import('../web/engine/wasm.js');
const { BitWriter } = await import('../web/engine/session/bits.js');
const { packEvents } = await import('../web/engine/session/packed.js');
const { Scene } = await import('../web/engine/session/scene.js');

/** What was thrown so far. @type {{ name: string, message: string }[]} */
const thrown = [];

/** @typedef {[name: string, message: string, call: () => unknown]} Row message: in whole; … stands for anything */

/**
 * Provokes each error of a table.
 * @param {Row[]} table
 * @param {() => unknown} [unchanged] what must be the same before and after
 */
async function provoke(table, unchanged = () => null) {
  const before = unchanged();
  for (const [name, message, call] of table) {
    /** @type {unknown} */
    let error = null;
    try {
      await call();
    } catch (caught) {
      error = caught;
    }
    assert.ok(error instanceof Error, `${message}: nothing was thrown`);
    assert.match(error.message, pattern(message));
    assert.equal(error.name, name, message);
    assert.deepEqual(unchanged(), before, `${message}: something has changed`);
    thrown.push({ name, message: error.message });
  }
}

/** @param {string} text */
const pattern = (text) =>
  new RegExp(
    `^${text
      .split('…')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^]*')}$`,
  );

/** As no type would allow it. @param {unknown} value @returns {any} */
const wrong = (value) => value;

const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];

test('options of a network', () =>
  provoke([
    ['RangeError', 'hidden: 0 is outside 1 … 256', () => createNetwork({ hidden: 0 })],
    ['RangeError', 'hidden: 257 is outside 1 … 256', () => createNetwork({ hidden: 257 })],
    ['RangeError', 'hidden: 2.5 is not an integer', () => createNetwork({ hidden: 2.5 })],
    ['RangeError', 'hidden: NaN is not an integer', () => createNetwork({ hidden: NaN })],
    ['TypeError', "hidden: '3' is not a number", () => createNetwork({ hidden: wrong('3') })],
    ['RangeError', 'classes: 5 is outside 2 … 4', () => createNetwork({ classes: 5 })],
    ['RangeError', 'classes: 1 is outside 2 … 4', () => createNetwork({ classes: 1 })],
    ['RangeError', 'inputs: 0 is outside 1 … 7', () => createNetwork({ inputs: 0 })],
    ['RangeError', 'inputs: 8 is outside 1 … 7', () => createNetwork({ inputs: 8 })],
    ['RangeError', 'seed: -1 is outside 0 … 9007199254740992', () => createNetwork({ seed: -1 })],
    [
      'RangeError',
      'seed: 9007199254740994 is outside 0 … 9007199254740992',
      () => createNetwork({ seed: 2 ** 53 + 2 }),
    ],
    ['RangeError', 'seed: 1.5 is not an integer', () => createNetwork({ seed: 1.5 })],
    ['TypeError', 'activation: 1 is not a string', () => createNetwork({ activation: wrong(1) })],
    [
      'RangeError',
      "activation: 'step' is not one of sigmoid, tanh, relu",
      () => createNetwork({ activation: wrong('step') }),
    ],
    ['RangeError', "init: 'ones' is not one of glorot-uniform…", () => createNetwork({ init: wrong('ones') })],
    ['TypeError', "features: 'sin-x1' is not an array", () => createNetwork({ features: wrong('sin-x1') })],
    ['RangeError', "features[0]: 'x3' is not one of x1-squared…", () => createNetwork({ features: wrong(['x3']) })],
    [
      'RangeError',
      'features: [sin-x1] need two inputs; inputs: 3',
      () => createNetwork({ features: ['sin-x1'], inputs: 3 }),
    ],
    ['TypeError', 'options: null is not an object', () => createNetwork(wrong(null))],
    [
      'TypeError',
      'options.hiden: unknown; known are hidden, inputs, classes, activation, init, seed, features',
      () => createNetwork(wrong({ hiden: 3 })),
    ],
  ]));

test('an error shows the value, shortened', () =>
  provoke([
    [
      'TypeError',
      `hidden: '${'x'.repeat(40)}…' is not a number`,
      () => createNetwork({ hidden: wrong('x'.repeat(99)) }),
    ],
    ['TypeError', 'hidden: a function is not a number', () => createNetwork({ hidden: wrong(() => 3) })],
    ['TypeError', 'hidden: Symbol(3) is not a number', () => createNetwork({ hidden: wrong(Symbol('3')) })],
    ['TypeError', "hidden: [1, '2', null] is not a number", () => createNetwork({ hidden: wrong([1, '2', null]) })],
    ['TypeError', 'hidden: an array of 7 is not a number', () => createNetwork({ hidden: wrong(Array(7)) })],
    ['TypeError', 'hidden: an object is not a number', () => createNetwork({ hidden: wrong({}) })],
    [
      'TypeError',
      'hidden: Float32Array of 8 bytes is not a number',
      () => createNetwork({ hidden: wrong(new Float32Array(2)) }),
    ],
  ]));

test('data and options of a training', async () => {
  const net = await createNetwork();
  /** @param {object} options */
  const train = (options) => net.train(X, y, wrong(options));
  await provoke(
    [
      ['RangeError', 'X[1]: has 1 numbers; an example has 2', () => net.train([[1, 2], [3]], [0, 1])],
      ['RangeError', 'X: 3 numbers are not whole examples of 2', () => net.train(Float32Array.of(1, 2, 3), [0, 1])],
      ['RangeError', 'X: 0 examples; at least 1 needed', () => net.train([], [])],
      [
        'RangeError',
        'X: 20001 examples; at most 20000 are taken',
        () => net.train(new Float32Array(40002), new Uint8Array(20001)),
      ],
      ['TypeError', "X: '12' is not an array of examples", () => net.train(wrong('12'), [0])],
      ['TypeError', 'X[0]: 1 is not an array of 2 numbers', () => net.train(wrong([1, 2]), [0, 1])],
      ['TypeError', "X[0][1]: '0' is not a number", () => net.train(wrong([[1, '0']]), [0])],
      ['RangeError', 'X[0][0]: NaN is not a finite number', () => net.train([[NaN, 0]], [0])],
      [
        'RangeError',
        'X[1][0]: Infinity is not a finite number',
        () => net.train(Float32Array.of(0, 0, Infinity, 0), [0, 1]),
      ],
      ['RangeError', 'X[0][1]: -1000001 is beyond ±1000000', () => net.train([[0, -1000001]], [0])],
      ['RangeError', 'y[2]: 3 is outside 0 … 1', () => net.train(X, [0, 1, 3, 0])],
      ['RangeError', 'y[2]: -1 is outside 0 … 1', () => net.train(X, [0, 1, -1, 0])],
      ['RangeError', 'y[2]: 0.5 is not an integer', () => net.train(X, [0, 1, 0.5, 0])],
      ['TypeError', "y[0]: '0' is not a number", () => net.train(X, wrong(['0', 1, 1, 0]))],
      ['RangeError', 'y: 2 labels for 4 examples', () => net.train(X, [0, 1])],
      ['TypeError', 'y: 7 is not an array of class numbers', () => net.train(X, wrong(7))],
      ['RangeError', 'steps: 0 is outside 1 … 9007199254740992', () => train({ steps: 0 })],
      ['RangeError', 'steps: 1.5 is not an integer', () => train({ steps: 1.5 })],
      ['RangeError', 'learningRate: -1 is outside 0 … 1000000', () => train({ learningRate: -1 })],
      ['RangeError', 'learningRate: 10000000 is outside 0 … 1000000', () => train({ learningRate: 1e7 })],
      ['RangeError', 'learningRate: NaN is outside 0 … 1000000', () => train({ learningRate: NaN })],
      ['TypeError', "learningRate: '1' is not a number", () => train({ learningRate: '1' })],
      ['RangeError', "optimizer: 'rmsprop' is not one of sgd, momentum, adam", () => train({ optimizer: 'rmsprop' })],
      ['RangeError', 'momentum: 2 is outside 0 … 1', () => train({ momentum: 2 })],
      ['RangeError', 'beta1: 1 is outside 0 … 0.99…', () => train({ beta1: 1 })],
      ['RangeError', 'beta2: 1 is outside 0 … 0.99…', () => train({ beta2: 1 })],
      ['RangeError', 'epsilon: 0 is outside 1e-12 … 1', () => train({ epsilon: 0 })],
      ['RangeError', 'batchSize: 20001 is outside 0 … 20000', () => train({ batchSize: 20001 })],
      ['RangeError', 'batchSize: -1 is outside 0 … 20000', () => train({ batchSize: -1 })],
      ['RangeError', 'batchSize: 2.5 is not an integer', () => train({ batchSize: 2.5 })],
      ['TypeError', 'shuffle: 1 is not true or false', () => train({ shuffle: 1 })],
      ['RangeError', 'l1: -1 is outside 0 … 1000000', () => train({ l1: -1 })],
      ['RangeError', 'l2: Infinity is outside 0 … 1000000', () => train({ l2: Infinity })],
      ['TypeError', 'options.lr: unknown; known are steps, learningRate…', () => train({ lr: 1 })],
      ['RangeError', 'X[0]: has 3 numbers; an example has 2', () => net.predict([[1, 2, 3]])],
      ['RangeError', 'X[0]: has 1 numbers; an example has 2', () => net.forward([[1]])],
      ['RangeError', 'y[0]: 9 is outside 0 … 1', () => net.gradients(X, [9, 0, 0, 0])],
      ['RangeError', 'y[0]: 9 is outside 0 … 1', () => net.evaluate(X, [9, 0, 0, 0])],
      ['TypeError', 'penalties.l3: unknown; known are l1, l2', () => net.evaluate(X, y, wrong({ l3: 1 }))],
    ],
    () => net.hash(),
  );
});

test('options of fit', async () => {
  const net = await createNetwork();
  /** @param {object} options */
  const fit = (options) => net.fit(X, y, wrong(options));
  const aborted = AbortSignal.abort();
  await provoke(
    [
      ['RangeError', 'epochs: 0 is outside 1 … 9007199254740992', () => fit({ epochs: 0 })],
      ['TypeError', "epochs: '3' is not a number", () => fit({ epochs: '3' })],
      ['TypeError', 'options.verbose: unknown; known are epochs…', () => fit({ verbose: 1 })],
      ['RangeError', 'X[0]: has 1 numbers; an example has 2', () => net.fit([[1]], [0])],
      ['RangeError', 'y[0]: 5 is outside 0 … 1', () => net.fit([[1, 2]], [5])],
      ['TypeError', 'validationData: an object is not [X, y]', () => fit({ validationData: { X, y } })],
      ['RangeError', 'validationData: 4 parts are not [X, y]', () => fit({ validationData: X })],
      [
        'RangeError',
        'validationData[0][0]: has 1 numbers; an example has 2',
        () => fit({ validationData: [[[1]], [0]] }),
      ],
      ['RangeError', 'validationData[1][0]: 2 is outside 0 … 1', () => fit({ validationData: [[[1, 2]], [2]] })],
      ['TypeError', 'callbacks.onBatchEnd: unknown; known are onEpochEnd', () => fit({ callbacks: { onBatchEnd: 1 } })],
      ['TypeError', 'callbacks.onEpochEnd: 1 is not a function', () => fit({ callbacks: { onEpochEnd: 1 } })],
      ['TypeError', 'callbacks: [] is not an object', () => fit({ callbacks: [] })],
      ['TypeError', 'signal: true is not an AbortSignal', () => fit({ signal: true })],
      ['AbortError', 'This operation was aborted', () => fit({ signal: aborted })],
      ['Error', 'enough', () => fit({ signal: AbortSignal.abort(new Error('enough')) })],
    ],
    () => net.hash(),
  );
  const controller = new AbortController();
  const onEpochEnd = (/** @type {number} */ epoch) => {
    if (epoch === 2) controller.abort();
  };
  const pending = net.fit(X, y, { epochs: 9, callbacks: { onEpochEnd }, signal: controller.signal });
  await provoke([
    ['Error', 'fit: another fit of this network is under way', () => net.fit(X, y)],
    ['AbortError', 'This operation was aborted', () => pending],
  ]);
  assert.equal(net.epoch, 3, 'after the epoch under way');
});

test('weights', async () => {
  const net = await createNetwork();
  const one = { rows: 1, cols: 1, data: Float32Array.of(0) };
  await provoke(
    [
      ['TypeError', 'weights: an object is not an array', () => net.setWeights(wrong({}))],
      ['RangeError', "weights: 0 arrays; Keras's list of this network has 4", () => net.setWeights([])],
      ['TypeError', 'weights[0]: 1 is not an array', () => net.setWeights(wrong([1, 2, 3, 4]))],
      [
        'RangeError',
        "weights[0]: 1 numbers; this network's kernel or bias is (2, 4)",
        () => net.setWeights([[1], [1], [1], [1]]),
      ],
      [
        'RangeError',
        "weights[0]: 8 numbers in other rows; this network's kernel or bias is (2, 4)",
        () => net.setWeights(wrong([[1, 2, 3, 4, [5, 6, 7, 8]], [], [], []])),
      ],
      [
        'RangeError',
        "weights[2]: 4 numbers in other rows; this network's kernel or bias is (4, 1)",
        () => net.setWeights([Array(8).fill(0), Array(4).fill(0), [[1], [2, 3], [], [4]], [0]]),
      ],
      [
        'RangeError',
        'weights[0][0]: NaN is outside -3.4028234663852886e+38 … 3.4028234663852886e+38',
        () => net.setWeights([Array(8).fill(NaN), [], [], []]),
      ],
      ['TypeError', 'parameters: 3 is not an object', () => (net.parameters = wrong(3))],
      ['TypeError', 'parameters.W3: unknown; known are W1, b1, W2, b2', () => (net.parameters = wrong({ W3: one }))],
      ['RangeError', "parameters.W1: (1, 1) of 1; this network's is (4, 2)", () => (net.parameters = { W1: one })],
      [
        'RangeError',
        "parameters.b2: [0] is not a matrix; this network's is (1, 1)",
        () => (net.parameters = wrong({ b2: [0] })),
      ],
      [
        'RangeError',
        'parameters.b2[0]: Infinity is outside …',
        () => (net.parameters = { b2: { ...one, data: Float32Array.of(Infinity) } }),
      ],
    ],
    () => net.hash(),
  );
});

test('a network from JSON', async () => {
  const net = await createNetwork({ hidden: 2 });
  net.train(X, y, { optimizer: 'momentum' });
  const good = net.toJSON();
  /** @param {object} changes */
  const read = (changes) => networkFromJSON(wrong({ ...good, ...changes }));
  await provoke([
    ['SyntaxError', "json: '{' is not JSON", () => networkFromJSON('{')],
    ['TypeError', 'json: null is not an object', () => networkFromJSON('null')],
    ['RangeError', "json.format: undefined is not 'two-layer-network'", () => networkFromJSON(wrong({}))],
    [
      'RangeError',
      "json.format: 'two-layer-model' is not 'two-layer-network'; what it holds as 'network' may be one",
      () => networkFromJSON(wrong({ format: 'two-layer-model', network: good })),
    ],
    ['RangeError', 'json.version: 2 is not 1, the version that is read here', () => read({ version: 2 })],
    ['TypeError', 'json.extra: unknown; known are format…', () => read({ extra: 1 })],
    ['TypeError', 'json.hidden: undefined; it is missing', () => read({ hidden: undefined })],
    ['RangeError', 'hidden: 0 is outside 1 … 256', () => read({ hidden: 0 })],
    ['RangeError', 'json.parameters.W1: 2 entries; this network has 3', () => read({ hidden: 3 })],
    ['TypeError', 'json.parameters.W1: 5 is not an array', () => read({ parameters: { ...good.parameters, W1: 5 } })],
    [
      'RangeError',
      'json.parameters.b1[0]: 1e+39 is outside …',
      () => read({ parameters: { ...good.parameters, b1: [1e39, 0] } }),
    ],
    ['RangeError', 'json.position: 20001 is outside 0 … 20000', () => read({ position: 20001 })],
    ['RangeError', 'json.step: -1 is outside 0 … 9007199254740992', () => read({ step: -1 })],
    ['RangeError', 'json.epoch: 0.5 is not an integer', () => read({ epoch: 0.5 })],
    [
      'TypeError',
      'json.parameters.W2[0][1]: null is not a number',
      () => read({ parameters: { ...good.parameters, W2: [[1, null]] } }),
    ],
    [
      'RangeError',
      "json.optimizer.name: 'rmsprop' is not one of sgd, momentum, adam",
      () => read({ optimizer: { ...good.optimizer, name: 'rmsprop' } }),
    ],
    ['TypeError', 'json.optimizer: undefined is not an object', () => read({ optimizer: undefined })],
    [
      'TypeError',
      'json.optimizer.slots: null is not an array',
      () => read({ optimizer: { ...good.optimizer, slots: null } }),
    ],
    [
      'RangeError',
      'json.optimizer.slots: 0 of them; momentum has 1',
      () => read({ optimizer: { ...good.optimizer, slots: [] } }),
    ],
  ]);
});

test('presets', () =>
  provoke([
    ['RangeError', "preset: 'circle' is not one of gaussians…", () => preset(wrong('circle'))],
    ['RangeError', 'n: 20001 is outside 1 … 20000', () => preset('ring', { n: 20001 })],
    ['RangeError', 'n: 151 is outside 1 … 150', () => preset('iris', { n: 151 })],
    ['RangeError', 'noise: 4 is outside 0 … 3', () => preset('ring', { noise: 4 })],
    ['RangeError', 'flip: -1 is outside 0 … 1', () => preset('ring', { flip: -1 })],
    ['RangeError', 'seed: 0.5 is not an integer', () => preset('ring', { seed: 0.5 })],
    ['TypeError', 'options.m: unknown; known are n, noise, flip, seed', () => preset('ring', wrong({ m: 1 }))],
  ]));

test('a session, and the marking of one', () =>
  provoke([
    ['TypeError', 'source: 7 is neither a link, nor JSON, nor options', () => openSession(wrong(7))],
    ['TypeError', 'options.hiden: unknown; known are preset…', () => openSession(wrong({ hiden: 3 }))],
    ['TypeError', 'goal: 3 is not a string', () => openSession({ goal: wrong(3) })],
    ['RangeError', 'goal: 201 characters; at most 200', () => openSession({ goal: 'x'.repeat(201) })],
    ['RangeError', "goal: '�' holds half a character", () => openSession({ goal: '\ud800' })],
    ['TypeError', "lock: 'hidden' is not an array", () => openSession({ lock: wrong('hidden') })],
    ['RangeError', "lock[0]: 'colour' is not one of hidden…", () => openSession({ lock: ['colour'] })],
    ['TypeError', "points: 'all' is not an array", () => openSession({ points: wrong('all') })],
    [
      'RangeError',
      'points: 20001; at most 20000 are taken',
      () => openSession({ points: Array(20001).fill([0, 0, 0]) }),
    ],
    ['RangeError', 'points[0].class: 4 is outside 0 … 3', () => openSession({ points: [[0, 0, 4]] })],
    ['RangeError', 'classes: 2; the points have 3', () => openSession({ points: [[0, 0, 2]], classes: 2 })],
    ['RangeError', 'testSplit: 1 is outside 0 … 0.9', () => openSession({ testSplit: 1 })],
    ['TypeError', 'source: null is neither a link, nor JSON, nor options', () => verify(wrong(null))],
    ['TypeError', 'source: 7 is neither a link, nor JSON, nor options', () => verify('', { task: wrong(7) })],
    ['TypeError', 'options.tasks: unknown; known are task, maxWork, signal', () => verify('', wrong({ tasks: '' }))],
    ['RangeError', 'maxWork: -1 is outside 0 … Infinity', () => verify('', { maxWork: -1 })],
    ['TypeError', 'signal: 1 is not an AbortSignal', () => verify('', { signal: wrong(1) })],
    ['AbortError', 'This operation was aborted', () => verify('step=10', { signal: AbortSignal.abort() })],
    [
      'AbortError',
      'This operation was aborted',
      () => {
        const controller = new AbortController();
        setImmediate(() => controller.abort()); // in one of some hundred pauses
        return verify('n=20000&hidden=64&step=1000', { signal: controller.signal });
      },
    ],
  ]));

test('edits, training and seeking of a session', async () => {
  const session = await openSession({
    points: [
      [-1, 0, 0],
      [1, 0, 1],
    ],
  });
  session.train(10);
  /** @param {unknown} edit */
  const edit = (edit) => session.edit(edit);
  const many = Array(20001).fill([0, 0, 0]);
  await provoke(
    [
      ['TypeError', 'edit: null is not an object', () => edit(null)],
      ['TypeError', 'edit: holds no edit; exactly one of add…', () => edit({})],
      ['TypeError', 'edit: holds add and clear; exactly one of …', () => edit({ add: [], clear: true })],
      ['TypeError', 'edit.paint: unknown; known are add…', () => edit({ paint: 1 })],
      ['TypeError', "add: 'all' is not an array", () => edit({ add: 'all' })],
      ['RangeError', 'add: 20001 points; at most 20000 are taken', () => edit({ add: many })],
      ['RangeError', 'add: 19999 points to 2; at most 20000 together', () => edit({ add: many.slice(2) })],
      ['TypeError', "add[0].y: '0' is not a number", () => edit({ add: [[0, '0', 0]] })],
      ['RangeError', 'add[0].x: NaN is not a finite number', () => edit({ add: [[NaN, 0, 0]] })],
      ['RangeError', 'add[0].class: 2 is outside 0 … 1', () => edit({ add: [[0, 0, 2]] })],
      ['RangeError', 'id: there is no point 500', () => edit({ erase: [0, 500] })],
      ['TypeError', 'clear: false; only true makes sense here', () => edit({ clear: false })],
      [
        'RangeError',
        "pin.parameter: 'W3' is not one of W1, b1, W2, b2",
        () => edit({ pin: { parameter: 'W3', row: 0 } }),
      ],
      [
        'RangeError',
        'pin: there is no b2[1] with n_x 2, n_h 4, n_y 1',
        () => edit({ pin: { parameter: 'b2', row: 1 } }),
      ],
      ['RangeError', 'edit.stroke: -1 is outside 0 … 9007199254740992', () => edit({ clear: true, stroke: -1 })],
      ['RangeError', 'steps: -1 is outside 0 … 9007199254740982', () => session.train(-1)],
      ['RangeError', 'step: 11 is outside 0 … 10', () => session.seek(11)],
      ['TypeError', 'signal: 1 is not an AbortSignal', () => session.seek(0, { signal: wrong(1) })],
      ['TypeError', 'onProgress: 1 is not a function', () => session.seek(0, { onProgress: wrong(1) })],
      ['AbortError', 'This operation was aborted', () => session.seek(0, { signal: AbortSignal.abort() })],
      ['TypeError', "checkpoint: 'yes' is not true or false", () => session.link({ checkpoint: wrong('yes') })],
      ...['train', 'fit', 'setWeights', 'free'].map(
        (name) =>
          /** @type {Row} */ ([
            'TypeError',
            `session.network.${name}: this network is its session's; use session.train and session.edit`,
            () => wrong(session.network)[name](),
          ]),
      ),
      [
        'TypeError',
        "session.network.parameters =: this network is its session's; use session.train and session.edit",
        () => (wrong(session.network).parameters = {}),
      ],
    ],
    () => [session.hash(), session.step, session.points, session.flags],
  );
  // A link just opened has no places to start from: more work than one slice, so that something can come between.
  const long = await openSession('preset=ring&n=20000&hidden=64&step=60');
  const seeking = long.seek(60);
  long.edit({ set: { learningRate: 2 } });
  const another = await openSession('preset=ring&n=20000&hidden=64&step=60');
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  await provoke([
    ['AbortError', 'The seek was overtaken by another change', () => seeking],
    ['AbortError', 'This operation was aborted', () => another.seek(60, { signal: controller.signal, onProgress })],
  ]);
  assert.deepEqual([long.step, another.step], [0, 0]);
});

test('calls after free', async () => {
  const net = await createNetwork();
  net.free();
  const session = await openSession();
  session.free();
  await provoke([
    ['Error', 'The network has been freed', () => net.train(X, y)],
    ['Error', 'The network has been freed', () => net.hash()],
    ['Error', 'The network has been freed', () => session.hash()],
  ]);
});

test('a place without WebAssembly, without SIMD, under a policy, or with a core that does not start', async () => {
  const real = globalThis.WebAssembly;
  /** @param {string} message @param {unknown} substitute @returns {Row} */
  const row = (message, substitute) => [
    'CoreUnavailableError',
    message,
    async () => {
      globalThis.WebAssembly = wrong(substitute);
      try {
        await instantiateCore();
      } finally {
        globalThis.WebAssembly = real;
      }
    },
  ];
  const refuse = () => Promise.reject(new EvalError('Refused'));
  await provoke([
    row('WebAssembly is missing here; two-layer computes with it', undefined),
    row("This WebAssembly has no SIMD (v128); two-layer's core needs it", { validate: () => false }),
    row('WebAssembly is blocked here by a content security policy; …', {
      validate: () => true,
      instantiate: refuse,
      compile: refuse,
    }),
    row('The core did not start: EvalError: Refused', {
      validate: () => true,
      instantiate: refuse,
      compile: async () => 0,
    }),
  ]);
  assert.equal(new CoreUnavailableError('missing', '').reason, 'missing');
});

/**
 * The real core, in memory that cannot grow: the most that its module asks for is made the least.
 * @returns {Promise<InstanceType<typeof Core>>}
 */
async function loadSmallCore() {
  const bytes = new Uint8Array(readFileSync(new URL('../build/two-layer.wasm', import.meta.url)));
  let at = 8;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const section = bytes[at++];
    const length = readNumber();
    if (section === 5) break; // memories: one, with limits, its least, its most
    at += length;
  }
  assert.deepEqual([readNumber(), readNumber()], [1, 1]);
  const least = readNumber();
  const most = at;
  assert.equal(readNumber(), 8192, '512 MB');
  bytes.set([least | 128, 0], most);
  const { instance } = await WebAssembly.instantiate(bytes, {});
  return new Core(instance);
}

test('memory that is used up', async () => {
  const small = await loadSmallCore();
  const data = small.createData({ inputs: 2, features: [], classes: 2 });
  const options = { seed: 1, inputs: 2, features: [], hidden: 256, classes: 4 };
  /** @param {number} m */
  const set = (m) => data.set(new Float32Array(2 * m), new Uint8Array(m));
  await provoke([
    [
      'OutOfMemoryError',
      'No memory left for a network',
      () => small.createNetwork({ ...options, activation: 'sigmoid', init: 'zeros' }),
    ],
    ['OutOfMemoryError', 'No memory left for 10000 examples', () => set(10000)], // room for them, but not for a copy
    ['OutOfMemoryError', 'No memory left for 400000 bytes', () => set(50000)],
  ]);
  set(100);
  assert.equal(data.count, 100, 'and it serves on');
});

test('calls inside the engine that none of its own makes', async () => {
  const core = await loadCore();
  const network = core.createNetwork({
    ...{ seed: 1, inputs: 2, features: [], hidden: 4, classes: 2 },
    ...{ activation: /** @type {const} */ ('sigmoid'), init: /** @type {const} */ ('zeros') },
  });
  const data = core.createData({ inputs: 2, features: [], classes: 2 });
  const { log } = await openSession();
  const scene = new Scene(core, log.head);
  await provoke([
    ['RangeError', 'state: 3 bytes; this network has …', () => network.writeState(new Uint8Array(3))],
    ['RangeError', 'The core refused 1 examples (status …)', () => data.set(Float32Array.of(NaN, 0), Uint8Array.of(0))],
    ['RangeError', 'index: -1 is not a parameter', () => placeOf(-1, network.shape)],
    ['TypeError', 'event: holds no edit: step', () => scene.apply(wrong({ step: 0 }), () => 0)],
  ]);
});

/** What opening says was dropped. @param {import('../web/engine/index.js').SessionSource} source */
const warningsOf = async (source) => {
  const session = await openSession(source);
  session.free();
  return session.warnings;
};

test('a link that is damaged anywhere is opened, and the damage is named', async () => {
  const log = packEvents([
    { step: 0, set: { hidden: 3, activation: 'tanh' } },
    { step: 1, erase: [0, 1] },
    { step: 2, add: [{ x: 1, y: 1, class: 1 }] },
  ]);
  /** @param {string} body @returns {string} with the check that belongs to it */
  const checked = (body) => {
    let hash = 0x811c9dc5;
    for (let k = 0; k < body.length; k++) hash = Math.imul(hash ^ body.charCodeAt(k), 0x01000193);
    const writer = new BitWriter();
    writer.write((hash >>> 0) % 4096, 12);
    return body + writer.finish();
  };
  /** Packs one event: its form, its kind, not joined, at step 0; then what `write` adds. */
  const event = (
    /** @type {number} */ kind,
    /** @type {(writer: InstanceType<typeof BitWriter>) => void} */ write = () => undefined,
  ) => {
    const writer = new BitWriter();
    writer.write(0b01, 2);
    writer.write(kind, 4);
    writer.write(0, 1);
    writer.writeInteger(0);
    write(writer);
    return checked(writer.finish());
  };
  const [add, set] = [0, 5];
  /** @type {[string, string][]} */
  const table = [
    [log.slice(0, 10), 'log: it is damaged, after 0 events'],
    [`${log.slice(0, 3)}!${log.slice(4)}`, 'log: it is damaged, after 0 events'],
    [checked('!'), 'log: it holds a character that is none of its own, after 0 events'],
    [checked(''), 'log: it is cut short, after 0 events'],
    [checked(log.slice(0, 20)), 'log: it is cut short, after …'],
    [event(15), 'log: it holds an unknown kind of event, after 0 events'],
    [event(add, (writer) => writer.writeInteger(1)), 'log: it is cut short, after 0 events'],
    [event(add, (writer) => writer.writeInteger(1000)), 'log: it is cut short, after 0 events'],
    [
      event(
        add,
        (writer) => writer.write(0xffffffff, 32) ?? writer.write(0xffffffff, 32) ?? writer.write(0xffffffff, 32),
      ),
      'log: it holds a number that is too large…',
    ],
    [event(set, (writer) => writer.writeInteger(17)), 'log: it holds too many settings at once, after 0 events'],
    [
      event(set, (writer) => writer.writeInteger(1) ?? writer.writeInteger(99)),
      'log: it holds an unknown setting, after 0 events',
    ],
    [
      event(set, (writer) => writer.writeInteger(1) ?? writer.writeInteger(0) ?? writer.writeInteger(1000)),
      'log: it is cut short, after 0 events',
    ],
  ];
  for (const [text, message] of table) {
    const [warning] = await warningsOf(`preset=ring&log=${text}`);
    assert.match(warning, pattern(message), text);
  }
  const inJSON = await warningsOf(wrong({ ...(await openSession()).toJSON(), events: [7] }));
  assert.deepEqual(inJSON, ['event 1: 7 is not an object']);
});

test('a checkpoint that cannot be one is dropped, and why is said', async () => {
  const session = await openSession({ hidden: 1 });
  session.train(5);
  const [link, checkpoint] = session.link({ checkpoint: true }).split('&checkpoint=');
  const state = Buffer.from(checkpoint, 'base64url');
  /** @param {(view: DataView) => void} change */
  const changed = (change) => {
    const bytes = Uint8Array.from([...state, ...new Uint8Array(64)]).slice(0, Math.max(state.length, 64));
    change(new DataView(bytes.buffer));
    return Buffer.from(bytes).toString('base64url');
  };
  /** @type {[string, string][]} */
  const table = [
    ['!!', "checkpoint: 2 characters are none of this network's"],
    ['A'.repeat(2000), "checkpoint: 2000 characters are none of this network's"],
    ['A'.repeat(200), 'checkpoint: it is of another network'],
    [changed((view) => view.setFloat64(0, 6, true)), 'checkpoint: it is of step 6, not 5'],
    [changed((view) => view.setFloat64(8, -1, true)), 'checkpoint: -1 is no count'],
    [changed((view) => view.setUint32(24, 20001, true)), 'checkpoint: it is damaged'],
    [changed((view) => view.setFloat32(32, NaN, true)), 'checkpoint: it holds a number that is not finite'],
  ];
  for (const [text, message] of table) {
    assert.deepEqual(await warningsOf(`${link}&checkpoint=${text}`), [message]);
  }
  assert.deepEqual(await warningsOf(`${link}&checkpoint=${checkpoint}`), []);
});

test('none was left out', async () => {
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  /** @type {string[]} */
  const missed = [];
  let count = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const url = new URL(name, folder);
    const ranges = result
      .filter((script) => script.url === url.href)
      .flatMap(({ functions }) => functions.flatMap((each) => each.ranges));
    const text = readFileSync(fileURLToPath(url), 'utf8');
    for (const { index } of text.matchAll(/\bthrow new |throwIfAborted\(\)/g)) {
      count++;
      // Of the ranges around it the smallest tells how often it ran.
      const [inner] = ranges
        .filter(({ startOffset, endOffset }) => startOffset <= index && index < endOffset)
        .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
      if ((inner?.count ?? 0) === 0) missed.push(`${name}:${text.slice(0, index).split('\n').length}`);
    }
  }
  assert.ok(count > 80, `${count} of them`);
  assert.deepEqual(missed, []);
});

test('the errors that the page for programmers shows are among them', () => {
  const page = readFileSync(new URL('README.md', folder), 'utf8');
  const rows = [...page.slice(page.indexOf('## Errors')).matchAll(/^\| `(\w+)` \| .* \| `(.+)` \|$/gm)];
  assert.ok(rows.length >= 15);
  for (const [, name, message] of rows) {
    const known = (/** @type {string} */ found) =>
      found === name || (name === 'DOMException' && found === 'AbortError');
    assert.ok(
      thrown.some((error) => known(error.name) && pattern(message).test(error.message)),
      `${name}: ${message}`,
    );
  }
});
