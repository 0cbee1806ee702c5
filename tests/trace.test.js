import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trace } from '../web/engine/session/trace.js';

/** A slow fall with one spike up and one down. @param {number} step */
const value = (step) => (step === 61_803 ? 9 : step === 31_415 ? -1 : 1 / (1 + step / 1000));

test('keeps every value while there are few', () => {
  const trace = new Trace(10);
  trace.add(10, [3, 1, 2]);
  assert.deepEqual(trace.curve, { steps: [10, 11, 12], values: [3, 1, 2], length: 3 });
  assert.equal(trace.end, 13);
});

test('stays within its memory, and spikes survive in their places', () => {
  const trace = new Trace(0);
  for (let first = 0; first < 200_000; first += 1000) {
    trace.add(
      first,
      Array.from({ length: 1000 }, (_, k) => value(first + k)),
    );
  }
  const { steps, values, length } = trace.curve;
  assert.ok(length <= 2 * 2048, `${length} points`);
  assert.equal(values[steps.indexOf(61_803)], 9);
  assert.equal(values[steps.indexOf(31_415)], -1);
  assert.ok(
    steps.every((step, k) => k === 0 || step > steps[k - 1]),
    'steps ascend',
  );
  assert.ok(
    steps.every((step, k) => values[k] === value(step)),
    'each value is of its step',
  );
});

test('values that are known already are passed over', () => {
  const trace = new Trace(0);
  trace.add(0, [5, 4, 3]);
  trace.add(1, [99, 99, 2]);
  assert.deepEqual(trace.curve.values, [5, 4, 3, 2]);
});

test('forgets what comes after a step, in whole buckets and within one', () => {
  const trace = new Trace(0);
  trace.add(
    0,
    Array.from({ length: 10_000 }, (_, step) => step % 7),
  );
  assert.ok(trace.width > 1);
  trace.truncate(5001);
  assert.equal(trace.end, 5001);
  assert.ok(Math.max(...trace.curve.steps) <= 5000);
  trace.add(5001, [42]);
  assert.equal(trace.curve.values.at(-1), 42);
});
