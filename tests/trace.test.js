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

test('a curve that is cut off is as fine as another of its length', () => {
  const noise = (/** @type {number} */ step) => (step * 7919) % 1009;
  const fill = (/** @type {number} */ end) => {
    const trace = new Trace(100);
    trace.add(
      100,
      Array.from({ length: end - 100 }, (_, k) => noise(100 + k)),
    );
    return trace;
  };
  for (const end of [100, 101, 150, 2148, 2149, 5000, 30_000]) {
    const trace = fill(100_000);
    trace.truncate(end);
    const fresh = fill(end);
    assert.equal(trace.width, fresh.width);
    assert.equal(trace.end, fresh.end);
    // What the last bucket has lost is not known any more; up to 2048 steps a bucket is one.
    const begun = end > 2148 ? end - ((end - 100) % trace.width || trace.width) : end;
    const before = (/** @type {Trace} */ { curve }) =>
      curve.steps.map((step, k) => [step, curve.values[k]]).filter(([step]) => step < begun);
    assert.deepEqual(before(trace), before(fresh), `cut off at ${end}`);
    assert.ok(trace.curve.steps.every((step, k) => step < end && trace.curve.values[k] === noise(step)));
  }
});

test('an outline has few buckets, and its beginning can be had again', () => {
  const trace = new Trace(0);
  const values = Array.from({ length: 50_000 }, (_, step) => step % 97);
  trace.add(0, values);
  trace.outline(512);
  assert.ok(trace.size <= 512);
  trace.truncate(700);
  assert.deepEqual(trace.curve.values, values.slice(0, 700));
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
