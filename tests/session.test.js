import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { createNetwork, openSession, preset, verify } from '../web/engine/index.js';
import { createSession, Session } from '../web/engine/session.js';
import { generator, performRandomRun, randomOptions } from './helpers/random-runs.js';

const core = await loadCore();

/** What two sessions in the same state agree in. @param {Session} session */
const stateOf = (session) => ({
  hash: session.hash(),
  step: session.step,
  points: session.points,
  settings: session.settings,
  pins: session.pins,
  data: session.data,
  canUndo: session.canUndo,
  canRedo: session.canRedo,
});

const two = [
  { x: -1, y: 0, class: 0 },
  { x: 1, y: 0, class: 1 },
];

test("begins with the product's defaults", () => {
  const session = createSession(core);
  const { hidden, activation, init, classes, learningRate, optimizer, batchSize, l1, l2, testSplit } = session.settings;
  assert.deepEqual(
    { hidden, activation, init, classes, learningRate, optimizer, batchSize, l1, l2, testSplit },
    {
      ...{ hidden: 4, activation: 'sigmoid', init: 'glorot-uniform', classes: 2, learningRate: 1, optimizer: 'sgd' },
      ...{ batchSize: 0, l1: 0, l2: 0, testSplit: 0 },
    },
  );
  assert.equal(session.points.length, 200);
  const { preset: name, n, noise, flip } = session.data ?? {};
  assert.deepEqual({ name, n, noise, flip }, { name: 'ring', n: 200, noise: 0.1, flip: 0 });
  assert.equal(session.step, 0);
  assert.ok(Math.abs(session.loss - Math.LN2) < 0.2);
});

test('trains as the headless network does: the same bits', async () => {
  const session = createSession(core, { preset: 'xor', n: 60, seed: 3, hidden: 5, batchSize: 16, optimizer: 'adam' });
  const net = await createNetwork({ seed: 3, hidden: 5 });
  const { X, y } = await preset('xor', { n: 60, seed: 3 });
  for (let k = 0; k < 5; k++) {
    session.train(77);
    net.train(X, y, { steps: 77, batchSize: 16, optimizer: 'adam' });
    assert.equal(session.hash(), net.hash());
  }
});

test('α follows the optimiser until it is set', () => {
  const session = createSession(core);
  session.edit({ set: { optimizer: 'adam' } });
  assert.equal(session.settings.learningRate, 0.01);
  session.edit({ set: { learningRate: 0.3 } });
  session.edit({ set: { optimizer: 'sgd' } });
  assert.equal(session.settings.learningRate, 0.3);
});

test('coordinates snap to 1/512 and stay in the plane', () => {
  const session = createSession(core, { preset: null });
  session.edit({
    add: [
      { x: 0.1, y: -9, class: 0 },
      { x: 4, y: -0.0001, class: 1 },
    ],
  });
  assert.deepEqual(
    session.points.map(({ x, y }) => [x, y]),
    [
      [51 / 512, -3],
      [3, 0],
    ],
  );
  assert.ok(!Object.is(session.points[1].y, -0));
});

test('undoing an erase restores the id, and ids are never reused', () => {
  const session = createSession(core, { points: [...two, { x: 0, y: 1, class: 1 }] });
  session.edit({ erase: [1] });
  session.edit({ add: [{ x: 2, y: 2, class: 0 }] });
  assert.deepEqual(
    session.points.map(({ id }) => id),
    [0, 2, 3],
  );
  session.undo();
  session.undo();
  assert.deepEqual(
    session.points.map(({ id }) => id),
    [0, 1, 2],
  );
  session.edit({ add: [{ x: 2, y: 2, class: 0 }] });
  assert.deepEqual(
    session.points.map(({ id }) => id),
    [0, 1, 2, 4],
  );
});

test('one undo takes back one stroke, and redo brings it back', () => {
  const session = createSession(core, { points: two });
  session.train(10);
  const before = session.points;
  const stroke = session.stroke();
  for (let k = 0; k < 5; k++) {
    session.edit({ add: [{ x: k / 2, y: 2, class: 0 }], stroke });
    session.train(2);
  }
  session.edit({ move: [{ id: 0, x: 1, y: 1 }], stroke });
  const after = session.points;
  assert.equal(session.undo(), true);
  assert.deepEqual(session.points, before);
  assert.equal(session.undo(), false, 'that was all');
  assert.equal(session.redo(), true);
  assert.deepEqual(session.points, after);
  assert.equal(session.redo(), false);
});

