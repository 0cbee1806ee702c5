import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInside, nearest, snap, toPixels, toPlane, within } from '../web/playground/plane.js';

test('snaps to multiples of 1/512 inside the plane', () => {
  assert.equal(snap(0.1), 51 / 512);
  assert.equal(snap(7), 3);
  assert.equal(snap(-7), -3);
  assert.ok(Object.is(snap(-0.0001), 0), 'no negative zero');
});

test('the middle of the square is the origin, and up is up', () => {
  assert.deepEqual(toPlane(280, 280, 560), { x: 0, y: 0 });
  assert.deepEqual(toPlane(560, 0, 560), { x: 3, y: 3 });
  assert.deepEqual(toPixels({ x: -3, y: -3 }, 560), { left: 0, top: 560 });
});

test('pixels and plane are inverse', () => {
  const { left, top } = toPixels({ x: 1.25, y: -2.5 }, 343);
  const { x, y } = toPlane(left, top, 343);
  assert.ok(Math.abs(x - 1.25) < 1e-12 && Math.abs(y + 2.5) < 1e-12);
});

test('the nearest point within reach; of equals the topmost', () => {
  const points = [
    { id: 1, x: 0, y: 0 },
    { id: 2, x: 1, y: 0 },
    { id: 3, x: 0, y: 0 },
  ];
  assert.equal(nearest(points, { x: 0.1, y: 0 }, 0.2)?.id, 3);
  assert.equal(nearest(points, { x: 0.5, y: 0.5 }, 0.2), undefined);
  assert.equal(nearest(points, { x: 0, y: 0 }, -1), undefined, 'no reach');
  assert.deepEqual(
    within(points, { x: 0, y: 0 }, 0.2).map(({ id }) => id),
    [1, 3],
  );
});

test('knows its edge', () => {
  assert.ok(isInside({ x: 3, y: -3 }));
  assert.ok(!isInside({ x: 3.01, y: 0 }));
});
