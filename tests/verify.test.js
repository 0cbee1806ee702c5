import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { openSession, verify } from '../web/engine/index.js';
import { createSession } from '../web/engine/session.js';
import { performRandomRun, randomOptions } from './helpers/random-runs.js';

const core = await loadCore();

/** @typedef {import('../web/engine/session.js').Session} Session */

const task = {
  ...{ preset: /** @type {const} */ ('ring'), n: 80, seed: 11, hidden: 3 },
  ...{ goal: 'loss<0.1 & hidden<=3', lock: ['activation'] },
};

/** A run of the task: α is free, and so are hidden units within the goal. @param {object} [other] options */
function solve(other = {}) {
  const session = createSession(core, { ...task, ...other });
  session.train(100);
  session.edit({ set: { learningRate: 3 } });
  session.train(2000);
  return session;
}

test('an honest run of the task is believed', async () => {
  const session = solve();
  for (const given of [task, createSession(core, task).link()]) {
    const verdict = await verify(session.link(), { task: given });
    assert.deepEqual(verdict.differences, []);
    assert.equal(verdict.hash, session.hash());
    assert.equal(verdict.step, 2100);
    assert.equal(verdict.loss, session.loss);
    assert.equal(verdict.accuracy, session.accuracy.train);
    assert.equal(verdict.exceeded, false);
    const { step, ...goal } = verdict.goal;
    assert.deepEqual(goal, { text: task.goal, met: true, trusted: true });
    assert.ok(step !== null && step > 100 && step < 2100);
    const short = await openSession(session.link());
    await short.seek(step);
    assert.ok(short.loss < 0.1);
  }
});

test('a slip in the task is named, so that nobody passes by it', async () => {
  const link = createSession(core, task).link();
  const { differences, goal } = await verify(solve().link(), { task: link.replace('lock=', 'lok=') });
  assert.deepEqual(differences, [{ name: 'task', message: "task: 'lok': unknown" }]);
  assert.equal(goal.met, true);
  const older = await verify(solve().link(), { task: link.replace('arithmetic=', 'arithmetic=9') });
  assert.deepEqual(older.differences, []);
});

test("without a task the goal is the link's own word", async () => {
  const { goal, differences } = await verify(solve().link());
  assert.deepEqual(differences, []);
  assert.equal(goal.met, true);
  assert.equal(goal.trusted, false);
});

test("drawn data works like a preset's", async () => {
  const teacher = createSession(core, { preset: null, seed: 5, goal: 'accuracy>=1' });
  teacher.edit({
    add: Array.from({ length: 30 }, (_, i) => ({ x: (i - 15) / 6, y: ((i * 7) % 11) / 4 - 1, class: i < 15 ? 0 : 1 })),
  });
  const student = await openSession(teacher.link());
  student.train(400);
  const verdict = await verify(student.link(), { task: teacher.link() });
  assert.deepEqual(verdict.differences, []);
  assert.equal(verdict.goal.met, true);
  assert.equal(verdict.hash, student.hash());

  const { id } = student.points[0];
  student.edit({ move: [{ id, x: 2, y: 2 }] });
  student.train(10);
  const caught = await verify(student.link(), { task: teacher.link() });
  assert.deepEqual(
    caught.differences.map(({ name }) => name),
    ['data'],
  );
  assert.equal(caught.step, 410, 'the replay goes on without the edit');
});

/** A task with edits of its own: other labels, another activation, and points that were taken away again. */
const drawn = (() => {
  const teacher = createSession(core, { preset: 'xor', n: 40, seed: 5, goal: 'accuracy>=1', lock: ['activation'] });
  teacher.edit({ erase: teacher.points.slice(20).map(({ id }) => id) });
  teacher.undo();
  teacher.train(3);
  teacher.edit({ relabel: teacher.points.slice(0, 10).map(({ id, class: label }) => ({ id, class: 1 - label })) });
  return teacher.link();
})();

/** @type {[string, (session: Session) => unknown, string | null][]} the last: the difference that is found */
const continued = [
  ['nothing', () => undefined, null],
  ['an edit of its own, taken back', (session) => session.edit({ hidden: 6 }) && session.undo(), null],
  ['a new start from the same seed', (session) => session.edit({ start: { seed: 5 } }), null],
  ["the task's labels are taken back", (session) => session.undo(), 'data'],
  [
    "an edit that joins the task's stroke is taken back",
    (session) => {
      const { events, ...run } = session.toJSON();
      const { step } = session;
      return { ...run, events: [...events, { step, set: { hidden: 6 }, joins: true }, { step, undo: true }] };
    },
    'data',
  ],
  [
    'points are erased and that is taken back: no harm, but named',
    (session) => session.edit({ erase: [3] }) && session.undo(),
    'data',
  ],
];