test('a new edit ends what could be redone', () => {
  const session = createSession(core, { points: two });
  session.edit({ erase: [0] });
  session.undo();
  assert.equal(session.canRedo, true);
  session.edit({ hidden: 5 });
  assert.equal(session.canRedo, false);
});

test('undo takes every kind of edit back', () => {
  /** @type {object[]} */
  const edits = [
    { add: [{ x: 0, y: 0, class: 1 }] },
    { move: [{ id: 0, x: 2, y: 2 }] },
    { erase: [0, 1] },
    { relabel: [{ id: 0, class: 1 }] },
    { clear: true },
    { set: { learningRate: 3, activation: 'tanh' } },
    { set: { classes: 4 } },
    { set: { features: ['x1-x2'] } },
    { set: { testSplit: 0.5 } },
    { hidden: 7 },
    { hidden: 2 },
    { pin: { parameter: 'W1', row: 1, col: 0 } },
    { data: { preset: 'iris' } },
    { data: { preset: 'moons', n: 30 } },
  ];
  for (const edit of edits) {
    const session = createSession(core, { points: two });
    const { points, settings, data, pins } = session;
    assert.equal(session.edit(edit), true, JSON.stringify(edit));
    const changed = { points: session.points, settings: session.settings, data: session.data, pins: session.pins };
    assert.notDeepEqual(changed, { points, settings, data, pins }, JSON.stringify(edit));
    assert.equal(session.undo(), true);
    assert.deepEqual(
      { points: session.points, settings: session.settings, data: session.data, pins: session.pins },
      { points, settings, data, pins },
      JSON.stringify(edit),
    );
    assert.equal(session.redo(), true);
    assert.deepEqual(
      { points: session.points, settings: session.settings, data: session.data, pins: session.pins },
      changed,
      JSON.stringify(edit),
    );
  }
});

test('undo never touches learned weights, but takes an edited weight back', () => {
  const session = createSession(core, { points: two });
  session.train(5);
  const learned = session.network.parameters;
  session.edit({ add: [{ x: 0, y: 0, class: 1 }] });
  session.undo();
  assert.deepEqual(session.network.parameters, learned);
  session.edit({ weight: { parameter: 'W2', row: 0, col: 3, value: 0.1 } });
  assert.equal(session.network.parameters.W2.data[3], Math.fround(0.1));
  session.undo();
  assert.deepEqual(session.network.parameters, learned);
});

test('an undone new start is reached by seeking, not by undo', async () => {
  const session = createSession(core, { points: two });
  session.train(20);
  session.edit({ hidden: 5 });
  session.train(1);
  const hash = session.hash();
  session.edit({ start: { seed: 9 } });
  assert.equal(session.step, 21);
  assert.equal(session.startStep, 21);
  session.train(5);
  session.undo();
  assert.equal(session.settings.hidden, 4, 'the edit before it is undone');
  await session.seek(20);
  await session.seek(21);
  assert.notEqual(session.hash(), hash, 'the step of the start shows the new network');
  session.edit({ add: two });
});

test('hidden ± leaves the other units as they are', () => {
  const session = createSession(core, { optimizer: 'momentum' });
  session.train(50);
  const before = session.network.parameters;
  session.edit({ hidden: 6 });
  const wider = session.network.parameters;
  assert.deepEqual(wider.W1.data.slice(0, 8), before.W1.data);
  assert.deepEqual(wider.W2.data.slice(0, 4), before.W2.data);
  session.edit({ hidden: 4 });
  assert.deepEqual(session.network.parameters, before);
});

test('a change of activation keeps the weights; of classes or features it starts anew', () => {
  const session = createSession(core);
  session.train(50);
  const before = session.network.parameters;
  session.edit({ set: { activation: 'tanh' } });
  assert.deepEqual(session.network.parameters, before);
  assert.equal(session.network.step, 50);
  session.edit({ set: { classes: 3 } });
  assert.equal(session.network.step, 0);
  assert.equal(session.startStep, 50);
  session.train(10);
  session.edit({ set: { features: ['x1-squared'] } });
  assert.equal(session.network.step, 0);
  assert.equal(session.network.parameters.W1.cols, 3);
});

