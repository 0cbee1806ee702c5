/** The loss curves of a run, one pair a start, in bounded memory. */
import { Trace } from './trace.js';

/** @typedef {import('./trace.js').Curve} Curve */

/** Starts whose curves are kept; the current one in full, the others in outline. */
const maxSegments = 12;
const outline = 512; // buckets

/** @typedef {{ loss: Trace, test: Trace }} Segment */

export class Traces {
  /** @type {Segment[]} by start */
  #segments = [createSegment(0)];

  /** Steps between two measurements of the test loss: they must not cost more than the training. */
  get testWidth() {
    return this.#last.loss.width;
  }

  /** The first step without a loss. */
  get end() {
    return this.#last.loss.end;
  }

  /** The first step of the current start's curves. */
  get start() {
    return this.#last.loss.start;
  }

  get #last() {
    return this.#segments[this.#segments.length - 1];
  }

  /** @param {number} step at which a new start begins */
  begin(step) {
    if (this.#last.loss.start >= step) return;
    this.#segments.push(createSegment(step));
    for (const { loss, test } of this.#segments.slice(0, -1)) {
      loss.outline(outline);
      test.outline(outline);
    }
    if (this.#segments.length > maxSegments) this.#segments.shift();
  }

  /**
   * @param {number} first the step of the first loss
   * @param {ArrayLike<number>} losses
   */
  add(first, losses) {
    this.#at(first)?.loss.add(first, losses);
  }

  /**
   * @param {number} step
   * @param {number} loss of the test points
   */
  addTest(step, loss) {
    this.#at(step)?.test.add(step, [loss]);
  }

  /** @param {number} step from which on everything is forgotten */
  truncate(step) {
    this.#segments = this.#segments.filter(({ loss }, k) => k === 0 || loss.start <= step);
    for (const { loss, test } of this.#segments) {
      loss.truncate(step);
      test.truncate(step);
    }
  }

  /**
   * @param {number} [from] the first step that is wanted
   * @returns {{ loss: Curve, test: Curve }}
   */
  curves(from = 0) {
    return {
      loss: join(
        this.#segments.map(({ loss }) => loss.curve),
        from,
      ),
      test: join(
        this.#segments.map(({ test }) => test.curve),
        from,
      ),
    };
  }

  /** @param {number} step */
  #at(step) {
    return this.#segments.findLast(({ loss }) => loss.start <= step);
  }
}

/**
 * @param {number} start
 * @returns {Segment}
 */
const createSegment = (start) => ({ loss: new Trace(start), test: new Trace(start) });

/**
 * @param {Curve[]} curves
 * @param {number} from
 * @returns {Curve}
 */
function join(curves, from) {
  /** @type {number[]} */
  const steps = [];
  /** @type {number[]} */
  const values = [];
  for (const curve of curves) {
    for (let k = 0; k < curve.length; k++) {
      if (curve.steps[k] < from) continue;
      steps.push(curve.steps[k]);
      values.push(curve.values[k]);
    }
  }
  return { steps, values, length: steps.length };
}
