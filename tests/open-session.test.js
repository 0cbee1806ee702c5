import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { openSession } from '../web/engine/index.js';
import { openSessionOn } from '../web/engine/open-session.js';
import { editKinds, kindOf } from '../web/engine/session/events.js';
import { settingNames } from '../web/engine/session/settings.js';
import { createSession } from '../web/engine/session.js';
import { generator, performRandomRun, randomOptions } from './helpers/random-runs.js';

const core = await loadCore();

/** @typedef {import('../web/engine/session.js').Session} Session */

/** @param {Session} session */
const stateOf = (session) => ({
  hash: session.hash(),
  step: session.step,
  points: session.points,
  settings: session.settings,
  pins: session.pins,
  data: session.data,
  goal: session.goal,
  lock: session.lock,
});

test('a link can be read', () => {
  const session = createSession(core, {
    ...{ preset: 'xor', hidden: 2, seed: 11, learningRate: 0.5, features: ['x1-x2'], testSplit: 0.2 },
    ...{ goal: 'loss<0.1 & hidden<=3', lock: ['activation', 'points'] },
  });
  session.train(612);
  assert.equal(
    session.link(),
    'preset=xor&seed=11&hidden=2&features=x1-x2&learning-rate=0.5&test-split=0.2' +
      '&goal=loss%3C0.1%20%26%20hidden%3C=3&lock=activation,points&step=612&arithmetic=1',
  );
});

test('a drawing fits into a link', () => {
  const random = generator(1);
  const point = () => ({ x: random() * 6 - 3, y: random() * 6 - 3, class: random() < 0.5 ? 0 : 1 });
  const atOnce = createSession(core, { preset: null });
  atOnce.edit({ add: Array.from({ length: 200 }, point) });
  assert.ok(atOnce.link().length <= 950, `${atOnce.link().length} characters for 200 points at one step`);

  // Eight strokes at 30 points a second and 240 steps a second: a point every 8 steps or so.
  const sprayed = createSession(core, { preset: null });
  for (let k = 0, stroke = 0; k < 200; k++) {
    if (k % 25 === 0) stroke = sprayed.stroke();
    sprayed.edit({ add: [point()], stroke });
    sprayed.train(7 + Math.floor(random() * 3));
  }
  assert.ok(sprayed.link().length <= 1300, `${sprayed.link().length} characters for 200 points sprayed live`);
});

test('opens an address, a fragment, a payload, JSON and options', async () => {
  const session = createSession(core, { preset: 'moons', n: 30, seed: 4 });
  session.train(20);
  const link = session.link();
  const sources = [
    link,
    `#${link}`,
    `https://example.org/two-layer/?x=1#${link}`,
    JSON.stringify(session),
    session.toJSON(),
  ];
  for (const source of sources) {
    const opened = await openSession(source);
    assert.deepEqual(opened.warnings, []);
    assert.equal(opened.step, 0, 'opening never trains');
    assert.equal(opened.shownStep, 20);
    await opened.seek(opened.shownStep);
    assert.deepEqual(stateOf(opened), stateOf(session));
  }
  assert.equal((await openSession({ preset: 'moons', n: 30, seed: 4 })).points.length, 30);
  assert.equal((await openSession()).points.length, 200);
});

test('a wrong type throws, and so do options that are wrong', async () => {
  for (const source of [null, 7, true, [], () => 1]) {
    await assert.rejects(
      openSession(/** @type {any} */ (source)),
      /^TypeError: source: .* is neither a link, nor JSON, nor options$/,
    );
  }
  await assert.rejects(openSession({ hidden: 0 }), /^RangeError: hidden: 0/);
});

test('a link made after a rewind carries the branch and the step it shows', async () => {
  const session = createSession(core);
  session.train(100);
  session.edit({ hidden: 6 });
  session.train(100);
  await session.seek(70);
  const opened = await openSession(session.link());
  assert.equal(opened.end, 200);
  assert.equal(opened.shownStep, 70);
  assert.equal(opened.link(), session.link());
});