test('fewer classes take their points along, and undo brings both back', () => {
  const session = createSession(core, { points: [...two, { x: 0, y: 2, class: 2 }] });
  assert.equal(session.settings.classes, 3);
  session.edit({ set: { classes: 2 } });
  assert.equal(session.points.length, 2);
  session.undo();
  assert.equal(session.points.length, 3);
  assert.equal(session.settings.classes, 3);
});

test('a pinned parameter is held still, also over a new start', () => {
  const session = createSession(core);
  const place = /** @type {const} */ ({ parameter: 'b2', row: 0, col: 0 });
  session.edit({ weight: { ...place, value: -1.5 } });
  session.edit({ pin: place });
  session.train(100);
  assert.equal(session.network.parameters.b2.data[0], -1.5);
  session.edit({ start: { seed: 2 } });
  session.train(100);
  assert.equal(session.network.parameters.b2.data[0], -1.5);
  session.edit({ release: place });
  session.train(10);
  assert.notEqual(session.network.parameters.b2.data[0], -1.5);
});

test('test points are never trained on, and their side follows from their id', () => {
  const session = createSession(core, { testSplit: 0.2, n: 500 });
  const share = session.points.filter((point) => point.test).length / 500;
  assert.ok(share > 0.13 && share < 0.27, `${share}`);
  const sides = session.points.map(({ id, test: side }) => [id, side]);
  session.edit({ erase: [0, 1, 2] });
  session.edit({ add: two });
  assert.deepEqual(
    session.points.slice(0, 497).map(({ id, test: side }) => [id, side]),
    sides.slice(3),
  );

  const other = createSession(core, { testSplit: 0.2, n: 500 });
  const moved = createSession(core, { testSplit: 0.2, n: 500 });
  const { id } = /** @type {{ id: number }} */ (moved.points.find((point) => point.test));
  moved.edit({ move: [{ id, x: 0, y: 0 }] });
  other.train(50);
  moved.train(50);
  assert.equal(moved.hash(), other.hash(), 'moving a test point changes nothing that is learned');
  assert.ok(Number.isFinite(other.testLoss) && other.testLoss !== other.loss);
});

test('an edit to training data or batch size ends the epoch; others do not', () => {
  const session = createSession(core, { n: 100, batchSize: 30 });
  session.train(1);
  session.edit({ set: { learningRate: 0.5 } });
  session.train(1);
  assert.equal(session.epoch, 0);
  session.edit({ add: two });
  assert.equal(session.epoch, 1);
  session.train(1);
  session.edit({ set: { batchSize: 20 } });
  assert.equal(session.epoch, 2);
  session.edit({ erase: [0] });
  assert.equal(session.epoch, 2, 'no example of the new epoch was used yet');
});

test('without points training idles; with one class it trains', () => {
  const session = createSession(core, { preset: null });
  assert.deepEqual(session.train(100), { steps: 0, status: 'no-points', parameter: '' });
  assert.equal(session.step, 0);
  assert.ok(Number.isNaN(session.loss));
  assert.ok(Number.isNaN(session.accuracy.train));
  session.edit({ add: [{ x: 1, y: 1, class: 0 }] });
  assert.equal(session.train(100).status, 'ok');
  assert.ok(session.loss < 0.1);
  session.edit({ clear: true });
  assert.equal(session.train(1).status, 'no-points');
});

test('divergence stops at the last finite state and names the parameter', async () => {
  const session = createSession(core, { activation: 'relu', learningRate: 1e6, seed: 2 });
  const result = session.train(1000);
  assert.equal(result.status, 'diverged');
  assert.match(result.parameter, /^(W1\[\d+,\d+\]|b1\[\d+\]|W2\[\d+,\d+\]|b2\[\d+\]|J)$/);
  assert.equal(session.step, result.steps);
  assert.ok(Object.values(session.network.parameters).every(({ data }) => data.every(Number.isFinite)));
  const hash = session.hash();
  assert.equal(session.train(10).steps, 0);
  assert.equal(session.hash(), hash);
  if (result.steps > 0) {
    await session.seek(result.steps - 1);
    session.edit({ set: { learningRate: 0.01 } });
    assert.equal(session.train(10).status, 'ok');
  }
});

