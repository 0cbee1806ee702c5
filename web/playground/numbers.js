/**
 * Numbers as the page writes them: a true minus sign, tabular digits, steps exactly.
 */

/** @param {string} text */
function withMinus(text) {
  return text.replace('-', '\u2212');
}

/** J to three decimals, or more where it is small: what is shown is never 0 unless it is. @param {number} loss */
export function formatLoss(loss) {
  if (Number.isNaN(loss)) return '–';
  if (!Number.isFinite(loss)) return '∞';
  if (loss >= 1000) return loss.toExponential(2).replace('e+', 'e');
  if (loss >= 0.0005) return loss.toFixed(3);
  return loss === 0 ? '0' : withMinus(loss.toExponential(1));
}

/** Exactly, in groups of three. @param {number} step */
export function formatStep(step) {
  return String(step).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param {number} value @param {number} digits */
export function formatNumber(value, digits = 3) {
  return withMinus(String(Number(value.toFixed(digits))));
}

/** @param {number} share 0 … 1 */
export function formatPercent(share) {
  const percent = 100 * share;
  // Rounding must not claim that all are right while one is wrong.
  if (percent > 99 && percent < 100) return `${Math.floor(percent * 10) / 10} %`;
  if (percent > 0 && percent < 1) return `${Math.ceil(percent * 10) / 10} %`;
  return `${Math.round(percent)} %`;
}

/** Steps a second. @param {number} pace */
export function formatPace(pace) {
  if (pace >= 1000) return `${pace / 1000}k/s`;
  return `${Math.round(pace * 10) / 10}/s`;
}

/**
 * A number typed by a person: a comma or a true minus will do.
 * @param {string} text
 * @returns {number} NaN when it is not a number
 */
export function parseNumber(text) {
  const clean = text.trim().replace('\u2212', '-').replace(',', '.');
  return clean === '' ? Number.NaN : Number(clean);
}
