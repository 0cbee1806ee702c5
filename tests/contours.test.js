import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lead, traceLevel } from '../web/playground/contours.js';

/**
 * Samples a function at columns × rows integer places.
 *
 * @param {number} columns
 * @param {number} rows
 * @param {(x: number, y: number) => number} f
 */
function sample(columns, rows, f) {
  return Float32Array.from({ length: columns * rows }, (_, i) => f(i % columns, Math.floor(i / columns)));
}

/** @param {ReturnType<typeof traceLevel>} segments */
function pairs(segments) {
  const found = [];
  for (let i = 0; i < segments.length; i += 4) found.push(segments.slice(i, i + 4));
  return found;
}

test('a plane has a straight line, exactly between the samples', () => {
  const z = sample(4, 3, (x) => x - 1.25);
  const segments = pairs(traceLevel(z, 4, 3, 0));
  assert.equal(segments.length, 2); // one a row of cells
  for (const [x0, , x1] of segments) assert.deepEqual([x0, x1], [1.25, 1.25]);
});

test('another level moves the line', () => {
  const z = sample(4, 2, (x) => x - 1.25);
  assert.deepEqual(
    traceLevel(z, 4, 2, 0.5).filter((_, i) => i % 2 === 0),
    [1.75, 1.75],
  );
});

test('a circle is closed: every end of a segment is the beginning or end of exactly one other', () => {
  const z = sample(20, 20, (x, y) => 36 - (x - 9.6) ** 2 - (y - 9.3) ** 2);
  const segments = traceLevel(z, 20, 20, 0);
  const ends = new Map();
  for (let i = 0; i < segments.length; i += 2) {
    const key = `${segments[i]} ${segments[i + 1]}`;
    ends.set(key, (ends.get(key) ?? 0) + 1);
    assert.ok(Math.abs(Math.hypot(segments[i] - 9.6, segments[i + 1] - 9.3) - 6) < 0.1, key);
  }
  assert.ok(segments.length > 40);
  for (const [key, count] of ends) assert.equal(count, 2, key);
});

test('a saddle joins the corners that the cell’s mean says', () => {
  const high = traceLevel([3, -1, -1, 3], 2, 2, 0); // rows: + - / - +
  const low = traceLevel([1, -3, -3, 1], 2, 2, 0);
  assert.equal(high.length, 8);
  assert.equal(low.length, 8);
  // High: the two plus corners are one, so a line cuts off the top right corner: it touches top and right edges.
  const cutsTopRight = (/** @type {ReturnType<typeof traceLevel>} */ segments) =>
    pairs(segments).some(([x0, y0, x1, y1]) => (y0 === 0 && x1 === 1) || (y1 === 0 && x0 === 1));
  assert.ok(cutsTopRight(high));
  assert.ok(!cutsTopRight(low));
});

test('no line where nothing crosses', () => {
  assert.deepEqual(
    traceLevel(
      sample(5, 5, () => 1),
      5,
      5,
      0,
    ),
    [],
  );
});

test('with three classes, a class’s lead is its logit minus the best other', () => {
  assert.deepEqual([...lead([1, 4, 2, 3, 0, -1], 3, 0)], [-3, 3]);
});