test('while it is replayed, and when that was stopped, a run hands out the link that it was opened by', async () => {
  const link = 'preset=ring&n=20000&seed=1&hidden=256&step=40&at=30&arithmetic=1';
  const session = await openSession(link);
  const stop = new AbortController();
  let looked = 0;
  const onProgress = () => {
    assert.equal(session.link(), link);
    looked++;
    if (looked === 2) stop.abort();
  };
  await assert.rejects(session.seek(30, { signal: stop.signal, onProgress }), { name: 'AbortError' });
  assert.equal(looked, 2);
  assert.equal(session.link(), link);
  await session.seek(10);
  assert.equal(session.link(), link.replace('at=30', 'at=10'));
});

test('link → session → link and JSON → session → JSON are identities, and replay is the run: 500 random runs', async () => {
  /** @type {Set<string>} */
  const seen = new Set();
  for (let number = 0; number < 500; number++) {
    const live = createSession(core, randomOptions(number));
    performRandomRun(live, number, (number * 37) % 2000);
    for (const event of live.log.events) {
      seen.add(kindOf(event));
      if ('set' in event) for (const name of Object.keys(event.set)) seen.add(name);
    }
    const link = live.link();
    const json = JSON.stringify(live);
    const fromLink = openSessionOn(core, link);
    const fromJSON = openSessionOn(core, json);
    assert.deepEqual(fromLink.warnings, [], `run ${number}`);
    assert.deepEqual(fromJSON.warnings, [], `run ${number}`);
    assert.equal(fromLink.link(), link, `run ${number}`);
    assert.equal(JSON.stringify(fromJSON), json, `run ${number}`);
    assert.deepEqual(fromLink.log, fromJSON.log, `run ${number}`);
    assert.deepEqual(fromLink.flags.length, live.flags.length, `run ${number}`);
    await fromLink.seek(fromLink.shownStep);
    assert.deepEqual(stateOf(fromLink), stateOf(live), `run ${number}`);
    assert.deepEqual(fromLink.flags, live.flags, `run ${number}`);
    assert.deepEqual(fromLink.losses, live.losses, `run ${number}`);
    for (const session of [live, fromLink, fromJSON]) session.free();
  }
  const missing = [...editKinds, ...settingNames].filter((name) => !seen.has(name));
  assert.deepEqual(missing, [], 'the runs have every kind of edit, of every setting');
});

test('a log of 100,000 steps replays to the same bits', async () => {
  const live = createSession(core, { n: 60, batchSize: 10, optimizer: 'adam', hidden: 5 });
  for (let k = 0; k < 100; k++) {
    live.train(1000);
    if (k % 9 === 0) live.edit({ add: [{ x: k / 50, y: -k / 50, class: k % 2 }] });
    if (k % 14 === 0) live.edit({ hidden: 3 + (k % 4) });
    if (k % 30 === 29) live.undo();
  }
  const opened = await openSession(live.link());
  await opened.seek(100000);
  assert.deepEqual(stateOf(opened), stateOf(live));
});

test('a checkpoint shows the end at once, and counts as not replayed until a replay agrees', async () => {
  const session = createSession(core, { batchSize: 16, optimizer: 'adam' });
  session.train(100);
  session.edit({ hidden: 5 });
  session.train(133);
  const opened = await openSession(session.link({ checkpoint: true }));
  assert.equal(opened.replayed, false);
  assert.deepEqual(stateOf(opened), stateOf(session));
  opened.train(10);
  session.train(10);
  assert.equal(opened.hash(), session.hash(), 'it trains on');
  const { agrees } = await opened.seek(opened.end);
  assert.equal(agrees, true);
  assert.equal(opened.replayed, true);
  assert.deepEqual(opened.losses, session.losses, 'the replay brings the curve');
});

test('a forged checkpoint is found out by the replay', async () => {
  const session = createSession(core);
  session.train(50);
  const other = createSession(core);
  other.train(49);
  other.edit({ set: { learningRate: 2 } });
  other.train(1);
  const [, checkpoint] = other.link({ checkpoint: true }).split('&checkpoint=');
  const opened = await openSession(`${session.link()}&checkpoint=${checkpoint}`);
  assert.equal(opened.hash(), other.hash());
  const { agrees } = await opened.seek(50);
  assert.equal(agrees, false);
  assert.equal(opened.hash(), session.hash());
  assert.match(opened.warnings.join(), /checkpoint: the replay does not agree/);
});

