/**
 * Feeds what reads foreign text with noise: links, packed logs whose check is right, files, goals, tables. Each seed
 * gives the same noise.
 *
 *     FUZZ_SECONDS=3 FUZZ_SEED=1 node tests/fuzz/parsers.js
 */
import assert from 'node:assert/strict';
import { loadCore } from '../../web/engine/core.js';
import { verify } from '../../web/engine/index.js';
import { openSessionOn } from '../../web/engine/open-session.js';
import { BitWriter } from '../../web/engine/session/bits.js';
import { parseGoal } from '../../web/engine/session/goal.js';
import { createSession } from '../../web/engine/session.js';
import { isSession } from '../../web/playground/files.js';
import { convertTable, guessMapping, readTable } from '../../web/playground/points-file.js';
import { generator, performRandomRun, randomOptions } from '../helpers/random-runs.js';

const seconds = Number(process.env.FUZZ_SECONDS ?? 3);
const firstSeed = Number(process.env.FUZZ_SEED ?? Date.now() % 1e9);
const core = await loadCore();

const words = [
  ...[
    'preset',
    'points',
    'log',
    'step',
    'at',
    'arithmetic',
    'checkpoint',
    'goal',
    'lock',
    'features',
    'hidden',
    'seed',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'loss<0.1',
    'none',
    'iris',
    'true',
    '[]',
    '{}',
    'null',
    '""',
    '&',
    '=',
    '#',
  ],
  ...['%', '%25', '%E0%A4%A', '\u0000', '\ud800', '💥', '<b>', '"', "'", '\n', ',', ';', '\t', '1e999', '-0', 'NaN'],
  ...['9007199254740993', '0.1', '-1', '1e-400', '9'.repeat(500), 'A'.repeat(2000), '/'.repeat(99), '_'.repeat(99)],
];

const corpus = Array.from({ length: 30 }, (_, k) => {
  const session = createSession(core, {
    ...randomOptions(k),
    ...(k % 4 === 0 ? { goal: 'loss<0.1 & hidden<=3' } : {}),
  });
  performRandomRun(session, k, 60);
  const texts = [session.link(), session.link({ checkpoint: true }), JSON.stringify(session)];
  session.free();
  return texts;
}).flat();
const tables = ['x,y,class\n1,2,A\n-1,0.5,B\n', 'a;b;c\n1,5;2;0\n', '1\t2\t0\r\n"3"\t"4"\t1', '# c\n1 2 0\n'];

/** @param {() => number} random */
function tools(random) {
  const integer = (/** @type {number} */ most) => Math.floor(random() * (most + 1));
  /** @template Item @param {readonly Item[]} list @returns {Item} */
  const pick = (list) => list[integer(list.length - 1)];
  /** @param {string} text @returns {string} */
  const mutate = (text) => {
    const [a, b] = [integer(text.length), integer(text.length)].sort((one, other) => one - other);
    return pick([
      () => text.slice(0, a),
      () => text.slice(a),
      () => text.slice(0, a) + text.slice(b),
      () => text.slice(0, b) + text.slice(a),
      () => text.slice(0, a) + pick(words) + text.slice(a),
      () => text.slice(0, a) + pick(words) + text.slice(b),
      () => text.slice(0, a) + String.fromCharCode(text.charCodeAt(a) ^ (1 << integer(15))) + text.slice(a + 1),
      () => text.slice(0, a) + pick(corpus).slice(integer(400)),
      () => text.replace(/\d+/g, (digits) => (random() < 0.1 ? pick(words) : digits)),
      () => encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?')),
    ])();
  };
  return { integer, pick, mutate };
}

/** Packed bits with the check at their end that the reader wants. @param {string} body */
function sealed(body) {
  let hash = 0x811c9dc5;
  for (let k = 0; k < body.length; k++) hash = Math.imul(hash ^ body.charCodeAt(k), 0x01000193);
  const writer = new BitWriter();
  writer.write((hash >>> 0) % 4096, 12);
  return body + writer.finish();
}

/** A link whose packed parts are noise, or damaged, but not to be told by their check. @param {() => number} random */
function makeSealedLink(random) {
  const { integer, pick, mutate } = tools(random);
  const noise = () => {
    const writer = new BitWriter();
    // Long runs of one digit make large numbers and long lists.
    for (let k = integer(60); k > 0; k--)
      writer.write(pick([0, 0xffffffff, Math.floor(random() * 2 ** 32)]), 1 + integer(31));
    return writer.finish();
  };
  const body = (/** @type {string} */ name) =>
    pick(corpus)
      .match(new RegExp(`${name}=([\\w-]*)`))?.[1]
      .slice(0, -2) ?? '';
  const part = (/** @type {string} */ name) => {
    const from = pick([
      noise,
      () => body(name),
      () => mutate(body(name)).replace(/[^\w-]/g, ''),
      () => body(name) + noise(),
    ]);
    return `${name}=${sealed(from())}`;
  };
  return [
    `preset=${pick(['ring', 'iris', 'none'])}`,
    part('log'),
    ...(random() < 0.3 ? [part('points')] : []),
    'step=99',
  ].join('&');
}

