/**
 * What a log's events make of points, settings and pins: everything but the learned
 * weights. Each edit is kept as a change that holds what it replaced; reverting a change
 * gives the change that redoes it.
 */
import { indexOf, nameOf } from '../parameters.js';
import { makePreset, presetClasses } from '../presets.js';
import { byId, countChanges, Points } from './points.js';
import { effectiveSettings, sameSetting, settingNames } from './settings.js';

/** @typedef {import('../core.js').Core} Core */
/** @typedef {import('../parameters.js').Place} Place */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./events.js').DataSource} DataSource */
/** @typedef {import('./points.js').Point} Point */
/** @typedef {import('./points.js').PointCounts} PointCounts */
/** @typedef {import('./settings.js').KeptSettings} KeptSettings */

/** A start of the network; its identity tells one start from another.
 * @typedef {{ readonly step: number, readonly seed: number, readonly init: KeptSettings['init'] }} Start */

/**
 * What an edit replaced; absent parts were not touched.
 * @typedef {object} Change
 * @property {boolean} joins it belongs to one stroke with the change before it
 * @property {ReadonlyMap<number, Point | null>} [points] by id; null where there was none
 * @property {readonly Point[]} [allPoints]
 * @property {DataSource | null} [data]
 * @property {KeptSettings} [settings]
 * @property {{ place: Place, value: number, start: Start }} [weight]
 * @property {{ place: Place, pinned: boolean }} [pin]
 */

/**
 * A stack that snapshots share.
 * @template Item
 * @typedef {{ readonly item: Item, readonly next: Stack<Item> } | null} Stack
 */

/**
 * What happened, for the chart.
 * @typedef {{ kind: 'points' } & PointCounts
 *   | { kind: 'data', preset: string }
 *   | { kind: 'setting', changes: { name: keyof KeptSettings, from: unknown, to: unknown }[] }
 *   | { kind: 'hidden', from: number, to: number }
 *   | { kind: 'start', seed: number }
 *   | { kind: 'note', note: 'weight', parameter: string, from: number, to: number }
 *   | { kind: 'note', note: 'pin' | 'release', parameter: string }
 *   | { kind: 'note', note: 'undo' | 'redo' }} Happening
 */

/**
 * What the network must follow, and what happened.
 * @typedef {{ endsEpoch: boolean, weights: { place: Place, value: number }[], happening: Happening }} Effect
 */

/** One event's application: its step, the way to read a weight, and the weights it sets, by name.
 * @typedef {{ step: number, readWeight: (place: Place) => number, weights: Map<string, { place: Place, value: number }>,
 *   endsEpoch: boolean }} Turn */

/** @typedef {{ change: Omit<Change, 'joins'>, happening: Happening }} Performed */

/**
 * @typedef {object} SceneSnapshot
 * @property {readonly Point[]} points
 * @property {number} nextId
 * @property {KeptSettings} settings
 * @property {DataSource | null} data
 * @property {Start} start
 * @property {ReadonlyMap<string, Place>} pins
 * @property {Stack<Change>} done
 * @property {Stack<readonly Change[]>} undone
 */

export class Scene {
  /** @type {Core} */ #core;
  /** @type {Points} */ #points;
  /** @type {KeptSettings} */ #settings;
  /** @type {DataSource | null} */ #data;
  /** @type {Start} */ #start;
  /** @type {ReadonlyMap<string, Place>} by name; replaced, never changed: snapshots share it */
  #pins = new Map();
  /** @type {Stack<Change>} */ #done = null;
  /** @type {Stack<readonly Change[]>} */ #undone = null;
  #effort = 0;

  /**
   * @param {Core} core
   * @param {import('./log.js').LogHead} head
   */
  constructor(core, head) {
    this.#core = core;
    this.#settings = head.settings;
    this.#data = head.data;
    this.#start = Object.freeze({ step: 0, seed: head.seed, init: head.settings.init });
    this.#points = new Points(core, head.seed, head.settings.testSplit);
    this.#points.replace(this.#points.number(head.data === null ? head.points : this.#fill(head.data)));
    this.#points.takeTrainingChange();
  }

  /** In ascending order of id; another array after each change.
   * @returns {readonly Point[]} */
  get points() {
    return this.#points.list;
  }

  get nextId() {
    return this.#points.nextId;
  }

