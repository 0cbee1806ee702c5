import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { Keyframes } from '../web/engine/session/keyframes.js';
import { createSession, Session } from '../web/engine/session.js';

const core = await loadCore();

/**
 * @param {number} step
 * @param {number} [index]
 * @returns {import('../web/engine/session/player.js').Keyframe} of 10 kB
 */
const keyframe = (step, index = 0) => ({
  step,
  index,
  scene: /** @type {any} */ ({ points: [] }),
  state: new Uint8Array(10_000),
});

test('gives the last keyframe at or before a step', () => {
  const keyframes = new Keyframes(keyframe(0));
  for (const step of [30, 10, 20]) keyframes.add(keyframe(step));
  assert.deepEqual(
    [0, 9, 10, 29, 30, 99].map((step) => keyframes.before(step).step),
    [0, 0, 10, 20, 30, 30],
  );
});

test('stays within a few MB; the older, the sparser, and the first is kept', () => {
  const first = keyframe(0);
  const keyframes = new Keyframes(first);
  for (let step = 1; step <= 5000; step++) keyframes.add(keyframe(step));
  assert.ok(keyframes.size * 10_000 <= 4e6, `${keyframes.size}`);
  assert.equal(keyframes.first, first);
  const gap = (/** @type {number} */ step) => step - keyframes.before(step - 1).step;
  assert.ok(gap(4990) <= 2, `${gap(4990)}`);
  assert.ok(gap(4990) < gap(1000));
});

test('forgets what comes after a place: at the same step, the later events', () => {
  const keyframes = new Keyframes(keyframe(0));
  for (const [step, index] of [
    [10, 1],
    [20, 1],
    [20, 3],
    [30, 3],
  ]) {
    keyframes.add(keyframe(step, index));
  }
  keyframes.truncate({ step: 20, index: 2 });
  assert.equal(keyframes.size, 3);
  assert.equal(keyframes.before(99).index, 1);
});

test('a fork takes no keyframe of the old future', async () => {
  const options = { n: 400, hidden: 16 };
  const session = createSession(core, options);
  session.train(6000);
  await session.seek(1500);
  session.edit({ set: { learningRate: 0.2 } });
  session.train(4500);
  const fresh = new Session(core, { log: session.log });
  await fresh.seek(6000);
  const plain = createSession(core, options);
  plain.train(1500);
  plain.edit({ set: { learningRate: 0.2 } });
  plain.train(2500);
  await session.seek(4000);
  assert.equal(session.hash(), plain.hash());
  await session.seek(6000);
  assert.equal(session.hash(), fresh.hash());
});
