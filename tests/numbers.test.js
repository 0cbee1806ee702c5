import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatLoss,
  formatNumber,
  formatPace,
  formatPercent,
  formatStep,
  parseNumber,
} from '../web/playground/numbers.js';
import { PACES, paceNotch, paceOfNotch, parsePace } from '../web/playground/pace.js';

test('a loss has three decimals, and more where it is small', () => {
  assert.deepEqual([0.0874, Math.LN2, 12.3456, 0.00004, 0, Number.NaN, Infinity, 123456].map(formatLoss), [
    '0.087',
    '0.693',
    '12.346',
    '4.0e\u22125',
    '0',
    '–',
    '∞',
    '1.23e5',
  ]);
});

test('steps are exact', () => {
  assert.equal(formatStep(2 ** 53), '9,007,199,254,740,992');
  assert.equal(formatStep(612), '612');
});

test('percent never rounds an error away', () => {
  assert.deepEqual([1, 0.5, 0.999, 0.9999, 0.001, 0].map(formatPercent), [
    '100 %',
    '50 %',
    '99.9 %',
    '99.9 %',
    '0.1 %',
    '0 %',
  ]);
});

test('numbers have a true minus, and a typed comma or minus is understood', () => {
  assert.equal(formatNumber(-1.5), '\u22121.5');
  assert.deepEqual(['1,5', '\u22122', ' 3 ', '1e3'].map(parseNumber), [1.5, -2, 3, 1000]);
  assert.ok(Number.isNaN(parseNumber('')) && Number.isNaN(parseNumber('abc')));
});

test('every pace has its notch, and the last is as fast as it goes', () => {
  for (const [i, pace] of PACES.entries()) {
    assert.equal(paceNotch(pace), i);
    assert.equal(paceOfNotch(i), pace);
  }
  assert.equal(PACES.at(-1), Infinity);
  assert.ok(PACES.includes(240));
});

test('the attribute says a pace or "max"', () => {
  assert.equal(parsePace('max'), Infinity);
  assert.equal(parsePace('60'), 60);
  assert.equal(parsePace(null), 240);
  assert.ok(Number.isNaN(parsePace('quick')));
  assert.equal(formatPace(2500), '2.5k/s');
  assert.equal(formatPace(240), '240/s');
});