/** JSON whose values are changed, not its letters. @param {() => number} random */
function makeFile(random) {
  const { pick } = tools(random);
  const odd = [
    null,
    true,
    -1,
    0.5,
    1e300,
    2 ** 53,
    '',
    'ring',
    [],
    {},
    [[]],
    { x: 1 },
    [1, 2, 3],
    'A'.repeat(300),
    '__proto__',
  ];
  const text = corpus.filter((candidate) => candidate.startsWith('{'));
  return JSON.stringify(
    JSON.parse(pick(text), (_, value) => (random() < 0.04 ? pick(odd) : random() < 0.02 ? [value, value] : value)),
  );
}

/** @param {string} text */
function checkOpening(text) {
  isSession(text);
  const session = openSessionOn(core, text);
  try {
    assert.ok(session.warnings.length <= 25, `${session.warnings.length} warnings`);
    assert.ok(session.warnings.every((warning) => typeof warning === 'string' && warning.length < 500));
    assert.ok(session.points.length <= 20_000);
    assert.equal(session.step, session.replayed ? 0 : session.end, 'opening does not train');
    // What was taken over is sound: its own link says it all, and is taken whole.
    const link = session.link();
    const again = openSessionOn(core, link);
    assert.deepEqual([again.warnings, again.link()], [[], link]);
    const json = JSON.stringify(session);
    const filed = openSessionOn(core, json);
    const { arithmetic: _, ...run } = JSON.parse(json);
    const { arithmetic: __, ...back } = filed.toJSON();
    assert.deepEqual(back, run);
    session.train(2);
    for (const one of [again, filed]) one.free();
  } finally {
    session.free();
  }
}

const kinds = Object.freeze({
  link: async (/** @type {() => number} */ random) => {
    const { integer, pick, mutate } = tools(random);
    let text = pick(corpus);
    for (let k = integer(3); k >= 0; k--) text = mutate(text);
    checkOpening(text);
    return text;
  },
  sealed: async (/** @type {() => number} */ random) => {
    const text = makeSealedLink(random);
    checkOpening(text);
    return text;
  },
  file: async (/** @type {() => number} */ random) => {
    const text = makeFile(random);
    checkOpening(text);
    return text;
  },
  verify: async (/** @type {() => number} */ random) => {
    const { pick, mutate } = tools(random);
    const text = pick([() => mutate(pick(corpus)), () => makeSealedLink(random), () => makeFile(random)])();
    const task = pick([() => pick(corpus), () => mutate(pick(corpus)), () => makeSealedLink(random)])();
    await verify(text, { task, maxWork: 1e5 }).catch((error) => {
      // What is no run at all, or no task, is refused by name.
      if (!(error instanceof TypeError || error instanceof RangeError) || !/^(source|task)/.test(error.message))
        throw error;
    });
    return `${text}\n${task}`;
  },
  goal: async (/** @type {() => number} */ random) => {
    const { integer, mutate } = tools(random);
    let text = 'loss<0.1 & hidden<=3 & accuracy>=0.95';
    for (let k = integer(4); k >= 0; k--) text = mutate(text);
    const { conditions, problem } = parseGoal(text);
    assert.ok(conditions.every(({ bound }) => Number.isFinite(bound)) || problem !== '', text);
    return text;
  },
  table: async (/** @type {() => number} */ random) => {
    const { integer, pick, mutate } = tools(random);
    let text = pick(tables);
    for (let k = integer(5); k >= 0; k--) text = mutate(text);
    const table = readTable(text);
    if (table === undefined) return text;
    const { points } = convertTable(table, guessMapping(table));
    for (const point of points) assert.ok(Number.isFinite(point.x) && Number.isFinite(point.y) && point.class < 4);
    return text;
  },
});

const counts = Object.fromEntries(Object.keys(kinds).map((name) => [name, 0]));
const deadline = Date.now() + seconds * 1000;
for (let seed = firstSeed; Date.now() < deadline; seed++) {
  for (const [name, run] of Object.entries(kinds)) {
    try {
      await run(generator(seed));
    } catch (error) {
      console.error(`${name} fails: FUZZ_SEED=${seed} node tests/fuzz/parsers.js`);
      throw error;
    }
    counts[name]++;
  }
}
assert.equal(Object.keys(Object.prototype).length, 0);
console.log(
  `seeds from ${firstSeed}: ${Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}`,
);
