/**
 * The pace of training in steps a second, on a slider of equal ratios; its last notch is "as fast as it goes".
 */

export const DEFAULT_PACE = 240;

/** @type {readonly number[]} */
export const PACES = Object.freeze([1, 2, 5, 10, 30, 60, 120, 240, 480, 1000, 2500, 5000, 10000, 25000, Infinity]);

/** @param {number} pace @returns {number} the nearest notch, by ratio */
export function paceNotch(pace) {
  if (pace === Infinity) return PACES.length - 1;
  let best = 0;
  for (let i = 0; i < PACES.length - 1; i += 1) {
    const distance = (/** @type {number} */ notch) => Math.abs(Math.log(pace / notch));
    if (distance(/** @type {number} */ (PACES[i])) < distance(/** @type {number} */ (PACES[best]))) best = i;
  }
  return best;
}

/** @param {number} notch */
export function paceOfNotch(notch) {
  const last = PACES.length - 1;
  return /** @type {number} */ (PACES[Math.min(last, Math.max(0, Math.round(notch)))]);
}

/**
 * From the attribute: steps a second, or "max".
 * @param {string | null} text
 * @returns {number} NaN when it is neither
 */
export function parsePace(text) {
  if (text === null || text === '') return DEFAULT_PACE;
  if (text === 'max') return Infinity;
  const pace = Number(text);
  return pace > 0 ? pace : Number.NaN;
}
