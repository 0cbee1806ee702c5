/**
 * The points of a scene: ids ascend and are never reused, and a point's side of the
 * test split follows from its id alone, so that no edit reshuffles the others.
 */
import { maxExamples } from '../limits.js';

/** @typedef {import('../core.js').Core} Core */
/** @typedef {import('./events.js').NewPoint} NewPoint */

/** @typedef {{ readonly id: number, readonly x: number, readonly y: number, readonly class: number,
 *   readonly test: boolean }} Point */

/**
 * What a change did to points, for flags: counts a class where that tells something.
 * @typedef {{ added: number[], erased: number[], moved: number, relabelled: number }} PointCounts
 */

export class Points {
  /** @type {Core} */ #core;
  /** @type {number} */ #seed;
  #split = 0;
  /** @type {Map<number, Point>} */ #byId = new Map();
  /** @type {readonly Point[] | null} */ #list = [];
  #trainingChanged = false;

  /** The id of the next new point. */
  nextId = 0;

  /** Points put or taken so far: the work of all changes. */
  work = 0;

  /**
   * @param {Core} core
   * @param {number} seed of the split
   * @param {number} split the share of test points
   */
  constructor(core, seed, split) {
    this.#core = core;
    this.#seed = seed;
    this.#split = split;
  }

  /** In ascending order of id; another array after each change.
   * @returns {readonly Point[]} */
  get list() {
    this.#list ??= inOrder([...this.#byId.values()]);
    return this.#list;
  }

  get size() {
    return this.#byId.size;
  }

  /**
   * @param {number} id
   * @returns {Point}
   * @throws {RangeError} where there is none
   */
  get(id) {
    const point = this.#byId.get(id);
    if (point === undefined) throw new RangeError(`id: there is no point ${id}`);
    return point;
  }

  /**
   * @param {readonly NewPoint[]} news
   * @returns {Point[]} with ids of their own, to be put
   * @throws {RangeError} where there is no room for them
   */
  number(news) {
    if (this.size + news.length > maxExamples) {
      throw new RangeError(`add: ${news.length} points to ${this.size}; at most ${maxExamples} together`);
    }
    return news.map(({ x, y, class: label }, k) => {
      const id = this.nextId + k;
      return { id, x, y, class: label, test: this.#isTest(id) };
    });
  }

  /**
   * @param {ReadonlyMap<number, Point | null>} changes by id; null takes the point away
   * @returns {Map<number, Point | null>} what was there before: putting it takes the change back
   */
  put(changes) {
    /** @type {Map<number, Point | null>} */
    const before = new Map();
    if (changes.size === 0) return before;
    for (const [id, point] of changes) {
      before.set(id, this.#byId.get(id) ?? null);
      const sided = point === null ? null : this.#sided(point);
      if (sided === null) this.#byId.delete(id);
      else this.#byId.set(id, sided);
      if (!(sided ?? before.get(id))?.test) this.#trainingChanged = true;
      this.nextId = Math.max(this.nextId, id + 1);
    }
    this.#list = null;
    this.work += changes.size;
    return before;
  }

  /**
   * @param {readonly Point[]} points all there are to be, in ascending order of id
   * @returns {readonly Point[]} all there were
   */
  replace(points) {
    const before = this.list;
    const sided = points.map((point) => this.#sided(point));
    this.#byId = byId(sided);
    this.#list = sided;
    this.nextId = Math.max(this.nextId, (points.at(-1)?.id ?? -1) + 1);
    this.#trainingChanged = true;
    this.work += before.length + points.length;
    return before;
  }

  /** @param {number} split the share of test points from now on */
  setSplit(split) {
    this.#split = split;
    this.replace(this.list);
  }

  /** Whether what is trained on has changed since this was last asked. */
  takeTrainingChange() {
    const changed = this.#trainingChanged;
    this.#trainingChanged = false;
    return changed;
  }

  /**
   * @param {readonly Point[]} list as `list` gave it
   * @param {number} nextId
   * @param {number} split
   */
  restore(list, nextId, split) {
    this.#byId = byId(list);
    this.#list = list;
    this.nextId = nextId;
    this.#split = split;
    this.#trainingChanged = false;
  }

  /** @param {number} id */
  #isTest(id) {
    return this.#split > 0 && this.#core.randomUniform(this.#seed, 'split', id) < this.#split;
  }

  /**
   * @param {Point} point
   * @returns {Point} with its side by the split of now
   */
  #sided(point) {
    const test = this.#isTest(point.id);
    return test === point.test ? point : { ...point, test };
  }
}

/**
 * By id. Only what was restored stands out of its place.
 * @param {Point[]} points
 */
const inOrder = (points) =>
  points.every((point, k) => k === 0 || points[k - 1].id < point.id) ? points : points.sort((a, b) => a.id - b.id);

/**
 * @param {readonly Point[]} points
 * @returns {Map<number, Point>}
 */
export const byId = (points) => new Map(points.map((point) => [point.id, point]));

/**
 * @param {ReadonlyMap<number, Point | null>} before
 * @param {ReadonlyMap<number, Point | null>} after
 * @returns {PointCounts}
 */
export function countChanges(before, after) {
  /** @type {PointCounts} */
  const counts = { added: [0, 0, 0, 0], erased: [0, 0, 0, 0], moved: 0, relabelled: 0 };
  for (const [id, was] of before) {
    const is = after.get(id) ?? null;
    if (was === null && is !== null) counts.added[is.class]++;
    else if (was !== null && is === null) counts.erased[was.class]++;
    else if (was?.class !== is?.class) counts.relabelled++;
    else counts.moved++;
  }
  return counts;
}
