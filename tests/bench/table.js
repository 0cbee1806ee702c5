/** The words and figures that the benchmark prints. */

/** @typedef {import('./measure.js').Comparison} Comparison */
/** @typedef {import('./rows.js').Row} Row */

/** @typedef {'ok' | 'borderline' | 'SHORT' | 'DIFFERENT WORK' | ''} Verdict */

/**
 * Both ratios must reach the goal; where one does, the machine's noise decides.
 *
 * @param {Comparison} found
 * @param {number | undefined} goal
 * @param {boolean} slowdown the goal is the most that a ratio may be
 * @returns {Verdict}
 */
export function judge({ best, median }, goal, slowdown) {
  if (goal === undefined) return '';
  const reached = [best, median].filter((ratio) => (slowdown ? ratio <= goal : ratio >= goal)).length;
  return reached === 2 ? 'ok' : reached === 1 ? 'borderline' : 'SHORT';
}

/**
 * The ratios as times, ours to theirs, instead of as rates.
 * @param {Comparison} found
 * @returns {Comparison}
 */
export const asSlowdown = ({ best, median, low, high, ours, theirs }) => ({
  best: 1 / best,
  median: 1 / median,
  low: 1 / high,
  high: 1 / low,
  ours,
  theirs,
});

/**
 * @param {number} value
 * @returns {string} three digits that count
 */
export function showNumber(value) {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 10_000) return `${(value / 1e3).toPrecision(3)}k`;
  if (value >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}

/** @param {number} ratio */
const showRatio = (ratio) => (ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3));

/**
 * @param {number} rate work per ms
 * @param {string} unit
 */
export function showRate(rate, unit) {
  if (unit === 'ms') return `${showNumber(1 / rate)} ms`;
  if (unit === 'GFLOP/s') return `${showNumber(rate / 1e6)} GFLOP/s`;
  return `${showNumber(rate * 1e3)} ${unit}`;
}

const widths = { name: 38, ours: 17, theirs: 17, best: 8, median: 8, spread: 15, goal: 8 };

/**
 * @param {Record<keyof typeof widths, string> & { verdict: string }} cells
 */
const line = (cells) =>
  `  ${cells.name.padEnd(widths.name)}${cells.ours.padStart(widths.ours)}${cells.theirs.padStart(widths.theirs)}` +
  `${cells.best.padStart(widths.best)}${cells.median.padStart(widths.median)}${cells.spread.padStart(widths.spread)}` +
  `${cells.goal.padStart(widths.goal)}  ${cells.verdict}`.trimEnd();

export const head = line({
  ...{ name: '', ours: 'ours', theirs: 'theirs', best: 'best', median: 'median', spread: 'quartiles' },
  ...{ goal: 'goal', verdict: '' },
});

/**
 * @param {Row} row
 * @param {Comparison} found
 * @param {number | undefined} goal
 * @param {string} verdict
 * @returns {string}
 */
export function showRow(row, found, goal, verdict) {
  return line({
    name: row.name,
    ours: showRate(found.ours, row.unit),
    theirs: showRate(found.theirs, row.unit),
    best: showRatio(found.best),
    median: showRatio(found.median),
    spread: `${showRatio(found.low)}–${showRatio(found.high)}`,
    goal: goal === undefined ? '' : `${row.slowdown ? '≤' : '≥'} ${Number(goal.toPrecision(3))}`,
    verdict,
  });
}
