/** Numbers that people type: read, held against their limits, and refused in words. The session checks for itself. */

import { parseNumber } from './numbers.js';
import { strings } from './strings.js';

export const MAX_POINTS = 20000;

/** @typedef {{ least: number, most: number, isOpen?: boolean, isWhole?: boolean }} Limit isOpen: the least itself is too little */

/** @type {Readonly<Record<string, Limit>>} */
const limits = Object.freeze({
  hidden: { least: 1, most: 256, isWhole: true },
  learningRate: { least: 0, most: 1e6, isOpen: true },
  momentum: { least: 0, most: 1 },
  batchSize: { least: 0, most: MAX_POINTS, isWhole: true },
  l1: { least: 0, most: 1e6 },
  l2: { least: 0, most: 1e6 },
  n: { least: 1, most: MAX_POINTS, isWhole: true },
  noise: { least: 0, most: 3 },
  flip: { least: 0, most: 1 },
  seed: { least: 0, most: 2 ** 53, isWhole: true },
});

/**
 * @param {string} key of a setting
 * @param {string} text
 * @returns {{ value: number, error?: undefined } | { value?: undefined, error: string }}
 */
export function readTypedNumber(key, text) {
  const value = parseNumber(text);
  const { least, most, isOpen = false, isWhole = false } = limits[key];
  if (Number.isNaN(value)) return { error: strings.notANumber };
  if (isOpen && value <= least) return { error: strings.above(least) };
  if (value < least) return { error: strings.atLeast(least) };
  if (value > most) return { error: strings.atMost(most) };
  if (isWhole && !Number.isInteger(value)) return { error: strings.wholeNumber };
  return { value };
}
