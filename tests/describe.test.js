import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, sharesOfPlane } from '../web/playground/describe.js';

test('shares of the plane sum to one', () => {
  assert.deepEqual(sharesOfPlane([1, -1, -2, 3, -1], 2), [0.6000000000000001, 0.4]);
  assert.deepEqual(sharesOfPlane([1, 2, 0, 5, 1, 1], 3), [0.5, 0.5, 0]);
});

test('the picture in words', () => {
  const words = describe({ shares: [0.25, 0.75], loss: 0.0871, step: 1234, accuracy: 0.985, points: 200, hidden: 4 });
  assert.equal(
    words,
    'A 25 %, B 75 % of the plane. 200 points, 99 % right, 3 wrong. Loss 0.087 at step 1,234. 4 hidden units.',
  );
});

test('test points have a sentence of their own', () => {
  const state = { shares: [0.5, 0.5], loss: 0.1, step: 9, accuracy: 0.9, points: 80, hidden: 4 };
  assert.equal(
    describe({ ...state, test: { points: 20, accuracy: 0.75 } }),
    'A 50 %, B 50 % of the plane. 80 points, 90 % right, 8 wrong. 20 test points, 75 % right. Loss 0.100 at step 9. 4 hidden units.',
  );
  assert.doesNotMatch(describe({ ...state, test: { points: 0, accuracy: Number.NaN } }), /test/);
});

test('one point, one unit, and none', () => {
  const state = { shares: [0, 1], loss: 0.5, step: 1, accuracy: 1, points: 1, hidden: 1 };
  assert.match(describe(state), /1 point, 100 % right, 0 wrong\..* 1 hidden unit\./);
  assert.equal(describe({ ...state, points: 0, hidden: 2 }), 'No points. 2 hidden units.');
});