test('a step that was refused changes nothing, also after a change of optimiser', async () => {
  for (const [before, after] of /** @type {const} */ ([
    ['sgd', 'adam'],
    ['adam', 'sgd'],
    ['momentum', 'adam'],
    ['adam', 'momentum'],
  ])) {
    const session = createSession(core, { preset: 'xor', n: 20, activation: 'relu', optimizer: before });
    session.train(20);
    for (const [row, value] of [3e38, -3e38, 3e38, -3e38].entries()) {
      session.edit({ weight: { parameter: 'W1', row, col: 0, value } });
    }
    session.edit({ set: { optimizer: after } });
    const hash = session.hash();
    assert.deepEqual([session.train(5).status, session.step], ['diverged', 20]);
    assert.equal(session.hash(), hash);
    session.edit({ set: { learningRate: 0 } });
    const replay = await openSession(session.link());
    await replay.seek(20);
    assert.equal(replay.hash(), session.hash(), `${before}, ${after}`);
  }
});

test('the test loss of a step that was refused is that of when it is made', () => {
  const session = createSession(core, { activation: 'relu', learningRate: 1e6, seed: 2, testSplit: 0.3 });
  session.train(1000);
  const { step } = session;
  assert.equal(session.train(1).status, 'diverged');
  session.edit({ start: { seed: 5 } });
  session.edit({ set: { learningRate: 0.01 } });
  const { testLoss } = session;
  session.train(1);
  const { testSteps, testValues } = session.losses;
  assert.equal(testValues[testSteps.indexOf(step)], testLoss);
});

test('rewind and play without edits ahead gives the same trace and hash, and no ghost', async () => {
  const session = createSession(core, { hidden: 8 });
  session.train(3000);
  const hash = session.hash();
  const losses = session.losses;
  for (const step of [0, 1, 1499, 2999]) {
    await session.seek(step);
    assert.equal(session.step, step);
    assert.equal(session.end, 3000);
    session.train(3000 - step);
    assert.equal(session.hash(), hash);
    assert.deepEqual(session.losses, losses);
  }
  assert.equal(session.ghosts.length, 0);
});

test('a seek gives exactly the state that was there', async () => {
  const session = createSession(core, { batchSize: 16, testSplit: 0.2 });
  const seen = new Map([[0, stateOf(session)]]);
  for (let k = 0; k < 40; k++) {
    session.train(53);
    if (k % 5 === 0) session.edit({ add: [{ x: k / 20, y: 1, class: k % 2 }] });
    if (k % 7 === 0) session.edit({ hidden: 3 + (k % 5) });
    if (k % 11 === 0) session.undo();
    if (k === 20) session.edit({ start: { seed: 4 } });
    seen.set(session.step, stateOf(session));
  }
  for (const [step, state] of [...seen].reverse()) {
    await session.seek(step);
    assert.deepEqual(stateOf(session), state, `step ${step}`);
  }
  await session.seek(session.end);
  assert.deepEqual(stateOf(session), seen.get(session.end));
});

test('going back and editing forks; the old future stays as a ghost, five of them', async () => {
  const session = createSession(core);
  session.train(400);
  for (let k = 0; k < 7; k++) {
    await session.seek(300 - k);
    session.edit({ set: { learningRate: 1 + k / 10 } });
    assert.equal(session.end, 300 - k);
    session.train(100);
    assert.equal(session.end, 400 - k);
  }
  assert.equal(session.ghosts.length, 5);
  const ghost = session.ghosts[4];
  assert.equal(ghost.kind, 'fork');
  assert.equal(ghost.steps[0], 294);
  assert.equal(ghost.steps.at(-1), 394);
  assert.equal(session.flags.length, 1, 'the flags are those of this branch');
  assert.equal(Math.max(...session.losses.steps), 393);
});

