/** What is known of a session's points: preset and numbers, names and axes; without a preset, what a next one would have. */

import { planeAxes } from './axes.js';
import { classLetters, strings } from './strings.js';

/** @param {import('../engine/session.js').Session | undefined} session */
export function dataOf(session) {
  const data = session?.data;
  return {
    data: {
      preset: data?.preset,
      n: data?.n ?? 200,
      noise: data?.noise ?? 0.1,
      flip: data?.flip ?? 0,
      seed: data?.seed ?? 1,
    },
    names: classLetters.map((letter, k) => data?.names[k] ?? letter),
    // Real data names its classes; drawn points and computed presets have letters.
    hasNames: (data?.source ?? '') !== '',
    axes: data?.axes ?? planeAxes,
  };
}

/**
 * The data in a word, as menu and print have it.
 *
 * @param {string | undefined} preset
 * @param {boolean} isDrawn whether points were changed since
 */
export function nameOfData(preset, isDrawn) {
  if (preset === undefined) return strings.drawn;
  const name = strings.presets[preset] ?? preset;
  return isDrawn ? strings.presetDrawn(name) : name;
}