for (const [what, act, difference] of continued) {
  test(`a task's own edits stay: ${what}`, async () => {
    const student = await openSession(drawn);
    await student.seek(student.end);
    const made = act(student);
    const run = typeof made === 'object' ? /** @type {any} */ (made) : student.toJSON();
    const played = await openSession(run);
    await played.seek(played.end);
    played.train(60);
    const verdict = await verify(played.toJSON(), { task: drawn });
    assert.deepEqual(
      [...new Set(verdict.differences.map(({ name }) => name))],
      difference === null ? [] : [difference],
    );
    if (difference === null) assert.equal(verdict.hash, played.hash());
    // Judged is what is left without the edits that the task does not allow.
    const left = await openSession(drawn);
    await left.seek(left.end);
    if (played.log.events.some((event) => 'set' in event && event.joins)) left.edit({ hidden: 6 });
    left.train(60);
    if (difference === 'data') assert.equal(verdict.hash, left.hash());
  });
}

/** A task in which a weight is set and held still. */
const pinned = (() => {
  const teacher = createSession(core, { preset: 'xor', n: 40, seed: 5, hidden: 3, goal: 'accuracy>=1' });
  teacher.edit({ weight: { parameter: 'W1', row: 2, col: 1, value: 0 } });
  teacher.edit({ pin: { parameter: 'W1', row: 2, col: 1 } });
  return teacher.link();
})();

/** @type {[string, (session: Session) => unknown, string[]][]} the last: the differences that are found */
const held = [
  ['nothing', () => undefined, []],
  ['another unit', (session) => session.edit({ hidden: 4 }), []],
  ['a new start from the same seed', (session) => session.edit({ start: { seed: 5 } }), []],
  ['it is let go', (session) => session.edit({ release: { parameter: 'W1', row: 2, col: 1 } }), ['weights']],
  [
    'its unit goes and comes back',
    (session) => session.edit({ hidden: 2 }) && session.edit({ hidden: 3 }),
    ['weights'],
  ],
  [
    'other columns of W1, for a moment',
    (session) => session.edit({ set: { features: ['x1-x2'] } }) && session.edit({ set: { features: [] } }),
    ['weights'],
  ],
];

for (const [what, act, differences] of held) {
  test(`a weight that a task holds still stays so: ${what}`, async () => {
    const student = await openSession(pinned);
    act(student);
    student.train(60);
    const verdict = await verify(student.link(), { task: pinned });
    assert.deepEqual(
      verdict.differences.map(({ name }) => name),
      differences,
    );
    const left = await openSession(pinned);
    if (differences.length === 0) act(left);
    left.train(60);
    assert.equal(verdict.hash, left.hash());
  });
}

test('a task may itself let go of what it held', async () => {
  const teacher = await openSession(pinned);
  teacher.train(5);
  teacher.edit({ release: { parameter: 'W1', row: 2, col: 1 } });
  const student = await openSession(teacher.link());
  await student.seek(student.end);
  student.train(60);
  const { differences, hash } = await verify(student.link(), { task: teacher.link() });
  assert.deepEqual(differences, []);
  assert.equal(hash, student.hash());
});

test('what a task has taken back is not put in place again', async () => {
  const teacher = createSession(core, { preset: 'xor', n: 40, seed: 5 });
  teacher.edit({ erase: teacher.points.slice(20).map(({ id }) => id) });
  teacher.undo();
  const student = await openSession(teacher.link());
  await student.seek(0);
  assert.equal(student.redo(), true);
  student.train(50);
  const honest = createSession(core, { preset: 'xor', n: 40, seed: 5 });
  honest.train(50);
  const { differences, hash } = await verify(student.link(), { task: teacher.link() });
  assert.match(differences.map(({ message }) => message).join(), /^data: .* \(redo\)/);
  assert.equal(hash, honest.hash());
});

test("a run that leaves out a task's edits is named", async () => {
  const student = createSession(core, { preset: 'xor', n: 40, seed: 5 });
  student.train(300);
  const { differences } = await verify(student.link(), { task: drawn });
  assert.deepEqual(
    differences.map(({ name }) => name),
    ['goal', 'data'],
  );
});

test('of very many forbidden edits a hundred are told, and the work is bounded', async () => {
  const { options, ...run } = createSession(core, task).toJSON();
  const events = Array.from({ length: 50_000 }, (_, k) => ({ step: k, move: [{ id: 0, x: (k % 5) / 2, y: 1 }] }));
  const { differences } = await verify({ ...run, options, events, step: 50_000 }, { task, maxWork: 1e6 });
  assert.ok(differences.length <= 102, `${differences.length}`);
  assert.match(differences.map(({ message }) => message).join(), /49900 more edits/);
});

