/**
 * Nothing flashes (WCAG 2.3.1): on any preset and at any α, no place of the picture goes through three flashes a second,
 * a flash being two opposite changes of a tenth of the greatest luminance.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { describePreset, presetNames } from '../web/engine/presets.js';
import { createSession } from '../web/engine/session.js';
import { wholePlane } from '../web/playground/field.js';
import { fieldColours, luminance, palettes } from '../web/playground/palette.js';

const core = await loadCore();
const side = 24;
const framesASecond = 60;
const seconds = 2;
/** At one step a frame the picture jumps with every step; at four some jumps fall between frames. */
const paces = [1, 4];

/** The luminance of each colour that is painted with, by its bytes. @param {Uint32Array} colours */
const lightsOf = (colours) =>
  new Map(
    [...colours].map((word) => [
      word,
      luminance(
        `#${[word & 255, (word >> 8) & 255, (word >> 16) & 255].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
      ),
    ]),
  );

/**
 * The most flashes that a place of the picture goes through in a second.
 *
 * @param {object} options of the session
 * @param {Uint32Array} colours
 * @param {number} pace steps a frame
 */
function countFlashes(options, colours, pace) {
  const session = createSession(core, options);
  const lights = lightsOf(colours);
  const places = side * side;
  const into = new Uint8ClampedArray(4 * places);
  const words = new Uint32Array(into.buffer);
  /** Each place's latest extreme, and which way it went there. */
  const extremes = new Float64Array(places);
  const ways = new Int8Array(places);
  let most = 0;
  for (let second = 0; second < seconds; second += 1) {
    const changes = new Uint16Array(places);
    for (let frame = 0; frame < framesASecond; frame += 1) {
      session.train(pace);
      session.paint(wholePlane(side), 0, side, colours, into);
      for (let i = 0; i < places; i += 1) {
        const light = /** @type {number} */ (lights.get(words[i]));
        const isFirst = second === 0 && frame === 0;
        const change = isFirst ? 0 : light - extremes[i];
        if (isFirst || Math.sign(change) === ways[i]) extremes[i] = light;
        else if (Math.abs(change) >= 0.1) {
          ways[i] = Math.sign(change);
          extremes[i] = light;
          changes[i] += 1;
        }
      }
    }
    most = Math.max(most, Math.floor(Math.max(...changes) / 2));
  }
  session.free();
  return most;
}

for (const preset of presetNames) {
  for (const learningRate of [1, 30, 1000, 1e6]) {
    test(`${preset} at α = ${learningRate} does not flash`, () => {
      for (const palette of Object.values(palettes)) {
        const { classes } = describePreset(preset);
        for (const pace of paces) {
          assert.ok(countFlashes({ preset, learningRate }, fieldColours(palette, classes), pace) < 3);
        }
      }
    });
  }
}

test('in black and white the same runs would flash', () => {
  const colours = Uint32Array.from({ length: 256 }, (_, i) => (0xff000000 | (i << 16) | (i << 8) | i) >>> 0);
  assert.ok(countFlashes({ preset: 'ring', learningRate: 30 }, colours, 1) > 3);
});