test('a checkpoint that cannot be one is dropped', async () => {
  const session = createSession(core);
  session.train(50);
  const good = session.link({ checkpoint: true });
  const [start, checkpoint] = good.split('&checkpoint=');
  for (const bad of [
    '',
    'A',
    '!!!!',
    checkpoint.slice(0, 8),
    `${checkpoint.slice(0, 8)}AAAA${checkpoint.slice(12)}`,
    'A'.repeat(1e5),
  ]) {
    const opened = await openSession(`${start}&checkpoint=${bad}`);
    assert.match(opened.warnings.join(), /checkpoint/, bad.slice(0, 10));
    assert.equal(opened.replayed, true);
    assert.equal(opened.step, 0);
  }
});

test('a link of another arithmetic version opens and says that it cannot be verified', async () => {
  const opened = await openSession('preset=xor&seed=2&step=10&arithmetic=99');
  assert.deepEqual(opened.warnings, [
    'arithmetic: made with version 99; this release computes with 1 and cannot verify it',
  ]);
  assert.equal(opened.points.length, 200);
});

test('what parses is loaded, and what was dropped is said by name', async () => {
  /** @type {[string, RegExp[], (session: Session) => unknown][]} */
  const table = [
    ['preset=xor&hidden=900&seed=5', [/^hidden: 900 is outside 1 … 256$/], (session) => session.seed === 5],
    ['preset=circle&hidden=7', [/^preset: 'circle'/], (session) => session.settings.hidden === 7],
    ['hidden=7&colour=red', [/^'colour': unknown$/], (session) => session.settings.hidden === 7],
    ['hidden=7&hidden=8', [/^'hidden': there are two; the first counts$/], (session) => session.settings.hidden === 7],
    ['hidden=%E0%A4%A', [/^'hidden': '%E0%A4%A' cannot be decoded$/], (session) => session.settings.hidden === 4],
    ['learning-rate=1e999', [/^learningRate: Infinity/], (session) => session.settings.learningRate === 1],
    ['learning-rate=NaN', [/^learningRate: 'NaN' is not a number$/], (session) => session.settings.learningRate === 1],
    ['n=300&preset=iris', [/^n: 300 is outside 1 … 150$/], (session) => session.points.length === 150],
    ['preset=iris&classes=2', [/^classes: 2; the points have 3$/], (session) => session.settings.classes === 3],
    ['step=-4&hidden=2', [/^step: -4/], (session) => session.end === 0],
    ['step=99999999999999999999', [/^step: 100000000000000000000/], (session) => session.end === 0],
    ['points=AAAA', [/^points: it is damaged/], (session) => session.points.length === 0],
    ['log=____', [/^log: it is damaged/], (session) => session.points.length === 200],
    ['__proto__=1&constructor=2', [/^'__proto__': unknown$/, /^'constructor': unknown$/], () => true],
    ['goal=<img src=x onerror=alert(1)>', [], (session) => session.goal === '<img src=x onerror=alert(1)>'],
    ['{"format":', [/^file: it is not JSON$/], (session) => session.points.length === 200],
    [`{"format":${'['.repeat(1e5)}`, [/^file: it is not JSON$/], (session) => session.points.length === 200],
    [
      '{"format":"two-layer-session","version":1,"options":{"goal":"\\ud800"},"events":[]}',
      [/^goal: '�' holds half/],
      () => true,
    ],
    [
      '&a'.repeat(1e6),
      [/^link: it has more than 100 parts/, /^'a': unknown$/, ...Array(18).fill(/'a'/), /and 80 more/],
      () => true,
    ],
    ['{"hidden":3}', [/^format: undefined is not/, /^options: undefined/, /^events: undefined/], () => true],
    [
      '{"format":"two-layer-session","version":1,"options":{"hidden":3,"seed":"x","nope":1},"events":[{"step":0,"hidden":0},{"step":0,"hidden":5},null,{"step":-1,"clear":true},{"step":1,"undo":true,"redo":true},{"step":2,"erase":[999]},{"step":2,"redo":true}],"step":4}',
      [
        /^'nope': unknown$/,
        /^seed: 'x' is not a number$/,
        /^event 1: hidden: 0/,
        /^event 3: null is not an object$/,
        /^event 4: step: -1/,
        /^event 5: edit: holds undo and redo/,
        /^event 6: id: there is no point 999$/,
        /^event 7: changes nothing$/,
      ],
      (session) => session.settings.hidden === 5 && session.end === 4,
    ],
  ];
  for (const [source, warnings, holds] of table) {
    const session = await openSession(source);
    assert.equal(session.warnings.length, warnings.length, `${source}: ${session.warnings.join(' | ')}`);
    for (const [k, warning] of warnings.entries()) assert.match(session.warnings[k], warning, source);
    assert.ok(holds(session), source);
    session.free();
  }
});

