import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { presetNames } from '../web/engine/presets.js';
import { createSession } from '../web/engine/session.js';
import { isFlapping, labelEntropy, presentClasses, saturatedShare } from '../web/playground/watch.js';

const core = await loadCore();

test('a falling loss does not flap, a jumping one does', () => {
  const falling = Array.from({ length: 100 }, (_, i) => 0.7 * 0.97 ** i);
  const jumping = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.2 : 0.6));
  assert.ok(!isFlapping(falling));
  assert.ok(isFlapping(jumping));
  assert.ok(!isFlapping([]));
});

test('one jump, of an edit, is not flapping', () => {
  assert.ok(!isFlapping([0.1, 0.1, 0.1, 0.4, 0.38, 0.35, 0.3]));
});

for (const preset of presetNames) {
  test(`with α = 1 ${preset} never flaps`, () => {
    const session = createSession(core, { preset });
    for (let i = 0; i < 40; i += 1) {
      session.train(50);
      const { values, length } = session.losses;
      assert.ok(!isFlapping(values, length), `step ${session.step}`);
    }
    session.free();
  });
}

test('with an α far too large it flaps', () => {
  const session = createSession(core, { preset: 'ring', learningRate: 30 });
  session.train(200);
  const { values, length } = session.losses;
  assert.ok(isFlapping(values, length));
  session.free();
});

test('label entropy is what knowing nothing costs', () => {
  const classes = (/** @type {number[]} */ list) => list.map((kind) => ({ class: kind }));
  assert.ok(Math.abs(labelEntropy(classes([0, 1, 0, 1])) - Math.LN2) < 1e-15);
  assert.equal(labelEntropy(classes([1, 1])), 0);
  assert.ok(Math.abs(labelEntropy(classes([0, 1, 2])) - Math.log(3)) < 1e-15);
});

test('the classes that are there, in order', () => {
  assert.deepEqual(presentClasses([{ class: 1 }, { class: 0 }, { class: 1 }]), [0, 1]);
});

test('a unit is saturated where g′ is nothing at every example', () => {
  const A1 = { rows: 2, cols: 3, data: [1, 1, 0, 0.5, 1, 0] };
  assert.equal(saturatedShare(A1, 'sigmoid'), 0.5);
  assert.equal(saturatedShare({ rows: 1, cols: 2, data: [0, 0] }, 'relu'), 1);
  assert.equal(saturatedShare({ rows: 1, cols: 2, data: [-1, 1] }, 'tanh'), 1);
  assert.equal(saturatedShare({ rows: 1, cols: 0, data: [] }, 'tanh'), 0);
});
