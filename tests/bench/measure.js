/**
 * How two pieces of work are compared on a machine that is never quite quiet: in short slices that
 * alternate, so that whatever slows the machine down slows both, and by ratios of their times.
 */

/**
 * One piece of work, ready to be measured.
 *
 * @typedef {object} Side
 * @property {number} work in one unit: how many of what both sides of a comparison count
 * @property {(count: number) => number | Promise<number>} slice does `count` units; the ms they took
 */

/**
 * What a comparison found: rates are work per ms, ratios are ours to theirs.
 *
 * @typedef {object} Comparison
 * @property {number} best the ratio of the two best slices
 * @property {number} median of the ratios of pairs of slices, one after the other
 * @property {number} low their lower quartile
 * @property {number} high their upper quartile
 * @property {number} ours the best rate
 * @property {number} theirs the best rate
 */

/** Long enough for a clock of 0.1 ms, and short enough that the machine's mood seldom changes within a pair. */
const sliceMs = 7;

/** Time to compile well what is to be measured. */
const warmUpMs = 80;

/**
 * @param {readonly number[]} values at least one
 * @param {number} share 0 … 1
 * @returns {number} the value below which that share of the values lies, by linear interpolation
 */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('values: a quantile needs at least one');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * @param {readonly number[]} ours rates, one a round
 * @param {readonly number[]} theirs rates of the same rounds
 * @returns {Comparison}
 */
export function compareRates(ours, theirs) {
  const ratios = ours.map((rate, round) => rate / theirs[round]);
  const bestOfOurs = Math.max(...ours);
  const bestOfTheirs = Math.max(...theirs);
  return {
    best: bestOfOurs / bestOfTheirs,
    median: quantile(ratios, 0.5),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
    ours: bestOfOurs,
    theirs: bestOfTheirs,
  };
}

/**
 * Warms a side up, and finds how many units fill a slice.
 *
 * @param {Side} side
 * @param {{ slice?: number, warmUp?: number }} [ms]
 * @returns {Promise<number>}
 */
export async function calibrate(side, { slice = sliceMs, warmUp = warmUpMs } = {}) {
  let count = 1;
  for (let spent = 0; ; ) {
    const ms = await side.slice(count);
    spent += ms;
    const fits = ms < 1.5 * slice && (ms > slice / 1.5 || spent > 10 * warmUp);
    if (spent >= warmUp && (fits || count === 1)) return count;
    // Never more than tenfold: the first slices run slow code.
    count = Math.max(1, Math.round(count * Math.min(10, slice / Math.max(ms, slice / 100))));
  }
}

/**
 * @param {Side} ours
 * @param {Side} theirs
 * @param {number} rounds pairs of slices
 * @returns {Promise<Comparison>}
 */
export async function compare(ours, theirs, rounds) {
  const ourCount = await calibrate(ours);
  const theirCount = await calibrate(theirs);
  /** @param {Side} side @param {number} count */
  const rate = async (side, count) => (count * side.work) / (await side.slice(count));
  const ourRates = [];
  const theirRates = [];
  for (let round = 0; round < rounds; round++) {
    // The two take turns to be first.
    if (round % 2 === 0) ourRates.push(await rate(ours, ourCount));
    theirRates.push(await rate(theirs, theirCount));
    if (round % 2 === 1) ourRates.push(await rate(ours, ourCount));
  }
  return compareRates(ourRates, theirRates);
}
