import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plotKey } from '../web/playground/plot-keys.js';

const points = [
  { id: 3, x: 0, y: 0, class: 0 },
  { id: 8, x: 1, y: 1, class: 1 },
];
/**
 * @param {Partial<import('../web/playground/plot-keys.js').Surface>} more
 * @returns {import('../web/playground/plot-keys.js').Surface}
 */
function surface(more = {}) {
  return {
    points,
    cursor: { x: 0, y: 0 },
    selected: undefined,
    moving: false,
    classes: 2,
    brush: 0,
    stroke: () => 5,
    ...more,
  };
}
/**
 * @param {string} name
 * @param {Partial<import('../web/playground/plot-keys.js').KeyPress>} more
 */
const key = (name, more = {}) => ({ key: name, shift: false, control: false, repeat: false, ...more });

/** @typedef {import('../web/playground/plot-keys.js').Intent} Intent */

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

test('arrows move the cross-hair by 0.1, with Shift by 0.5, and not past the edge', () => {
  assert.deepEqual(plotKey(key('ArrowRight'), surface()), [{ kind: 'cursor', place: { x: 0.1, y: 0 } }]);
  assert.deepEqual(plotKey(key('ArrowUp', { shift: true }), surface()), [{ kind: 'cursor', place: { x: 0, y: 0.5 } }]);
  const edge = surface({ cursor: { x: -3, y: 0 } });
  assert.deepEqual(plotKey(key('ArrowLeft'), edge), [{ kind: 'cursor', place: { x: -3, y: 0 } }]);
});

test('three steps to the right and three to the left meet again', () => {
  let cursor = { x: 0, y: 0 };
  for (const name of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) {
    cursor = as('cursor', plotKey(key(name), surface({ cursor }))?.[0]).place;
  }
  assert.deepEqual(cursor, { x: 0, y: 0 });
});

test('Enter holds the spray; its repeats are nothing new', () => {
  assert.deepEqual(plotKey(key('Enter'), surface()), [{ kind: 'hold-spray' }]);
  assert.deepEqual(plotKey(key('Enter', { repeat: true }), surface()), []);
});

test('brackets walk through the points in order, both ways round', () => {
  assert.equal(as('select', plotKey(key(']'), surface())?.[0]).id, 3);
  assert.equal(as('select', plotKey(key(']'), surface({ selected: 8 }))?.[0]).id, 3);
  assert.equal(as('select', plotKey(key('['), surface())?.[0]).id, 8);
  assert.deepEqual(plotKey(key(']'), surface({ selected: 3 }))?.[1], { kind: 'cursor', place: { x: 1, y: 1 } });
});

test('M and arrows move the chosen point; Enter puts it down', () => {
  assert.deepEqual(plotKey(key('m'), surface({ selected: 8 })), [
    { kind: 'select', id: 8 },
    { kind: 'moving', on: true },
  ]);
  const moving = surface({ selected: 8, moving: true });
  assert.deepEqual(plotKey(key('ArrowDown', { shift: true }), moving)?.[0], {
    kind: 'move',
    moves: [{ id: 8, x: 1, y: 0.5 }],
    stroke: 5,
  });
  assert.deepEqual(plotKey(key('Enter'), moving), [{ kind: 'moving', on: false }]);
});

test('Delete erases the chosen point, else the one under the cross-hair', () => {
  assert.deepEqual(plotKey(key('Delete'), surface({ selected: 8 })), [{ kind: 'erase', ids: [8], stroke: 5 }]);
  assert.deepEqual(plotKey(key('Delete'), surface()), [{ kind: 'erase', ids: [3], stroke: 5 }]);
  assert.deepEqual(plotKey(key('Delete'), surface({ cursor: { x: -2, y: 0 } })), []);
});

test('C flips the chosen point’s class; digits choose the brush', () => {
  assert.deepEqual(plotKey(key('c'), surface({ selected: 8 })), [
    { kind: 'relabel', labels: [{ id: 8, class: 0 }], stroke: 5 },
  ]);
  assert.deepEqual(plotKey(key('2'), surface()), [{ kind: 'brush', class: 1 }]);
  assert.deepEqual(plotKey(key('3'), surface()), []);
  assert.deepEqual(plotKey(key('3'), surface({ classes: 3 })), [{ kind: 'brush', class: 2 }]);
});

test('Ctrl+Z and Ctrl+Shift+Z undo and redo', () => {
  assert.deepEqual(plotKey(key('z', { control: true }), surface()), [{ kind: 'undo' }]);
  assert.deepEqual(plotKey(key('Z', { control: true, shift: true }), surface()), [{ kind: 'redo' }]);
});

test('other keys are left to the browser', () => {
  for (const name of ['Tab', 'F5', 'q', ' ']) assert.equal(plotKey(key(name), surface()), undefined, name);
  assert.equal(plotKey(key('c', { control: true }), surface()), undefined, 'Ctrl+C copies');
  assert.equal(plotKey(key('Escape'), surface()), undefined);
});
