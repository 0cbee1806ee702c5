/**
 * A curve of one value a step, in bounded memory: steps fall into buckets of one width,
 * which doubles when they grow too many; a bucket keeps its least and its greatest value,
 * so that no spike is lost.
 */

/** Most buckets a trace has: about the pixels across a large chart. */
const maxBuckets = 2048;

/** @typedef {{ lowStep: number, low: number, highStep: number, high: number }} Bucket */

/** @typedef {{ steps: number[], values: number[], length: number }} Curve */

export class Trace {
  /** @type {number} */ #start;
  /** @type {Map<number, Bucket>} by the number of the bucket, ascending */
  #buckets = new Map();
  #width = 1;
  /** @type {number} */ #end;

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

  /** @param {number} step from which on everything is forgotten */
  truncate(step) {
    for (const [number, bucket] of this.#buckets) {
      const { lowStep, low, highStep, high } = bucket;
      if (lowStep >= step && highStep >= step) this.#buckets.delete(number);
      else if (lowStep >= step) Object.assign(bucket, { lowStep: highStep, low: high });
      else if (highStep >= step) Object.assign(bucket, { highStep: lowStep, high: low });
    }
    this.#end = Math.min(this.#end, step);
  }

  /** Halves the memory it takes, and its detail. */
  coarsen() {
    const before = this.#buckets;
    this.#buckets = new Map();
    this.#width *= 2;
    for (const { lowStep, low, highStep, high } of before.values()) {
      this.#merge(lowStep, low);
      this.#merge(highStep, high);
    }
  }

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
    if (this.#buckets.size > maxBuckets) this.coarsen();
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