test('a short future after a long one is shown as finely as if it had been the only one', async () => {
  const session = createSession(core, { n: 30, hidden: 2, testSplit: 0.3 });
  session.train(50_000);
  session.edit({ start: { seed: 3 } });
  session.train(50_000);
  for (const step of [60_000, 50_700, 900, 40]) {
    await session.seek(step);
    session.edit({ relabel: [{ id: step % 30, class: 1 - session.points[step % 30].class }] });
    session.train(500);
    if (step < 2000) {
      const fresh = new Session(core, { log: session.log });
      await fresh.seek(session.end);
      assert.deepEqual(session.losses, fresh.losses, `from step ${step}`);
      fresh.free();
    }
    const last = session.losses.steps.slice(-500);
    if (step < 52_000) assert.deepEqual([last[0], last.length], [step, 500], `from step ${step}`);
  }
});

test('training after a rewind forks only if an edit lay ahead', async () => {
  const session = createSession(core);
  session.train(100);
  session.edit({ hidden: 6 });
  session.train(100);
  await session.seek(50);
  session.train(10);
  assert.equal(session.end, 60);
  assert.equal(session.settings.hidden, 4);
  assert.equal(session.ghosts.length, 1);
  assert.equal(session.flags.length, 0);
});

test('a new start keeps the run before it as a ghost', () => {
  const session = createSession(core);
  session.train(100);
  session.edit({ start: { seed: 2 } });
  session.train(50);
  assert.deepEqual(
    session.ghosts.map(({ kind, start, steps }) => ({ kind, start, last: steps.at(-1) })),
    [{ kind: 'start', start: 0, last: 99 }],
  );
  const fresh = createSession(core, { seed: 2, dataSeed: 1 });
  fresh.train(50);
  assert.equal(session.hash(), fresh.hash(), 'a new start is a fresh network');
});

test('a failed edit changes nothing', () => {
  const session = createSession(core, { points: two });
  session.train(10);
  const before = { ...stateOf(session), flags: session.flags };
  /** @type {[unknown, typeof TypeError | typeof RangeError, RegExp][]} */
  const table = [
    [null, TypeError, /^edit: null is not an object$/],
    [{}, TypeError, /^edit: holds no edit/],
    [{ add: [], clear: true }, TypeError, /^edit: holds add and clear/],
    [{ paint: 1 }, TypeError, /^edit.paint: unknown/],
    [{ add: [{ x: NaN, y: 0, class: 0 }] }, RangeError, /^add\[0\].x: NaN/],
    [{ add: [{ x: 0, y: '0', class: 0 }] }, TypeError, /^add\[0\].y: '0'/],
    [{ add: [{ x: 0, y: 0, class: 2 }] }, RangeError, /^add\[0\].class: 2 is outside 0 … 1$/],
    [{ add: [...two, { x: 0, y: 0 }] }, TypeError, /^add\[2\].class: undefined/],
    [{ add: 'all' }, TypeError, /^add: 'all' is not an array$/],
    [{ add: new Array(19999).fill(two[0]) }, RangeError, /^add: 19999 points to 2; at most 20000 together$/],
    [
      {
        move: [
          { id: 0, x: 1, y: 1 },
          { id: 7, x: 0, y: 0 },
        ],
      },
      RangeError,
      /^id: there is no point 7$/,
    ],
    [{ erase: [0, 5] }, RangeError, /^id: there is no point 5$/],
    [{ erase: ['0'] }, TypeError, /^erase\[0\]: '0'/],
    [
      {
        relabel: [
          { id: 0, class: 1 },
          { id: 1, class: 2 },
        ],
      },
      RangeError,
      /^relabel\[1\].class: 2/,
    ],
    [{ hidden: 0 }, RangeError, /^hidden: 0/],
    [{ set: { hidden: 300 } }, RangeError, /^hidden: 300/],
    [{ set: { learningRate: -1 } }, RangeError, /^learningRate: -1/],
    [{ set: { testSplit: 1 } }, RangeError, /^testSplit: 1/],
    [{ set: { seed: 1 } }, TypeError, /^set.seed: unknown/],
    [
      { weight: { parameter: 'W1', row: 4, col: 0, value: 1 } },
      RangeError,
      /^weight: there is no W1\[4,0\] with n_x 2, n_h 4, n_y 1$/,
    ],
    [{ weight: { parameter: 'W3', row: 0, col: 0, value: 1 } }, RangeError, /^weight.parameter: 'W3'/],
    [{ weight: { parameter: 'W1', row: 0, col: 0, value: Infinity } }, RangeError, /^weight.value: Infinity/],
    [{ pin: { parameter: 'b2', row: 1, col: 0 } }, RangeError, /^pin: there is no b2\[1\]/],
    [{ start: { seed: -1 } }, RangeError, /^start.seed: -1/],
    [{ data: { preset: 'circle' } }, RangeError, /^data.preset: 'circle'/],
    [{ data: { preset: 'ring', n: 0 } }, RangeError, /^n: 0/],
    [{ clear: false }, TypeError, /only true/],
    [{ undo: 2 }, TypeError, /only true/],
    [{ clear: true, stroke: -1 }, RangeError, /^edit.stroke: -1/],
  ];
  for (const [edit, kind, message] of table) {
    assert.throws(
      () => session.edit(edit),
      (error) => error instanceof kind && message.test(error.message),
      JSON.stringify(edit)?.slice(0, 80),
    );
    assert.deepEqual({ ...stateOf(session), flags: session.flags }, before);
  }
});