/** @param {string} link @param {string} name @param {string} value */
const replaced = (link, name, value) => link.replace(new RegExp(`(^|&)${name}=[^&]*`), `$1${name}=${value}`);

/** Ways to fake a result: what the link says, and the name under which it is found.
 * @type {[string, () => string, string, RegExp][]} */
const cheats = [
  [
    'the goal is lowered',
    () => solve({ goal: 'loss<0.6' }).link(),
    'goal',
    /"loss<0.6"; the task has "loss<0.1 & hidden<=3"/,
  ],
  ['the goal is removed', () => replaced(solve().link(), 'goal', ''), 'goal', /goal: ""/],
  [
    'points are deleted',
    () => {
      const session = createSession(core, task);
      session.edit({ erase: session.points.filter(({ class: label }) => label === 1).map(({ id }) => id) });
      session.train(500);
      return session.link();
    },
    'data',
    /at step 0 the run edits points \(erase\): \d+ erased/,
  ],
  [
    'points are moved in the middle',
    () => {
      const session = solve();
      session.edit({ move: session.points.slice(0, 9).map(({ id }) => ({ id, x: 0, y: 0 })) });
      session.train(5);
      return session.link();
    },
    'data',
    /at step 2100 the run edits points \(move\): 9 moved/,
  ],
  [
    'labels are turned',
    () => {
      const session = createSession(core, task);
      session.edit({ relabel: session.points.map(({ id }) => ({ id, class: 0 })) });
      session.train(50);
      return session.link();
    },
    'data',
    /relabelled/,
  ],
  ['easier data', () => solve({ preset: 'gaussians' }).link(), 'data', /gaussians .*; the task has ring/],
  ['less of the data', () => solve({ n: 5 }).link(), 'data', /n 5, .*n 80/],
  ['a seed is searched for', () => solve({ seed: 12, dataSeed: 11 }).link(), 'seed', /^seed: 12; the task has 11$/],
  [
    'a new start from another seed',
    () => {
      const session = solve();
      session.edit({ start: { seed: 17 } });
      session.train(500);
      return session.link();
    },
    'seed',
    /at step 2100 it starts anew with seed 17; the task has 11/,
  ],
  [
    'weights are edited',
    () => {
      const session = createSession(core, task);
      session.edit({ weight: { parameter: 'W1', row: 0, col: 1, value: 8 } });
      session.train(500);
      return session.link();
    },
    'weights',
    /at step 0 it sets W1\[0,1\] to 8/,
  ],
  [
    'a weight is held',
    () => {
      const session = solve();
      session.edit({ pin: { parameter: 'b2', row: 0, col: 0 } });
      return session.link();
    },
    'weights',
    /it holds b2\[0\] still/,
  ],
  [
    'a locked setting',
    () => solve({ activation: 'tanh' }).link(),
    'activation',
    /^activation: tanh; the task has sigmoid$/,
  ],
  [
    'a locked setting, later',
    () => {
      const session = solve();
      session.edit({ set: { activation: 'relu', learningRate: 0.1 } });
      return session.link();
    },
    'activation',
    /at step 2100 it sets activation to relu/,
  ],
  [
    'the points are made test points',
    () => solve({ testSplit: 0.9 }).link(),
    'testSplit',
    /^testSplit: 0.9; the task has 0$/,
  ],
  [
    'a forged checkpoint',
    () => {
      const good = solve();
      const link = createSession(core, task);
      link.train(2100);
      const [, checkpoint] = good.link({ checkpoint: true }).split('&checkpoint=');
      return `${link.link()}&checkpoint=${checkpoint}`;
    },
    'checkpoint',
    /the replay does not agree/,
  ],
  [
    'forged steps',
    () => replaced(createSession(core, { ...task, activation: 'sigmoid' }).link(), 'step', '1e99'),
    'link',
    /step/,
  ],
  ['a forged version', () => replaced(solve().link(), 'arithmetic', '7'), 'arithmetic', /made with version 7/],
  [
    'a forged log',
    () =>
      solve()
        .link()
        .replace(/log=(....)./, 'log=$1A'),
    'link',
    /log: it is damaged/,
  ],
];

for (const [what, make, name, message] of cheats) {
  test(`a fake is named: ${what}`, async () => {
    const link = make();
    const verdict = await verify(link, { task });
    const found = verdict.differences.find((difference) => difference.name === name);
    assert.ok(found !== undefined, JSON.stringify(verdict.differences));
    assert.match(found.message, message);
    assert.equal(verdict.goal.text, task.goal, "the goal is the task's");
    assert.equal(verdict.goal.trusted, true);
  });
}

