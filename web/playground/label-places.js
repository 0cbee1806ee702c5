/** Where words stand on a chart: above its curve, and on no other words. */

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box CSS px, y down */

/** Between words and what is below them, CSS px. */
const GAP = 6;

/**
 * Raises a curve's outline by a segment.
 *
 * @param {Float32Array} tops the curve's highest y in each column of a pixel
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 */
export function addSegment(tops, x0, y0, x1, y1) {
  const first = Math.max(0, Math.floor(Math.min(x0, x1)));
  const last = Math.min(tops.length - 1, Math.ceil(Math.max(x0, x1)));
  for (let x = first; x <= last; x += 1) {
    const share = x1 === x0 ? 1 : Math.min(1, Math.max(0, (x - x0) / (x1 - x0)));
    // In its own column a segment counts with all of its height.
    const y = last - first <= 2 ? Math.min(y0, y1) : y0 + share * (y1 - y0);
    tops[x] = Math.min(tops[x], y);
  }
}

/**
 * The lowest place that is free.
 *
 * @param {{ left: number, right: number, height: number }} words
 * @param {Float32Array} tops
 * @param {readonly Box[]} taken
 * @returns {Box | undefined} undefined: there is no room above
 */
export function placeAbove({ left, right, height }, tops, taken) {
  let bottom = Infinity;
  for (let x = Math.max(0, Math.floor(left)); x <= Math.min(tops.length - 1, right); x += 1) {
    bottom = Math.min(bottom, tops[x] - GAP);
  }
  for (;;) {
    const top = bottom - height;
    if (!(top >= 0)) return undefined;
    const other = taken.find(
      (box) => box.left < right + GAP && box.right > left - GAP && box.top < bottom && box.bottom > top,
    );
    if (other === undefined) return { left, right, top, bottom };
    bottom = other.top - 2;
  }
}

/**
 * The free place that is nearest to where words belong.
 *
 * @param {Box} words
 * @param {readonly Box[]} taken
 * @param {number} floor CSS px: words end above it
 * @returns {Box} where they belong, if there is no free place
 */
export function placeNear(words, taken, floor) {
  const { left, right } = words;
  const height = words.bottom - words.top;
  const others = taken.filter((box) => box.left < right + GAP && box.right > left - GAP);
  const tops = others
    .flatMap((box) => [box.top - height - 2, box.bottom + 2])
    .filter((y) => y >= 0 && y + height <= floor);
  const [top = words.top] = [words.top, ...tops]
    .filter((y) => others.every((box) => box.top >= y + height || box.bottom <= y))
    .sort((a, b) => Math.abs(a - words.top) - Math.abs(b - words.top));
  return { left, right, top, bottom: top + height };
}
