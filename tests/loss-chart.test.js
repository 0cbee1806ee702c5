import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ceiling, formatTick, horizon, roundTicks } from '../web/playground/loss-chart.js';

test('the step axis ends on a round number beyond the present', () => {
  assert.deepEqual([0, 50, 100, 612, 900, 10_000, 123_456].map(horizon), [100, 100, 150, 800, 1500, 15_000, 150_000]);
});

test('ticks are round and no more than asked for', () => {
  assert.deepEqual(roundTicks(0.8, 4), [0, 0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(roundTicks(800, 5), [0, 200, 400, 600, 800]);
  assert.deepEqual(roundTicks(0.8, 1), [0]);
  for (const end of [0.81, 3, 47.5, 1e6]) {
    for (const count of [1, 2, 5]) assert.ok(roundTicks(end, count).length <= count + 1, `${end} in ${count}`);
  }
});

test('a tick has few enough signs to stand beside the axis', () => {
  assert.deepEqual([0, 0.25, 2.5, 40, 7500, 20_000, 2e33].map(formatTick), [
    '0',
    '0.25',
    '2.5',
    '40',
    '7500',
    '2e4',
    '2e33',
  ]);
  for (const end of [0.8, 47, 999, 4321, 1.7e33]) {
    for (const value of roundTicks(end, 7)) assert.ok(formatTick(value).length <= 4, `${value}`);
  }
  for (const end of [12_345, 2.1e6, 1.7e33]) {
    const words = roundTicks(end, 5).map((value) => [value, formatTick(value)]);
    for (const [value, text] of words) assert.ok(text === '' || Number(text) === value, `${text} beside ${value}`);
    assert.ok(words.filter(([, text]) => text !== '').length >= 3, `${words}`);
  }
});

test('the loss axis shows the highest value, and what knowing nothing costs', () => {
  const story = {
    steps: [],
    values: [0.5],
    testSteps: [],
    testValues: [],
    step: 1,
    loss: 0.4,
    entropy: 0.6,
    flags: [],
  };
  assert.ok(ceiling(story) > 0.6 && ceiling(story) < 0.75);
  assert.ok(ceiling({ ...story, values: [5] }) > 5);
  assert.ok(Number.isFinite(ceiling({ ...story, values: [Infinity], loss: Number.NaN })));
});