test("a fake is judged by the task's terms", async () => {
  const session = createSession(core, { ...task, preset: 'gaussians', seed: 3 });
  session.train(2100);
  const honest = createSession(core, task);
  honest.train(2100);
  const verdict = await verify(session.link(), { task });
  assert.equal(verdict.hash, honest.hash(), "data and seed are the task's");
});

test('what a run says cannot move the cursor of the terminal that shows its verdict', async () => {
  const up = '\x1b[1A\x1b[2K';
  const trojan = '\u202e'; // from here on the words run backwards
  const { options, ...run } = createSession(core, task).toJSON();
  const events = /** @type {any} */ ([{ step: 0, [up]: 1 }]);
  const file = { ...run, options: { ...options, goal: `${up}passed${trojan}\n` }, events };
  const verdicts = [
    await verify(file, { task }),
    await verify(`seed=${trojan}&activation=${encodeURIComponent(up)}&${up}=1&lock=${up}`, { task }),
    await verify(file),
  ];
  for (const verdict of verdicts) {
    assert.doesNotMatch(verdict.differences.map(({ message }) => message).join(' '), /\p{C}/u);
    assert.doesNotMatch(verdict.goal.text, /\p{C}/u);
  }
  assert.match(verdicts[0].differences[0].message, /^event 1: edit\.�\[1A�\[2K: unknown/);
  assert.equal(verdicts[0].differences[1].message, 'goal: " [1A [2Kpassed  "; the task has "loss<0.1 & hidden<=3"');
});

test('steps beyond a divergence are named', async () => {
  const session = createSession(core, { activation: 'relu', learningRate: 1e6, seed: 2 });
  const { steps } = session.train(1000);
  const { differences, step } = await verify(replaced(session.link(), 'step', '5000'));
  assert.equal(step, steps);
  assert.match(differences[0].message, /^step: the run says 5000; at \d+ it stops: .* is not finite$/);
});

test('maxWork and a signal bound the replay', async () => {
  const endless = 'preset=ring&hidden=64&step=9007199254740992';
  const verdict = await verify(endless, { maxWork: 1e6 });
  assert.equal(verdict.exceeded, true);
  assert.ok(verdict.step > 0 && verdict.step < 1e4);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  await assert.rejects(verify(endless, { signal: stop.signal }), { name: 'AbortError' });
  await assert.rejects(verify(endless, { maxWork: -1 }), /^RangeError: maxWork: -1/);
  await assert.rejects(verify(endless, /** @type {any} */ ({ work: 1 })), /^TypeError: options.work: unknown/);
  await assert.rejects(verify(/** @type {any} */ (7)), /^TypeError: source: 7/);
});

test('goals are conditions with numbers as people write them', async () => {
  const session = createSession(core, { preset: 'gaussians', n: 20, seed: 2 });
  session.train(40);
  const { loss } = session;
  for (const [goal, met] of /** @type {[string, boolean][]} */ ([
    [`loss<=${loss}`, true],
    [`loss<${loss}`, false],
    [' loss < 1e-9 ', false],
    ['loss<1e+9&step=40', true],
    ['step>40', false],
    ['points=20 & hidden>=4 & hidden<=4', true],
    ['accuracy>=0.5', true],
    ['test-loss<9', false],
    ['test-accuracy>=0', false],
  ])) {
    const verdict = await verify(session.link(), { task: { preset: 'gaussians', n: 20, seed: 2, goal } });
    assert.deepEqual([verdict.goal.met, verdict.differences.map(({ name }) => name)], [met, ['goal']], goal);
  }
});

test('a goal that cannot be read is never met', async () => {
  for (const goal of [
    'win',
    `loss<${'9'.repeat(190)}e190`,
    'loss<',
    'loss<0.1 & __proto__>0',
    '<script>alert(1)</script>',
  ]) {
    const verdict = await verify({ goal });
    assert.equal(verdict.goal.met, false);
    assert.equal(verdict.differences[0].name, 'goal');
  }
});

test('verifies what was run live: 20 runs with every kind of edit', async () => {
  for (let number = 1000; number < 1020; number++) {
    const session = createSession(core, randomOptions(number));
    performRandomRun(session, number, 400);
    const verdict = await verify(session.link({ checkpoint: true }));
    assert.deepEqual(verdict.differences, [], `run ${number}`);
    assert.equal(verdict.hash, session.hash(), `run ${number}`);
    assert.equal(verdict.step, session.step);
  }
});
