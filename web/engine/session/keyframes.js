/** Places of a run to return to, spaced by work and thinned with age, within a few MB. */

/** @typedef {import('./player.js').Keyframe} Keyframe */

/** Work between two keyframes, in the player's unit: about 5 ms. */
export const keyframeWork = 5e6;

const maxBytes = 4e6;
const bytesAKeyframe = 500; // its objects, roughly
const bytesAPoint = 80; // likewise; keyframes with the same points share them

export class Keyframes {
  /** @type {Keyframe[]} by step, then by events applied */
  #list;
  #bytes = 0;

  /** @param {Keyframe} first the run's beginning; it is always kept */
  constructor(first) {
    this.#list = [first];
  }

  get size() {
    return this.#list.length;
  }

  /** The first one. */
  get first() {
    return this.#list[0];
  }

  /**
   * The last keyframe at or before a step.
   * @param {number} step
   * @returns {Keyframe}
   */
  before(step) {
    return this.#list.findLast((keyframe) => keyframe.step <= step) ?? this.#list[0];
  }

  /**
   * The first keyframe after a step, if there is one.
   * @param {number} step
   */
  after(step) {
    return this.#list.find((keyframe) => keyframe.step > step);
  }

  /** @param {Keyframe} keyframe */
  add(keyframe) {
    const at = this.#list.findLastIndex(({ step, index }) => !isAfter({ step, index }, keyframe)) + 1;
    const previous = this.#list[at - 1];
    if (previous.step === keyframe.step && previous.index === keyframe.index) return;
    this.#list.splice(at, 0, keyframe);
    this.#bytes += bytesAKeyframe + keyframe.state.length;
    if (previous.scene.points !== keyframe.scene.points) this.#bytes += bytesAPoint * keyframe.scene.points.length;
    if (this.#bytes > maxBytes) this.#thin();
  }

  /**
   * Forgets what comes after a place of the run.
   * @param {{ step: number, index: number }} place
   */
  truncate(place) {
    this.#list = this.#list.filter((keyframe, k) => k === 0 || !isAfter(keyframe, place));
    this.#count();
  }

  /** Every second one of the older half goes: the older, the sparser. */
  #thin() {
    const half = this.#list.length / 2;
    this.#list = this.#list.filter((_, k) => k === 0 || k > half || k % 2 === 0);
    this.#count();
  }

  #count() {
    this.#bytes = 0;
    for (const [k, keyframe] of this.#list.entries()) {
      this.#bytes += bytesAKeyframe + keyframe.state.length;
      if (k > 0 && this.#list[k - 1].scene.points !== keyframe.scene.points) {
        this.#bytes += bytesAPoint * keyframe.scene.points.length;
      }
    }
  }
}

/**
 * @param {{ step: number, index: number }} a
 * @param {{ step: number, index: number }} b
 */
const isAfter = (a, b) => a.step > b.step || (a.step === b.step && a.index > b.index);