test('a link may ask for much and gets bounded work', async () => {
  const many = createSession(core, { preset: null });
  many.edit({ data: { preset: 'ring', n: 20000 } });
  const { events, ...rest } = many.toJSON();
  const opened = await openSession({ ...rest, events: new Array(50000).fill(events[0]) });
  assert.match(opened.warnings.join(), /together they change too much/);
  const huge = await openSession(`log=${'A'.repeat(5e6)}`);
  assert.match(huge.warnings.join(), /beyond 4000000 it is not read/);
  const names = await openSession(Array.from({ length: 50000 }, (_, k) => `x${k}=1`).join('&'));
  assert.ok(names.warnings.length <= 21);
});

test('edits that are dear are counted as such, so that many of them are not taken', () => {
  const place = { parameter: 'W1', row: 0, col: 0 };
  const ids = new Array(20_000).fill(99_999);
  const stroke = (/** @type {number} */ k) => (k < 9000 ? { joins: true } : {});
  /** @type {[string, object, (k: number) => object][]} */
  const table = [
    ['starts of a large network', { hidden: 256 }, (k) => ({ start: { seed: k } })],
    ['a large network changed', {}, (k) => ({ set: { hidden: k % 2 === 0 ? 256 : 1 } })],
    ['other inputs', { hidden: 256 }, (k) => ({ set: { features: k % 2 === 0 ? ['x1-x2'] : [] } })],
    ['many points re-sorted', { n: 20_000 }, (k) => ({ set: { testSplit: k % 2 === 0 ? 0.5 : 0 } })],
    ['many points looked through', { n: 20_000 }, (k) => ({ set: { classes: k % 2 === 0 ? 3 : 2 } })],
    ['many points cleared and put back', { n: 20_000 }, (k) => (k % 2 === 0 ? { clear: true } : { undo: true })],
    [
      'a long stroke taken back again and again',
      {},
      (k) => (k < 9000 ? { set: { l1: k % 2 }, ...stroke(k) } : k % 2 === 0 ? { undo: true } : { redo: true }),
    ],
    ['pins of a large network', { hidden: 256 }, (k) => (k % 2 === 0 ? { pin: place } : { release: place })],
    ['ids that are not there', {}, () => ({ erase: ids })],
  ];
  const { options: _, ...empty } = createSession(core).toJSON();
  for (const [what, options, edit] of table) {
    const events = Array.from({ length: 10_000 }, (_, k) => ({ step: 0, ...edit(k) }));
    const session = openSessionOn(core, /** @type {any} */ ({ ...empty, options, events }));
    assert.match(session.warnings.join(), /from number \d+ on they are dropped; together they change too much/, what);
    session.free();
  }
});

