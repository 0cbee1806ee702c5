import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeText, options, parsePoints } from '../web/playground/options.js';

test('attributes are kebab-case, properties camelCase, and none is HTMLElement’s', () => {
  const taken = ['hidden', 'title', 'lang', 'role', 'part', 'slot', 'style', 'prefix', 'dataset', 'dir', 'id'];
  for (const { attribute, property } of options) {
    assert.equal(
      property,
      attribute.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
    );
    assert.ok(!taken.includes(property), property);
  }
});

test('an attribute is read as its setting wants it', () => {
  const read = (/** @type {string} */ name, /** @type {string} */ text) =>
    options.find(({ attribute }) => attribute === name)?.parse(text);
  assert.equal(read('hidden-units', '3'), 3);
  assert.equal(read('hidden-units', 'three'), 'three', 'what is no number is left for the session to name');
  assert.equal(read('batch-size', 'all'), 0);
  assert.deepEqual(read('features', 'x1-squared, sin-x2'), ['x1-squared', 'sin-x2']);
  assert.equal(read('pace', 'max'), Infinity);
});

test('points are rows or JSON', () => {
  const points = [
    { x: 1, y: -2, class: 0 },
    { x: 0.5, y: 0, class: 1 },
  ];
  assert.deepEqual(parsePoints('1, -2, A; 0.5, 0, B'), points);
  assert.deepEqual(parsePoints('1 -2 0\n0.5 0 1\n'), points);
  assert.deepEqual(parsePoints(JSON.stringify(points)), points);
  assert.deepEqual(parsePoints(''), []);
  assert.equal(parsePoints('[1, 2'), '[1, 2');
});

test('a property’s value can stand in its attribute', () => {
  assert.equal(attributeText(Infinity), 'max');
  assert.equal(attributeText(['x1-squared', 'sin-x1']), 'x1-squared sin-x1');
  assert.equal(attributeText(0.5), '0.5');
  assert.deepEqual(parsePoints(attributeText([{ x: 1, y: 2, class: 0 }])), [{ x: 1, y: 2, class: 0 }]);
});
