import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnClass, Gestures } from '../web/playground/gestures.js';

/** @typedef {import('../web/playground/gestures.js').Intent} Intent */

/**
 * A plot with some points; edits are applied as the element would.
 *
 * @param {import('../web/playground/gestures.js').Point[]} points
 * @param {import('../web/playground/gestures.js').Tool} tool
 * @param {Partial<import('../web/playground/gestures.js').Surface>} extra
 * @returns {import('../web/playground/gestures.js').Surface}
 */
function surface(points = [], tool = 0, extra = {}) {
  let strokes = 0;
  return { points, tool, selected: undefined, classes: 2, stroke: () => (strokes += 1), ...extra };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Partial<import('../web/playground/gestures.js').Press>} more
 */
const press = (x, y, more = {}) => ({ id: 1, place: { x, y }, time: 0, reach: 0.1, slop: 0.05, ...more });

/**
 * An intent that must be of this kind.
 *
 * @template {Intent['kind']} Kind
 * @param {Kind} kind
 * @param {Intent | undefined} intent
 * @returns {Extract<Intent, { kind: Kind }>}
 */
function as(kind, intent) {
  assert.equal(intent?.kind, kind);
  return /** @type {any} */ (intent);
}

test('a click adds one point of the chosen class, snapped', () => {
  const gestures = new Gestures();
  const on = surface([], 1);
  assert.deepEqual(gestures.press(press(0.1, 0.2), on), []);
  const intents = gestures.release(1, { x: 0.1, y: 0.2 }, 80, on);
  assert.deepEqual(intents, [{ kind: 'add', points: [{ x: 51 / 512, y: 102 / 512, class: 1 }], stroke: 1 }]);
});

test('a drag sprays thirty points a second by the clock, however many events come', () => {
  for (const events of [4, 60]) {
    const gestures = new Gestures();
    const on = surface();
    gestures.press(press(-2, 0), on);
    const added = [];
    for (let i = 1; i <= events; i += 1) {
      const t = i / events;
      for (const intent of gestures.advance(1, { x: -2 + 4 * t, y: 0 }, 1000 * t, on))
        added.push(...as('add', intent).points);
    }
    gestures.release(1, { x: 2, y: 0 }, 1000, on);
    assert.equal(added.length, 30, `${events} events`);
    for (const { x, y } of added) assert.ok(Math.abs(y) <= 0.25 && Math.abs(x) <= 2.26);
  }
});

test('sprayed points lie along the pointer’s way, within the radius', () => {
  const gestures = new Gestures();
  const on = surface();
  gestures.press(press(-2, -2), on);
  const [intent] = gestures.advance(1, { x: 2, y: 2 }, 2000, on);
  assert.equal(as('add', intent).points.length, 60);
  for (const { x, y } of as('add', intent).points) assert.ok(Math.abs(x - y) / Math.SQRT2 <= 0.25 + 1 / 256);
});

test('a press that stays sprays, and a flick leaves at least one point', () => {
  const gestures = new Gestures();
  const on = surface();
  gestures.press(press(0, 0), on);
  assert.deepEqual(gestures.advance(1, undefined, 200, on), []);
  assert.equal(as('add', gestures.advance(1, undefined, 500, on)[0]).points.length, 15);
  gestures.release(1, { x: 0, y: 0 }, 500, on);
  gestures.press(press(0, 0), on);
  const flick = gestures.release(1, { x: 0.5, y: 0 }, 10, on);
  assert.deepEqual(
    flick.map((intent) => as('add', intent).points.length),
    [1],
  );
});

test('no point falls outside the plane', () => {
  const gestures = new Gestures();
  const on = surface();
  gestures.press(press(2.9, 2.9), on);
  const intents = gestures.advance(1, { x: 3.5, y: 3.5 }, 3000, on);
  for (const { x, y } of as('add', intents[0]).points) assert.ok(x <= 3 && y <= 3);
  assert.ok(as('add', intents[0]).points.length < 90);
});

test('dragging a point moves it by as much as the pointer moved', () => {
  const gestures = new Gestures();
  const on = surface([{ id: 7, x: 1, y: 1, class: 0 }]);
  gestures.press(press(1.05, 1), on);
  const intents = gestures.advance(1, { x: 1.55, y: 0.5 }, 100, on);
  assert.deepEqual(intents, [{ kind: 'move', moves: [{ id: 7, x: 1.5, y: 0.5 }], stroke: 1 }]);
});

