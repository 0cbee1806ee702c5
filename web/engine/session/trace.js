/**
 * A curve of one value a step, in bounded memory: steps fall into buckets of one width,
 * which doubles when they grow too many; a bucket keeps its least and its greatest value,
 * so that no spike is lost. What was known in finer buckets is remembered: a curve that is
 * cut off, and short again, shows its beginning as finely as any other short one.
 */

/** Most buckets a trace has: about the pixels across a large chart. */
const maxBuckets = 2048;

/** @typedef {{ lowStep: number, low: number, highStep: number, high: number }} Bucket */

/** @typedef {{ steps: number[], values: number[], length: number }} Curve */

/** A curve as it was when its buckets had become too many: of the steps before `end`.
 * @typedef {{ width: number, end: number, steps: Float64Array, values: Float64Array }} Finer */

export class Trace {
  /** @type {number} */ #start;
  /** @type {Map<number, Bucket>} by the number of the bucket, ascending */
  #buckets = new Map();
  #width = 1;
  /** @type {number} */ #end;
  /** @type {Finer[]} of ascending width */ #finer = [];

  /** @param {number} start its first step */
  constructor(start) {
    this.#start = start;
    this.#end = start;
  }

  get start() {
    return this.#start;
  }

  /** The first step that has no value yet. */
  get end() {
    return this.#end;
  }

  /** Steps a bucket. */
  get width() {
    return this.#width;
  }

  /**
   * Values before the end are known and passed over.
   * @param {number} first the step of the first value
   * @param {ArrayLike<number>} values one a step
   */
  add(first, values) {
    for (let k = Math.max(0, this.#end - first); k < values.length; k++) this.#put(first + k, values[k]);
  }

  /**
   * The bucket that the step falls into keeps what is known to come before it: of its two values none, one or both.
   * @param {number} step from which on everything is forgotten
   */
  truncate(step) {
    this.#refine(step);
    for (const [number, bucket] of this.#buckets) {
      const { lowStep, low, highStep, high } = bucket;
      if (lowStep >= step && highStep >= step) this.#buckets.delete(number);
      else if (lowStep >= step) Object.assign(bucket, { lowStep: highStep, low: high });
      else if (highStep >= step) Object.assign(bucket, { highStep: lowStep, high: low });
    }
    this.#end = Math.min(this.#end, step);
  }

  /**
   * Keeps less: of the whole so many buckets, and the finest beginning.
   * @param {number} most buckets
   */
  outline(most) {
    while (this.#buckets.size > most) this.#rebuild(this.#width * 2, this.curve);
    this.#finer.length = Math.min(this.#finer.length, 1);
  }

  /** Buckets in use. */
  get size() {
    return this.#buckets.size;
  }

  /** @returns {Curve} one or two points a bucket, in the order of steps */
  get curve() {
    const steps = [];
    const values = [];
    for (const { lowStep, low, highStep, high } of this.#buckets.values()) {
      const falling = highStep < lowStep;
      steps.push(falling ? highStep : lowStep);
      values.push(falling ? high : low);
      if (lowStep !== highStep) {
        steps.push(falling ? lowStep : highStep);
        values.push(falling ? low : high);
      }
    }
    return { steps, values, length: steps.length };
  }

  /**
   * @param {number} step
   * @param {number} value
   */
  #put(step, value) {
    this.#merge(step, value);
    this.#end = step + 1;
    if (this.#buckets.size <= maxBuckets) return;
    const { curve } = this;
    const [steps, values] = [Float64Array.from(curve.steps), Float64Array.from(curve.values)];
    this.#finer.push({ width: this.#width, end: this.#end, steps, values });
    this.#rebuild(this.#width * 2, curve);
  }

  /**
   * Goes back to the widest buckets that are needed up to a step.
   * @param {number} step
   */
  #refine(step) {
    /** @type {Finer | undefined} */
    let finer;
    while (this.#finer.length > 0 && step < this.#finer[this.#finer.length - 1].end) finer = this.#finer.pop();
    let width = finer?.width ?? this.#width;
    while (width > 1 && step - this.#start <= (width / 2) * maxBuckets) width /= 2;
    if (width < this.#width) this.#rebuild(width, finer ?? this.curve);
  }

  /**
   * @param {number} width
   * @param {{ steps: ArrayLike<number>, values: ArrayLike<number> }} curve
   */
  #rebuild(width, { steps, values }) {
    this.#buckets = new Map();
    this.#width = width;
    for (let k = 0; k < steps.length; k++) this.#merge(steps[k], values[k]);
  }

  /**
   * @param {number} step
   * @param {number} value
   */
  #merge(step, value) {
    const number = Math.floor((step - this.#start) / this.#width);
    const bucket = this.#buckets.get(number);
    if (bucket === undefined) {
      this.#buckets.set(number, { lowStep: step, low: value, highStep: step, high: value });
      return;
    }
    if (value < bucket.low) Object.assign(bucket, { lowStep: step, low: value });
    if (value > bucket.high) Object.assign(bucket, { highStep: step, high: value });
  }
}
