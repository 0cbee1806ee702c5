import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  channels,
  contrast,
  customProperties,
  fieldColours,
  luminance,
  mix,
  palettes,
} from '../web/playground/palette.js';

test('measures contrast as WCAG does', () => {
  assert.equal(contrast('#000000', '#FFFFFF'), 21);
  assert.ok(Math.abs(contrast('#777777', '#FFFFFF') - 4.478) < 0.001); // the well-known grey that just fails
});

for (const [name, palette] of Object.entries(palettes)) {
  const { background, surface, ink, muted, edge, accent, error, goal, pressed, marks, fields } = palette;

  test(`${name}: text has 4.5:1 on everything that it stands on`, () => {
    for (const text of [ink, muted, accent, error, goal, ...marks.slice(0, 2)]) {
      for (const ground of [background, surface]) assert.ok(contrast(text, ground) >= 4.5, `${text} on ${ground}`);
    }
    for (const ground of [pressed, ...fields]) assert.ok(contrast(ink, ground) >= 4.5, `ink on ${ground}`);
    assert.ok(contrast(background, ink) >= 4.5, 'the primary button');
  });

  test(`${name}: controls, marks and lines have 3:1`, () => {
    for (const ground of [background, surface]) assert.ok(contrast(edge, ground) >= 3, `edge on ${ground}`);
    for (const field of fields) {
      for (const mark of [...marks, ink, accent]) assert.ok(contrast(mark, field) >= 3, `${mark} on ${field}`);
    }
  });

  test(`${name}: the fields of A and B are equally light, and so is all between`, () => {
    const [a, b] = fields;
    assert.ok(contrast(a, b) <= 1.03, `${contrast(a, b)}`);
    for (let t = 0; t <= 1; t += 0.05) {
      const between = `#${mix(a, b, t)
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')}`;
      assert.ok(contrast(between, a) <= 1.06, `${t}: ${between}`);
    }
  });

  test(`${name}: no two fields differ in relative luminance by a tenth, the least that can flash`, () => {
    const lights = fields.map(luminance);
    assert.ok(Math.max(...lights) - Math.min(...lights) < 0.1);
  });
}

test('the colour table runs from the field of A to that of B, in RGBA bytes', () => {
  const { fields } = palettes.light;
  const table = fieldColours(palettes.light, 2);
  assert.equal(table.length, 256);
  const bytes = new Uint8Array(table.buffer);
  assert.deepEqual([...bytes.slice(0, 4)], [...channels(fields[0]), 255]);
  assert.deepEqual([...bytes.slice(1020, 1024)], [...channels(fields[1]), 255]);
});

test('with three and four classes there is one colour a class', () => {
  const { fields } = palettes.dark;
  assert.equal(fieldColours(palettes.dark, 3).length, 3);
  const bytes = new Uint8Array(fieldColours(palettes.dark, 4).buffer);
  assert.deepEqual([...bytes.slice(12, 15)], channels(fields[3]));
});

test('every role is a custom property', () => {
  const text = customProperties(palettes.light);
  for (const name of ['background', 'ink', 'a', 'b-field', 'd-field'])
    assert.match(text, new RegExp(`--two-layer-${name}: #`));
});
