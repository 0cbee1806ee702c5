/**
 * Where a spray's points fall: evenly over a disc, in an order that is a function of the stroke alone.
 *
 * The positions are recorded as edits, so a replay never asks this module; it is deterministic so that the same
 * gestures give the same picture. 32-bit integer arithmetic and exact operations only.
 */

/** Points a second, by the clock. */
export const SPRAY_RATE = 30;
/** In units of the plane. */
export const SPRAY_RADIUS = 0.25;

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of the key. @param {number} key */
function scramble(key) {
  let h = key | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * @param {number} stroke
 * @returns {() => { dx: number, dy: number }} each call another place in the disc around the pointer
 */
export function sprayStream(stroke) {
  let index = scramble(stroke + 0x9e3779b9);
  const uniform = () => {
    index = (index + 0x9e3779b9) | 0;
    return scramble(index) / 2 ** 32;
  };
  return () => {
    // By rejection: the square's points outside the disc are drawn again, π/4 stay.
    for (;;) {
      const dx = 2 * uniform() - 1;
      const dy = 2 * uniform() - 1;
      if (dx * dx + dy * dy <= 1) return { dx: dx * SPRAY_RADIUS, dy: dy * SPRAY_RADIUS };
    }
  };
}
