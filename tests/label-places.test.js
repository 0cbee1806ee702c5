import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSegment, placeAbove, placeNear } from '../web/playground/label-places.js';

/** A chart 100 px wide, with its axis at 80. */
const flat = () => new Float32Array(100).fill(80);

test('words stand above the curve, over all of their width', () => {
  const tops = flat();
  addSegment(tops, 0, 20, 50, 70);
  const box = placeAbove({ left: 30, right: 60, height: 10 }, tops, []);
  assert.deepEqual(box, { left: 30, right: 60, top: 50 - 6 - 10, bottom: 44 });
});

test('a spike between two columns is not lost', () => {
  const tops = flat();
  addSegment(tops, 40.2, 75, 40.6, 15);
  assert.equal(Math.min(...tops), 15);
});

test('words do not cover words', () => {
  const tops = flat();
  const taken = [];
  for (let i = 0; i < 4; i += 1) {
    const box = placeAbove({ left: 10 + i, right: 60, height: 12 }, tops, taken);
    assert.ok(box !== undefined);
    for (const other of taken) assert.ok(box.bottom <= other.top, `${box.bottom} on ${other.top}`);
    taken.push(box);
  }
});

test('where there is no room there is no place', () => {
  const tops = flat();
  addSegment(tops, 0, 10, 99, 10);
  assert.equal(placeAbove({ left: 10, right: 30, height: 12 }, tops, []), undefined);
  assert.equal(
    placeAbove({ left: 10, right: 30, height: 12 }, flat(), [{ left: 0, right: 99, top: 3, bottom: 79 }]),
    undefined,
  );
});

test('words that belong to a place stand there, or as near to it as is free', () => {
  const words = { left: 30, right: 50, top: 40, bottom: 52 };
  const wide = (/** @type {number} */ top, /** @type {number} */ bottom) => ({ left: 0, right: 99, top, bottom });
  assert.deepEqual(placeNear(words, [], 80), words);
  assert.equal(placeNear(words, [{ left: 70, right: 90, top: 30, bottom: 60 }], 80).top, 40, 'nothing is there');
  assert.equal(placeNear(words, [wide(45, 60)], 80).top, 45 - 12 - 2, 'above');
  assert.equal(placeNear(words, [wide(30, 44)], 80).top, 46, 'below');
  assert.equal(placeNear(words, [wide(45, 60), wide(25, 38)], 80).top, 62, 'above is too narrow');
  assert.equal(placeNear(words, [wide(45, 60)], 50).top, 31, 'below is past the floor');
  assert.equal(placeNear(words, [wide(0, 80)], 80).top, 40, 'nowhere');
});
