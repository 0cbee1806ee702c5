import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceClasses, traceLevel } from '../web/playground/contours.js';

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

test('the boundaries of three classes meet in one point, and no class has a line inside another', () => {
  // Three planes, equal at (7.3, 6.2): thirds of the plane.
  const size = 15;
  const logits = [0, 1, 2].flatMap((k) => [[Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3)]]);
  const z = Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const place = Math.floor(i / 3);
    const [a, b] = logits[i % 3];
    return a * ((place % size) - 7.3) + b * (Math.floor(place / size) - 6.2);
  });
  const segments = pairs(traceClasses(z, 3, size, size));
  const near = segments.filter(([x0, y0, x1, y1]) =>
    [Math.hypot(x0 - 7.3, y0 - 6.2), Math.hypot(x1 - 7.3, y1 - 6.2)].some((distance) => distance < 1e-4),
  );
  assert.equal(near.length, 3, 'each pair’s line ends there');
  for (const [x0, y0, x1, y1] of segments) {
    const [x, y] = [(x0 + x1) / 2 - 7.3, (y0 + y1) / 2 - 6.2];
    const [best, second, least] = logits.map(([a, b]) => a * x + b * y).sort((a, b) => b - a);
    assert.ok(Math.abs(best - second) < 1e-4 && best - least > -1e-4, `${x}, ${y}`);
  }
});