test('10,000 corrupted links: no exception, bounded warnings, nothing polluted', () => {
  const random = generator(99);
  const integer = (/** @type {number} */ most) => Math.floor(random() * most);
  const links = Array.from({ length: 25 }, (_, k) => {
    const session = createSession(core, { ...randomOptions(k), goal: 'loss<0.1' });
    performRandomRun(session, k, 100);
    const link = session.link({ checkpoint: k % 3 === 0 });
    session.free();
    return link;
  });
  const nasty = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '__proto__',
    'constructor',
    '9'.repeat(400),
  ];
  nasty.push(
    '-1',
    'NaN',
    '1e308',
    '%00',
    '%FF%FE',
    '\u0000',
    '\ud800',
    '💥',
    '../../etc',
    'javascript:alert(1)',
    '',
    'A'.repeat(3000),
  );
  const insert = (/** @type {string} */ text, /** @type {string} */ what) => {
    const at = integer(text.length + 1);
    return text.slice(0, at) + what + text.slice(at);
  };
  const ascii = (/** @type {string} */ text) => text.replace(/[^ -~]/g, '?');
  const pick = () => nasty[integer(nasty.length)];
  /** @type {((link: string) => string)[]} */
  const damages = [
    (link) => link.slice(0, integer(link.length)),
    (link) => link.slice(integer(link.length)),
    (link) => {
      const at = integer(link.length);
      return link.slice(0, at) + String.fromCharCode(link.charCodeAt(at) ^ (1 << integer(7))) + link.slice(at + 1);
    },
    (link) => insert(link, pick()),
    (link) =>
      link.replace(/=[^&]*/g, (value) =>
        random() < 0.2 ? `=${encodeURIComponent(pick().replace('\ud800', ''))}` : value,
      ),
    (link) => `${link}&${pick()}=${pick()}`,
    (link) => encodeURIComponent(ascii(link)),
    (link) => btoa(ascii(link)),
    (link) => link.split('').reverse().join(''),
    (link) =>
      link.replace(
        /log=([^&]*)/,
        (_, log) => `log=${insert(log.slice(0, integer(log.length)), 'AZaz09-_'[integer(8)])}`,
      ),
    () => Array.from({ length: integer(300) }, () => String.fromCharCode(integer(256))).join(''),
  ];
  const before = core.memorySize;
  for (let k = 0; k < 10000; k++) {
    let link = links[integer(links.length)];
    for (let times = 1 + integer(2); times > 0; times--) link = damages[integer(damages.length)](link);
    const session = openSessionOn(core, link);
    assert.ok(session.warnings.length <= 25);
    assert.ok(session.warnings.every((warning) => warning.length < 400));
    assert.ok(session.points.length <= 20000);
    if (k % 50 === 0) session.train(1);
    session.free();
  }
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(Object.keys(Object.prototype).length, 0);
  assert.ok(core.memorySize <= Math.max(before, 64 * 2 ** 20));
});

test('values inside values inside values are named shortly', async () => {
  let [deep, wide] = [/** @type {unknown} */ (1), /** @type {unknown} */ (1)];
  for (let k = 0; k < 10_000; k++) deep = [deep];
  for (let k = 0; k < 7; k++) wide = [wide, wide, wide, wide, wide, wide];
  for (const value of [deep, wide]) {
    const events = [value, { step: value }, { step: 0, add: [value] }, { step: 0, data: { preset: value } }];
    const options = { hidden: value, goal: value, points: [value], lock: value };
    const session = await openSession(/** @type {any} */ ({ format: value, version: 1, options, events, step: value }));
    assert.ok(session.warnings.length >= 9, session.warnings.join('\n'));
    assert.ok(session.warnings.every((warning) => warning.length < 200));
  }
});

test('a number without a value has no sign either: the same bits after a link', async () => {
  const session = createSession(core, {
    seed: 3,
    l1: -0,
    momentum: -0,
    optimizer: 'momentum',
    noise: -0,
    testSplit: -0,
  });
  session.edit({ set: { l2: -0 } });
  session.train(20);
  for (const source of [session.link(), JSON.stringify(session)]) {
    const opened = await openSession(source);
    assert.deepEqual(opened.settings, session.settings, 'Object.is tells -0 from 0');
    await opened.seek(20);
    assert.deepEqual(opened.points, session.points);
    assert.equal(opened.hash(), session.hash());
  }
});

test('JSON from foreign hands pollutes nothing', async () => {
  const text =
    '{"format":"two-layer-session","version":1,"options":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},' +
    '"events":[{"step":0,"__proto__":{"polluted":1},"set":{"__proto__":{"hidden":9}}},{"step":0,"add":[{"x":1,"y":1,"class":0,"__proto__":{"polluted":1}}]}],"step":0}';
  const session = await openSession(text);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.ok(session.warnings.length > 0);
});
