import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrate, compare, compareRates, quantile } from './bench/measure.js';
import { asSlowdown, judge, showNumber, showRate } from './bench/table.js';

/**
 * A side that takes `ms` a unit on a clock of its own, `overhead` ms a slice, and writes down its slices.
 *
 * @param {number} ms
 * @param {{ work?: number, overhead?: number, log?: string[], name?: string }} [options]
 */
function machine(ms, { work = 1, overhead = 0, log = [], name = '' } = {}) {
  /** @type {number[]} */
  const counts = [];
  return {
    work,
    counts,
    /** @param {number} count */
    slice(count) {
      counts.push(count);
      log.push(name);
      return count * ms + overhead;
    },
  };
}

test('a quantile lies between its neighbours, in proportion', () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2);
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([10, 20, 30, 40, 50], 0.25), 20);
  assert.equal(quantile([7], 0.9), 7);
  assert.throws(() => quantile([], 0.5), /values/);
});

test('ratios are of the two best slices, and of pairs', () => {
  // The second round is disturbed for both sides, the third for ours alone.
  const found = compareRates([10, 5, 2, 9, 8], [5, 2.5, 4, 4.5, 4]);
  assert.equal(found.best, 2);
  assert.equal(found.median, 2);
  assert.equal(found.low, 2);
  assert.equal(found.high, 2);
  assert.equal(found.ours, 10);
  assert.equal(found.theirs, 5);
});

test('a slice is calibrated to its length', async () => {
  for (const ms of [0.0001, 0.01, 0.3, 1]) {
    const count = await calibrate(machine(ms), { slice: 7, warmUp: 50 });
    assert.ok(count * ms > 4 && count * ms < 11, `${count} units of ${ms} ms`);
  }
});

test('a unit longer than a slice is a slice', async () => {
  const slow = machine(40);
  assert.equal(await calibrate(slow, { slice: 7, warmUp: 80 }), 1);
  assert.ok(slow.counts.length < 5);
});

test('a comparison knows which side is faster, and by how much work', async () => {
  const found = await compare(machine(0.1), machine(0.5), 5);
  assert.ok(Math.abs(found.best - 5) < 1e-9, String(found.best));
  // A unit of theirs does ten times as much.
  const other = await compare(machine(0.1), machine(0.5, { work: 10 }), 5);
  assert.ok(Math.abs(other.median - 0.5) < 1e-9, String(other.median));
  assert.ok(Math.abs(other.theirs - 20) < 1e-9, String(other.theirs));
});

test('slices alternate, and the sides take turns to be first', async () => {
  /** @type {string[]} */
  const log = [];
  await compare(machine(7, { log, name: 'a' }), machine(7, { log, name: 'b' }), 4);
  assert.equal(log.slice(-8).join(''), 'abbaabba');
});

test('a goal is reached by both ratios, nearly by one', () => {
  const found = { best: 21, median: 19, low: 18, high: 22, ours: 1, theirs: 1 };
  assert.equal(judge(found, 18, false), 'ok');
  assert.equal(judge(found, 20, false), 'borderline');
  assert.equal(judge(found, 22, false), 'SHORT');
  assert.equal(judge(found, undefined, false), '');
  assert.equal(judge({ ...found, best: 1.1, median: 1.2 }, 1.15, true), 'borderline');
  assert.equal(judge({ ...found, best: Number.NaN, median: Number.NaN }, 18, false), 'SHORT');
});

test('a slowdown turns ratios and quartiles over', () => {
  const { best, median, low, high } = asSlowdown({ best: 0.5, median: 0.8, low: 0.4, high: 1, ours: 1, theirs: 2 });
  assert.deepEqual([best, median, low, high], [2, 1.25, 1, 2.5]);
});

test('figures show the digits that count', () => {
  assert.equal(showNumber(676_000), '676k');
  assert.equal(showNumber(1_218_900), '1.22M');
  assert.equal(showNumber(1950), '1950');
  assert.equal(showNumber(0.4812), '0.481');
  assert.equal(showRate(676, 'steps/s'), '676k steps/s');
  assert.equal(showRate(0.5, 'ms'), '2.00 ms');
  assert.equal(showRate(58e6, 'GFLOP/s'), '58.0 GFLOP/s');
});