test('an edit that changes nothing is not logged', () => {
  const session = createSession(core, { points: two });
  for (const edit of [
    { add: [] },
    { move: [{ id: 0, x: -1, y: 0 }] },
    { relabel: [{ id: 0, class: 0 }] },
    { set: { hidden: 4 } },
    { weight: { parameter: 'b2', row: 0, col: 0, value: 0 } },
    { release: { parameter: 'b2', row: 0, col: 0 } },
    { undo: true },
    { redo: true },
  ]) {
    assert.equal(session.edit(edit), false, JSON.stringify(edit));
  }
  assert.deepEqual(session.log.events, []);
});

test('refuses bad options and arguments by name and value', async () => {
  /** @type {[object, typeof TypeError | typeof RangeError, RegExp][]} */
  const table = [
    [{ hidden: 0 }, RangeError, /^hidden: 0/],
    [{ preset: 'circle' }, RangeError, /^preset: 'circle'/],
    [{ seed: '1' }, TypeError, /^seed: '1'/],
    [{ points: [[0, 0, 4]] }, RangeError, /^points\[0\].class: 4/],
    [{ points: [[0, 0, 2]], classes: 2 }, RangeError, /^classes: 2; the points have 3$/],
    [{ preset: 'iris', classes: 2 }, RangeError, /^classes: 2; the points have 3$/],
    [{ goal: 3 }, TypeError, /^goal: 3/],
    [{ lock: ['colour'] }, RangeError, /^lock\[0\]: 'colour'/],
    [{ hiden: 3 }, TypeError, /^options.hiden: unknown/],
  ];
  for (const [options, kind, message] of table) {
    assert.throws(
      () => createSession(core, options),
      (error) => error instanceof kind && message.test(error.message),
    );
  }
  const session = createSession(core);
  assert.throws(() => session.train(1.5), /^RangeError: steps: 1.5 is not an integer$/);
  assert.throws(() => session.train(-1), /^RangeError: steps: -1/);
  await assert.rejects(session.seek(1), /^RangeError: step: 1 is outside 0 … 0$/);
  await assert.rejects(session.seek(/** @type {any} */ ('0')), /^TypeError: step: '0' is not a number$/);
});

test('a weight that is set to what it would be without training is an edit all the same', async () => {
  const weight = { parameter: 'b1', row: 0, col: 0, value: 0 };
  const live = createSession(core, { n: 20 });
  live.edit({ add: [[1, 1, 0]] });
  live.train(5);
  live.edit({ weight });
  live.undo(); // the edit of the weight, not the point
  live.edit({ move: [{ id: 20, x: 2, y: 2 }] });
  const shown = await openSession(live.link({ checkpoint: true }));
  assert.deepEqual(shown.warnings, []);
  assert.deepEqual(shown.points, live.points);
  assert.equal((await shown.seek(5)).agrees, true);

  // Nothing tells a foreign log whether a weight had its value before.
  const { options, ...file } = createSession(core, { preset: null }).toJSON();
  const edits = [{ add: [{ x: 0, y: 0, class: 0 }] }, { weight }, { undo: true }, { move: [{ id: 0, x: 1, y: 1 }] }];
  const foreign = /** @type {any} */ ({ ...file, options, events: edits.map((edit) => ({ step: 0, ...edit })) });
  const opened = await openSession(foreign);
  assert.deepEqual([opened.warnings, opened.points.length], [[], 1]);
  assert.deepEqual((await verify(foreign)).differences, []);
});