test('a tap on a point, then on a place, moves it there', () => {
  const gestures = new Gestures();
  const on = surface([{ id: 7, x: 1, y: 1, class: 0 }]);
  gestures.press(press(1, 1), on);
  assert.deepEqual(gestures.release(1, { x: 1, y: 1 }, 50, on), [{ kind: 'select', id: 7 }]);
  on.selected = 7;
  gestures.press(press(-1, -1), on);
  const intents = gestures.release(1, { x: -1, y: -1 }, 50, on);
  assert.deepEqual(as('move', intents[0]).moves, [{ id: 7, x: -1, y: -1 }]);
  assert.deepEqual(intents[1], { kind: 'select', id: undefined });
});

test('a second tap on a chosen point lets it go', () => {
  const gestures = new Gestures();
  const on = surface([{ id: 7, x: 1, y: 1, class: 0 }], 0, { selected: 7 });
  gestures.press(press(1, 1), on);
  assert.deepEqual(gestures.release(1, { x: 1, y: 1 }, 50, on), [{ kind: 'select', id: undefined }]);
});

test('the eraser, Alt and a pen’s other end erase; a fast one leaves no gap', () => {
  const points = [0, 1, 2, 3, 4].map((i) => ({ id: i, x: i / 2 - 1, y: 0, class: 0 }));
  for (const [tool, more] of /** @type {const} */ ([
    ['erase', {}],
    [0, { alt: true }],
    [1, { eraser: true }],
  ])) {
    const gestures = new Gestures();
    const on = surface(points, tool);
    gestures.press(press(-2, 0, more), on);
    const intents = gestures.advance(1, { x: 2, y: 0 }, 30, on);
    assert.deepEqual(intents, [{ kind: 'erase', ids: [0, 1, 2, 3, 4], stroke: 1 }]);
  }
});

test('a click with the eraser takes the one point that it hits', () => {
  const gestures = new Gestures();
  const on = surface(
    [
      { id: 1, x: 0, y: 0, class: 0 },
      { id: 2, x: 0.15, y: 0, class: 0 },
    ],
    'erase',
  );
  gestures.press(press(0, 0.02), on);
  assert.deepEqual(as('erase', gestures.release(1, { x: 0, y: 0.02 }, 60, on)[0]).ids, [1]);
});

test('one gesture is one stroke, the next another', () => {
  const gestures = new Gestures();
  const on = surface();
  const strokes = new Set();
  gestures.press(press(0, 0), on);
  for (const t of [100, 200, 300]) {
    for (const intent of gestures.advance(1, { x: t / 100, y: 0 }, t, on)) strokes.add(as('add', intent).stroke);
  }
  gestures.release(1, { x: 3, y: 0 }, 310, on);
  assert.deepEqual([...strokes], [1]);
  gestures.press(press(0, 0), on);
  assert.equal(as('add', gestures.release(1, { x: 0, y: 0 }, 10, on)[0]).stroke, 2);
});

test('a second finger ends the stroke and takes back what it drew', () => {
  const gestures = new Gestures();
  const on = surface();
  gestures.press(press(0, 0), on);
  gestures.advance(1, { x: 0.5, y: 0 }, 200, on);
  assert.deepEqual(gestures.press({ ...press(1, 1), id: 2 }, on), [{ kind: 'undo-stroke' }]);
  assert.deepEqual(gestures.release(1, { x: 0.5, y: 0 }, 220, on), []);
});

test('a second finger before anything was drawn takes nothing back', () => {
  const gestures = new Gestures();
  const on = surface();
  gestures.press(press(0, 0), on);
  assert.deepEqual(gestures.press({ ...press(1, 1), id: 2 }, on), []);
});

test('where points are locked nothing happens', () => {
  const gestures = new Gestures();
  const on = surface([], 0, { pointsLocked: true });
  gestures.press(press(0, 0), on);
  assert.deepEqual(gestures.release(1, { x: 0, y: 0 }, 10, on), []);
});

test('Shift means the other class, or the next of several', () => {
  assert.equal(drawnClass(0, true, 2), 1);
  assert.equal(drawnClass(1, true, 2), 0);
  assert.equal(drawnClass(2, true, 3), 0);
  assert.equal(drawnClass(1, false, 3), 1);
});
