/** What runs in the browser's page: it opens sides and does slices of them as chromium.js says. */
import { openSide } from './sides/open.js';

/** @type {Map<number, import('./task.js').Worker>} */
const sides = new Map();
let opened = 0;

/** @param {number} key */
const side = (key) => {
  const found = sides.get(key);
  if (found === undefined) throw new RangeError(`side ${key} is not open`);
  return found;
};

/** @type {import('./sides/open.js').Realm} */
const realm = {
  read: async (name) => (await fetch(name)).arrayBuffer(),
  tensorflowFolder: './',
};

const bench = {
  /**
   * @param {import('./sides/open.js').RealmSide} by
   * @param {import('./task.js').Task} task
   */
  async open(by, task) {
    opened += 1;
    const worker = await openSide(realm, by, task);
    sides.set(opened, worker);
    return { key: opened, work: worker.work };
  },
  /** @param {number} key @param {number} count */
  slice: (key, count) => side(key).slice(count),
  /** @param {number} key */
  prove: (key) => side(key).prove(),
  /** @param {number} key */
  async free(key) {
    await side(key).free();
    sides.delete(key);
  },
};

/** @typedef {typeof bench} Bench */

Object.assign(globalThis, { bench });