test('the view of the network is for looking only', () => {
  const { network } = createSession(core);
  assert.equal(network.predict([[0, 0]]).length, 1);
  assert.equal(network.forward([[0, 0]]).Z1.rows, 4);
  for (const call of [
    () => network.train(),
    () => network.setWeights(),
    () => network.free(),
    () => {
      network.parameters = createSession(core).network.parameters;
    },
  ]) {
    assert.throws(call, /^TypeError: session\.network\..*: this network is its session's/);
  }
});

test('flags tell what was changed and when, a stroke at once', () => {
  const session = createSession(core);
  session.train(10);
  const stroke = session.stroke();
  for (let k = 0; k < 14; k++) session.edit({ add: [{ x: 2, y: k / 7, class: 1 }], stroke });
  session.train(5);
  session.edit({ set: { learningRate: 3 } });
  session.edit({ hidden: 6 });
  session.edit({ start: { seed: 5 } });
  session.edit({ weight: { parameter: 'b2', row: 0, col: 0, value: 2 } });
  session.undo();
  assert.deepEqual(session.flags, [
    { step: 10, kind: 'points', added: [0, 14, 0, 0], erased: [0, 0, 0, 0], moved: 0, relabelled: 0 },
    { step: 15, kind: 'setting', changes: [{ name: 'learningRate', from: 1, to: 3 }] },
    { step: 15, kind: 'hidden', from: 4, to: 6 },
    { step: 15, kind: 'start', seed: 5 },
    { step: 15, kind: 'note', note: 'weight', parameter: 'b2[0]', from: 0, to: 2 },
    { step: 15, kind: 'note', note: 'undo' },
  ]);
});

test('versions grow with what they count', () => {
  const session = createSession(core);
  const versions = () => [session.pointsVersion, session.settingsVersion, session.parametersVersion];
  let before = versions();
  const grew = () => {
    const now = versions();
    const result = now.map((version, k) => version > before[k]);
    before = now;
    return result;
  };
  session.train(1);
  assert.deepEqual(grew(), [false, false, true]);
  session.edit({ add: two });
  assert.deepEqual(grew(), [true, false, false]);
  session.edit({ set: { learningRate: 2 } });
  assert.deepEqual(grew(), [false, true, true]);
  session.edit({ weight: { parameter: 'b2', row: 0, col: 0, value: 2 } });
  assert.deepEqual(grew(), [false, false, true]);
});

test("the picture and the logits are the network's", () => {
  const session = createSession(core);
  session.train(100);
  const grid = { left: -3, top: 3, width: 6, height: 6, columns: 8, rows: 8 };
  const z = session.logits(grid);
  const X = Array.from({ length: 64 }, (_, k) => [-3 + ((k % 8) + 0.5) * 0.75, 3 - (Math.floor(k / 8) + 0.5) * 0.75]);
  const { Z2 } = session.network.forward(X);
  for (const [k, value] of Z2.data.entries()) assert.ok(Math.abs(z[k] - value) < 1e-4);
  const colours = Uint32Array.from({ length: 256 }, (_, k) => 0xff000000 + k);
  const pixels = new Uint8ClampedArray(3 * 8 * 4);
  session.paint(grid, 2, 3, colours, pixels);
  const p = session.network.predict(X);
  for (let k = 0; k < 24; k++) assert.ok(Math.abs(pixels[4 * k] - p[16 + k] * 255) <= 1);
});

test('a seek to any of 100,000 steps is at most 50 ms of work', async () => {
  const session = createSession(core, { n: 200, hidden: 8 });
  for (let k = 0; k < 100; k++) {
    session.train(1000);
    session.edit({ move: [{ id: k, x: 0, y: 0 }] });
  }
  const random = generator(1);
  for (let k = 0; k < 300; k++) {
    const { steps } = await session.seek(Math.floor(random() * 100_001));
    // An example and unit take about a nanosecond.
    assert.ok(steps * 200 * 8 <= 50e6, `${steps} steps to ${session.step}`);
  }
});

test('a long seek goes in slices, shows progress and can be called off', async () => {
  const live = createSession(core, { n: 10_000, hidden: 256 });
  live.train(60);
  const session = new Session(core, { log: live.log }); // without keyframes
  const start = stateOf(session);
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  await assert.rejects(session.seek(60, { signal: stop.signal, onProgress }), { name: 'AbortError' });
  assert.deepEqual(stateOf(session), start);
  await assert.rejects(session.seek(60, { signal: stop.signal }), { name: 'AbortError' });
  assert.deepEqual(stateOf(session), start);

  const fresh = new Session(core, { log: live.log });
  /** @type {number[]} */
  const shares = [];
  await fresh.seek(60, { onProgress: (share) => shares.push(share) });
  assert.equal(fresh.hash(), live.hash());
  assert.equal(shares.at(-1), 1);
  for (const [k, share] of shares.entries()) {
    const steps = Math.round(60 * (share - (shares[k - 1] ?? 0)));
    assert.ok(steps >= 0 && steps * 10_000 * 256 <= 15e6, `${steps} steps in a slice`);
  }
});

test('training, editing or seeking again ends a pending seek', async () => {
  const log = createSession(core, { n: 20000, hidden: 256 });
  log.train(30);
  await log.seek(0);
  for (const overtake of [
    (/** @type {Session} */ session) => session.train(1),
    (/** @type {Session} */ session) => session.edit({ hidden: 5 }),
    (/** @type {Session} */ session) => session.seek(0),
  ]) {
    const session = new Session(core, { log: log.log });
    const progress = [];
    const pending = session.seek(30, { onProgress: (share) => progress.push(share) });
    await overtake(session);
    await assert.rejects(pending, { name: 'AbortError' });
    assert.ok(session.step <= 1);
    session.free();
  }
});

test('a freed session says so', () => {
  const session = createSession(core);
  session.free();
  session.free();
  assert.throws(() => session.train(1), /has been freed/);
  assert.throws(() => session.hash(), /has been freed/);
});

test('sessions of all sizes give their memory back', async () => {
  const round = async () => {
    const session = createSession(core, { hidden: 16, n: 400 });
    session.train(200);
    session.edit({ set: { classes: 3 } });
    session.train(20);
    await session.seek(3);
    session.free();
  };
  await round();
  const before = core.memorySize;
  for (let k = 0; k < 100; k++) await round();
  assert.equal(core.memorySize, before);
});

test('replay is the run: random logs of every kind of edit', async () => {
  for (let number = 0; number < 60; number++) {
    const live = createSession(core, randomOptions(number));
    performRandomRun(live, number, 600);
    const replayed = new Session(core, { log: live.log });
    const result = await replayed.seek(live.end);
    assert.equal(result.status, 'ok', `run ${number}`);
    assert.deepEqual(stateOf(replayed), stateOf(live), `run ${number}`);
    assert.deepEqual(replayed.flags, live.flags, `run ${number}`);
    assert.deepEqual(replayed.losses, live.losses, `run ${number}`);
    // A seek into the middle and on again is the same run.
    await live.seek(Math.floor(live.end / 3));
    await live.seek(live.end);
    assert.equal(live.hash(), replayed.hash(), `run ${number}`);
    // Another future from the middle is a run like any other.
    await live.seek(Math.floor(live.end / 2));
    performRandomRun(live, number + 1, 200);
    const forked = new Session(core, { log: live.log });
    await forked.seek(live.end);
    assert.deepEqual(stateOf(forked), stateOf(live), `fork of run ${number}`);
    assert.deepEqual(forked.flags, live.flags, `fork of run ${number}`);
    assert.deepEqual(forked.losses, live.losses, `fork of run ${number}`);
    for (const session of [live, replayed, forked]) session.free();
  }
});