  /** The work of all events so far, about microseconds: points put or taken, changes taken back, networks changed. */
  get work() {
    return this.#points.work + this.#effort;
  }

  /** @returns {Readonly<KeptSettings>} */
  get keptSettings() {
    return this.#settings;
  }

  get settings() {
    return effectiveSettings(this.#settings);
  }

  /** The preset that the points came from, or null. */
  get data() {
    return this.#data;
  }

  get start() {
    return this.#start;
  }

  /** @returns {Place[]} the parameters held still */
  get pins() {
    return [...this.#pins.values()];
  }

  /** The same by name; another map after each change. */
  get pinned() {
    return this.#pins;
  }

  /** @returns {import('../parameters.js').Shape} n_x, n_h, n_y */
  get shape() {
    const { features, hidden, classes } = this.#settings;
    return { inputs: 2 + features.length, hidden, outputs: classes === 2 ? 1 : classes };
  }

  get canUndo() {
    return this.#done !== null;
  }

  get canRedo() {
    return this.#undone !== null;
  }

  /** The changes that an undo would take back, the latest first. */
  get undoable() {
    const stroke = [];
    for (let stack = this.#done; stack !== null; stack = stack.item.joins ? stack.next : null) stroke.push(stack.item);
    return stroke;
  }

  /** The changes that a redo would make. */
  get redoable() {
    return this.#undone?.item ?? [];
  }

  /** @returns {SceneSnapshot} */
  snapshot() {
    return {
      points: this.#points.list,
      nextId: this.#points.nextId,
      settings: this.#settings,
      data: this.#data,
      start: this.#start,
      pins: this.#pins,
      done: this.#done,
      undone: this.#undone,
    };
  }

  /** @param {SceneSnapshot} snapshot */
  restore(snapshot) {
    this.#points.restore(snapshot.points, snapshot.nextId, snapshot.settings.testSplit);
    this.#settings = snapshot.settings;
    this.#data = snapshot.data;
    this.#start = snapshot.start;
    this.#pins = snapshot.pins;
    this.#done = snapshot.done;
    this.#undone = snapshot.undone;
  }

  /**
   * @param {LogEvent} event
   * @param {(place: Place) => number} readWeight the parameter's value now
   * @returns {Effect | null} null where the event changes nothing
   * @throws {RangeError} naming what does not exist; then nothing has changed
   */
  apply(event, readWeight) {
    /** @type {Turn} */
    const turn = { step: event.step, readWeight, weights: new Map(), endsEpoch: false };
    const [start, pins, { hidden, activation }] = [this.#start, this.#pins, this.#settings];
    const happening = this.#take(event, turn);
    if (happening === null) return null;
    this.#effort++;
    const now = this.#settings;
    if (this.#start !== start || this.#pins !== pins || now.hidden !== hidden || now.activation !== activation) {
      this.#effort += (Math.max(now.hidden, hidden) + this.#pins.size) / 2;
    }
    const endsEpoch = this.#points.takeTrainingChange() || turn.endsEpoch;
    return { endsEpoch, weights: [...turn.weights.values()], happening };
  }

  /**
   * @param {LogEvent} event
   * @param {Turn} turn
   * @returns {Happening | null}
   */
  #take(event, turn) {
    if ('undo' in event) return this.#undo(turn);
    if ('redo' in event) return this.#redo(turn);
    if ('start' in event) {
      this.#begin(turn.step, event.start.seed);
      return { kind: 'start', seed: event.start.seed };
    }
    const performed = this.#perform(event, turn);
    if (performed === null) return null;
    const joins = event.joins === true && this.#done !== null;
    this.#done = { item: { ...performed.change, joins }, next: this.#done };
    this.#undone = null;
    return performed.happening;
  }

  /**
   * @param {LogEvent} event
   * @param {Turn} turn
   * @returns {Performed | null}
   */
  #perform(event, turn) {
    const points = this.#points;
    if ('add' in event) {
      for (const [k, point] of event.add.entries()) this.#checkClass(`add[${k}].class`, point.class);
      return this.#put(byId(points.number(event.add)));
    }
    if ('move' in event) {
      const moved = event.move.map(({ id, x, y }) => ({ ...points.get(id), x, y }));
      return this.#put(byId(moved.filter(({ id, x, y }) => points.get(id).x !== x || points.get(id).y !== y)));
    }
    if ('erase' in event) return this.#put(new Map(event.erase.map((id) => [points.get(id).id, null])));
    if ('relabel' in event) {
      for (const [k, item] of event.relabel.entries()) this.#checkClass(`relabel[${k}].class`, item.class);
      const relabelled = event.relabel.map((item) => ({ ...points.get(item.id), class: item.class }));
      return this.#put(byId(relabelled.filter((point) => points.get(point.id).class !== point.class)));
    }
    if ('clear' in event) {
      if (points.size === 0 && this.#data === null) return null;
      const change = { allPoints: points.replace([]), data: this.#data };
      this.#data = null;
      return { change, happening: { kind: 'points', ...countChanges(byId(change.allPoints), new Map()) } };
    }
    if ('set' in event) return this.#set(event.set, turn);
    if ('data' in event) return this.#replaceData(event.data, turn);
    if ('weight' in event) {
      const { value, ...place } = event.weight;
      this.#checkPlace('weight', place);
      // Never idle, whatever the weight was: what an undo takes back must not depend on what has been learned.
      const before = turn.readWeight(place);
      turn.weights.set(nameOf(place), { place, value });
      return {
        change: { weight: { place, value: before, start: this.#start } },
        happening: { kind: 'note', note: 'weight', parameter: nameOf(place), from: before, to: value },
      };
    }
    if ('pin' in event) return this.#hold('pin', event.pin);
    if ('release' in event) return this.#hold('release', event.release);
    throw new TypeError(`event: holds no edit: ${Object.keys(event).join(', ')}`);
  }

  /**
   * @param {'pin' | 'release'} note
   * @param {Place} place
   * @returns {Performed | null}
   */
  #hold(note, place) {
    const pinned = note === 'pin';
    this.#checkPlace(note, place);
    if (this.#pins.has(nameOf(place)) === pinned) return null;
    this.#pin(place, pinned);
    return { change: { pin: { place, pinned: !pinned } }, happening: { kind: 'note', note, parameter: nameOf(place) } };
  }

  /**
   * @param {ReadonlyMap<number, Point | null>} changes
   * @returns {Performed | null}
   */
  #put(changes) {
    if (changes.size === 0) return null;
    const before = this.#points.put(changes);
    return { change: { points: before }, happening: { kind: 'points', ...countChanges(before, changes) } };
  }

  /**
   * @param {Readonly<Partial<KeptSettings>>} given
   * @param {Turn} turn
   * @returns {Performed | null}
   */
  #set(given, turn) {
    const before = this.#settings;
    /** @type {KeptSettings} */
    const after = Object.freeze({ ...before, ...given });
    const changed = settingNames.filter((name) => !sameSetting(name, before, after));
    if (changed.length === 0) return null;
    /** @type {Omit<Change, 'joins'>} */
    const change = { settings: before };
    if (after.classes < before.classes) {
      this.#effort += this.#points.size;
      const outside = this.points.filter((point) => point.class >= after.classes);
      change.points = this.#points.put(new Map(outside.map(({ id }) => [id, null])));
    }
    this.#adopt(after, turn);
    const [was, is] = [effectiveSettings(before), effectiveSettings(after)];
    return {
      change,
      happening:
        changed.length === 1 && changed[0] === 'hidden'
          ? { kind: 'hidden', from: before.hidden, to: after.hidden }
          : { kind: 'setting', changes: changed.map((name) => ({ name, from: was[name], to: is[name] })) },
    };
  }

  /**
   * @param {DataSource} data
   * @param {Turn} turn
   * @returns {Performed}
   */
  #replaceData(data, turn) {
    /** @type {Omit<Change, 'joins'>} */
    const change = { data: this.#data, settings: this.#settings };
    const fresh = this.#fill(data);
    change.allPoints = this.#points.replace([]);
    this.#points.replace(this.#points.number(fresh));
    this.#data = data;
    this.#adopt(Object.freeze({ ...this.#settings, classes: presetClasses(data.preset) }), turn);
    return { change, happening: { kind: 'data', preset: data.preset } };
  }

  /**
   * Takes over settings that are known to be in range.
   * @param {KeptSettings} after
   * @param {Turn} turn
   */
  #adopt(after, turn) {
    const before = this.#settings;
    this.#settings = after;
    if (before.batchSize !== after.batchSize) turn.endsEpoch = true;
    if (before.testSplit !== after.testSplit) this.#points.setSplit(after.testSplit);
    if (!sameSetting('classes', before, after) || !sameSetting('features', before, after)) {
      this.#pins = new Map(); // rows and columns mean other inputs and classes now
      this.#begin(turn.step, this.#start.seed);
    } else if (after.hidden < before.hidden) {
      this.#pins = new Map([...this.#pins].filter(([, place]) => indexOf(place, this.shape) >= 0));
    }
  }

  /**
   * @param {number} step
   * @param {number} seed
   */
  #begin(step, seed) {
    this.#start = Object.freeze({ step, seed, init: this.#settings.init });
  }

  /**
   * @param {Turn} turn
   * @returns {Happening | null}
   */
  #undo(turn) {
    /** @type {Change[]} */
    const stroke = [];
    while (this.#done !== null) {
      const { item, next } = this.#done;
      this.#done = next;
      stroke.push(this.#revert(item, turn));
      if (!item.joins) break;
    }
    if (stroke.length === 0) return null;
    this.#undone = { item: stroke, next: this.#undone };
    return { kind: 'note', note: 'undo' };
  }

  /**
   * @param {Turn} turn
   * @returns {Happening | null}
   */
  #redo(turn) {
    if (this.#undone === null) return null;
    const { item: stroke, next } = this.#undone;
    this.#undone = next;
    for (const change of [...stroke].reverse()) {
      this.#done = { item: this.#revert(change, turn), next: this.#done };
    }
    return { kind: 'note', note: 'redo' };
  }

  /**
   * @param {Change} change
   * @param {Turn} turn
   * @returns {Change} what takes it back
   */
  #revert(change, turn) {
    /** @type {Change} */
    const inverse = { joins: change.joins };
    this.#effort++;
    if (change.settings !== undefined) {
      inverse.settings = this.#settings;
      this.#adopt(change.settings, turn);
    }
    if (change.allPoints !== undefined) inverse.allPoints = this.#points.replace(change.allPoints);
    if (change.points !== undefined) inverse.points = this.#points.put(change.points);
    if (change.data !== undefined) {
      inverse.data = this.#data;
      this.#data = change.data;
    }
    if (change.weight !== undefined) {
      const { place, value, start } = change.weight;
      inverse.weight = change.weight;
      // A weight edited before another start, or of a unit that has left, has nothing to return to.
      if (start === this.#start && indexOf(place, this.shape) >= 0) {
        const pending = turn.weights.get(nameOf(place));
        inverse.weight = { place, value: pending?.value ?? turn.readWeight(place), start };
        turn.weights.set(nameOf(place), { place, value });
      }
    }
    if (change.pin !== undefined) {
      const { place, pinned } = change.pin;
      inverse.pin = { place, pinned: this.#pins.has(nameOf(place)) };
      if (indexOf(place, this.shape) >= 0) this.#pin(place, pinned);
    }
    return inverse;
  }

  /**
   * @param {Place} place
   * @param {boolean} pinned
   */
  #pin(place, pinned) {
    const pins = new Map(this.#pins);
    if (pinned) pins.set(nameOf(place), place);
    else pins.delete(nameOf(place));
    this.#pins = pins;
  }

  /**
   * @param {DataSource} data
   * @returns {import('./events.js').NewPoint[]}
   */
  #fill({ preset, ...options }) {
    const { X, y } = makePreset(this.#core, preset, options);
    return X.map(([x1, x2], i) => ({ x: x1, y: x2, class: y[i] }));
  }

  /**
   * @param {string} name
   * @param {number} label
   */
  #checkClass(name, label) {
    const { classes } = this.#settings;
    if (label >= classes) throw new RangeError(`${name}: ${label} is outside 0 … ${classes - 1}`);
  }

  /**
   * @param {string} name
   * @param {Place} place
   */
  #checkPlace(name, place) {
    if (indexOf(place, this.shape) < 0) {
      const { inputs, hidden, outputs } = this.shape;
      throw new RangeError(`${name}: there is no ${nameOf(place)} with n_x ${inputs}, n_h ${hidden}, n_y ${outputs}`);
    }
  }
}
