/**
 * The plane [-3, 3]² and the square it is drawn in: x₂ points up, pixels run down.
 */

export const REACH = 3;

/** Coordinates are multiples of 1/512, exact in binary. */
const GRAIN = 512;

/** @typedef {{ x: number, y: number }} Place */

/** @param {number} value @returns {number} the nearest multiple of 1/512 inside the plane */
export function snap(value) {
  const clamped = Math.min(REACH, Math.max(-REACH, value));
  return Math.round(clamped * GRAIN) / GRAIN + 0; // + 0: no negative zero
}

/** @param {Place} place */
export function isInside({ x, y }) {
  return Math.abs(x) <= REACH && Math.abs(y) <= REACH;
}

/**
 * From the square's own pixels, origin at its top left corner, to the plane.
 * @param {number} left @param {number} top @param {number} size the square's side, in the same pixels
 * @returns {Place}
 */
export function toPlane(left, top, size) {
  return { x: (left / size) * 2 * REACH - REACH, y: REACH - (top / size) * 2 * REACH };
}

/** @param {Place} place @param {number} size @returns {{ left: number, top: number }} */
export function toPixels({ x, y }, size) {
  return { left: ((x + REACH) / (2 * REACH)) * size, top: ((REACH - y) / (2 * REACH)) * size };
}

/**
 * The point nearest to a place, none beyond `radius`, none at all if that is negative; of equals the one drawn last,
 * which lies on top.
 * @template {Place} P
 * @param {readonly P[]} points
 * @param {Place} place
 * @param {number} radius in units of the plane
 * @returns {P | undefined}
 */
export function nearest(points, place, radius) {
  let best;
  let least = radius < 0 ? -1 : radius * radius;
  for (const point of points) {
    const distance = (point.x - place.x) ** 2 + (point.y - place.y) ** 2;
    if (distance <= least) {
      best = point;
      least = distance;
    }
  }
  return best;
}

/**
 * @template {Place} P
 * @param {readonly P[]} points
 * @param {Place} place
 * @param {number} radius
 * @returns {P[]}
 */
export function within(points, place, radius) {
  return points.filter((p) => (p.x - place.x) ** 2 + (p.y - place.y) ** 2 <= radius * radius);
}
