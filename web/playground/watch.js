/**
 * What is noticed about a run: that J jumps, that it has come low, that it has stopped moving, that units are saturated.
 * Pure functions of the numbers.
 */

/** J below which a preset counts as learned. */
export const LEARNED = 0.1;

/**
 * Whether J flaps: within the latest steps it goes up by much, again and again. Meant for full batches, whose J falls
 * smoothly when α is small enough; a mini-batch's J is noise by nature.
 *
 * @param {ArrayLike<number>} values J before each step, latest last
 * @param {number} [count] how many of them are in use
 */
export function isFlapping(values, count = values.length) {
  const window = 48;
  const first = Math.max(1, count - window);
  let rises = 0;
  for (let i = first; i < count; i += 1) {
    const before = /** @type {number} */ (values[i - 1]);
    const after = /** @type {number} */ (values[i]);
    // A twentieth of what it was, and enough to be seen: 0.01 is the width of the chart's line.
    if (after - before > 0.01 + 0.05 * before) rises += 1;
  }
  return rises >= 6;
}

/**
 * The share of units that are saturated: g′ nearly 0 at nearly every example, so that dZ1 vanishes and they learn no more.
 *
 * @param {{ rows: number, cols: number, data: ArrayLike<number> }} A1 (n_h, m)
 * @param {string} activation
 * @returns {number} 0 … 1
 */
export function saturatedShare(A1, activation) {
  if (A1.cols === 0) return 0;
  let saturated = 0;
  for (let unit = 0; unit < A1.rows; unit += 1) {
    let flat = 0;
    for (let i = 0; i < A1.cols; i += 1) {
      const a = /** @type {number} */ (A1.data[unit * A1.cols + i]);
      // g′ in the notes' form, from a: σ′ = a(1−a), tanh′ = 1−a², ReLU′ = [a > 0].
      const slope = activation === 'sigmoid' ? 4 * a * (1 - a) : activation === 'tanh' ? 1 - a * a : a > 0 ? 1 : 0;
      if (slope < 0.001) flat += 1;
    }
    if (flat >= 0.99 * A1.cols) saturated += 1;
  }
  return saturated / A1.rows;
}

/**
 * The label entropy, in nats: the J of the best answer that knows nothing but how often each class comes.
 * @param {readonly { class: number }[]} points
 */
export function labelEntropy(points) {
  const counts = [0, 0, 0, 0];
  for (const point of points) counts[point.class] = /** @type {number} */ (counts[point.class]) + 1;
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / points.length) * Math.log(count / points.length);
  }
  return entropy;
}

/** The classes that have points, in order. @param {readonly { class: number }[]} points */
export function presentClasses(points) {
  return [...new Set(points.map((point) => point.class))].sort();
}
