/**
 * What a person does to a run, by pointer, key, field or menu, and all that follows from it: points, network, settings, data.
 * Every edit goes through the session's log.
 */

import { checkPoint } from '../engine/session/events.js';
import { dataOf } from './data-of.js';
import { placeInWords, runInWords } from './describe.js';
import { messageOf } from './message-of.js';
import { Notes } from './notes.js';
import { OPENING } from './opening.js';
import { strings } from './strings.js';
import { MAX_POINTS, readTypedNumber } from './typed-number.js';

/** @typedef {import('../engine/session.js').Session} Session */

/**
 * @typedef {object} Host what editing asks of the element
 * @property {() => readonly import('../engine/session.js').Flag[]} happened
 * @property {(type: string) => void} announce
 * @property {() => void} changed
 * @property {(words: string, isAsked: boolean) => void} say
 */

export class Editor {
  #run;
  #page;
  #host;
  #starts = 0;

  /**
   * @param {import('./view-state.js').Run} run
   * @param {import('./view-state.js').Page} page
   * @param {Host} host
   */
  constructor(run, page, host) {
    this.#run = run;
    this.#page = page;
    this.#host = host;
  }

  /**
   * One edit, and all that follows from it.
   *
   * @param {Record<string, any>} wish
   * @returns {boolean} whether it was taken
   */
  edit(wish) {
    const session = this.#run.session;
    if (session === undefined) return false;
    const room = MAX_POINTS - session.points.length;
    const isTooMuch = wish.add !== undefined && wish.add.length > room;
    this.#run.notes.notice = isTooMuch ? strings.caption.full(MAX_POINTS).flat().join(' ') : undefined;
    /** @type {Record<string, any>} */
    const edit = { stroke: session.stroke(), ...wish, ...(isTooMuch ? { add: wish.add.slice(0, room) } : {}) };
    const last = session.points.at(-1)?.id ?? -1;
    try {
      if (!isTooMuch || room > 0) session.edit(edit);
    } catch (error) {
      this.#run.notes.notice = messageOf(error);
      this.#host.changed();
      return false;
    }
    this.#run.notes.undoneStep = undefined;
    this.#run.notes.diverged = undefined;
    if (edit.add !== undefined) this.#run.notes.drew(session, edit.stroke, last);
    else if (edit.set === undefined && edit.hidden === undefined) this.#run.notes.stroke = undefined;
    this.afterEdit();
    return true;
  }

  afterEdit() {
    this.#page.touched = true;
    this.#page.lastInput = performance.now();
    if (this.#page.resting) {
      this.#page.resting = false;
      this.#page.playing = true;
    }
    if (this.#page.selected !== undefined && !this.#run.session?.points.some(({ id }) => id === this.#page.selected))
      this.deselect();
    this.#page.csv = '';
    this.#run.notes.unreplayed = undefined;
    this.#run.notes.opened = undefined;
    this.#run.notes.before = undefined;
    this.#page.shared.file = undefined;
    this.#host.announce('two-layer-change');
    this.#host.changed();
  }

  /** After a seek or a new start nothing noticed before holds. */
  forget() {
    this.#run.notes = new Notes();
    this.deselect();
    this.#page.errors = {};
    this.#page.csv = '';
  }

  deselect() {
    this.#page.selected = undefined;
    this.#page.moving = false;
  }

  /**
   * Other points, with as many classes as they need. Nothing is changed if they cannot be taken.
   *
   * @param {any} points
   * @throws {RangeError | TypeError} naming what is wrong
   */
  replacePoints(points) {
    const session = /** @type {Session} */ (this.#run.session);
    if (!Array.isArray(points)) throw new TypeError(`points: ${points} is not a list of points`);
    if (points.length > MAX_POINTS) throw new RangeError(strings.tooManyPoints(points.length, MAX_POINTS));
    const checked = points.map((point, k) => checkPoint(`points[${k}]`, point));
    const stroke = session.stroke();
    const most = checked.reduce((largest, point) => Math.max(largest, point.class), 0);
    this.deselect();
    if (most >= session.settings.classes) this.change({ classes: most + 1 }, stroke);
    if (session.points.length > 0) session.edit({ clear: true, stroke });
    if (checked.length > 0) session.edit({ add: checked, stroke });
  }

  /**
   * Other settings, and a word where they made another network: other inputs or classes cannot keep the weights.
   *
   * @param {Record<string, unknown>} change
   * @param {number} [stroke]
   * @throws {RangeError | TypeError} naming what is wrong
   */
  change(change, stroke) {
    const session = /** @type {Session} */ (this.#run.session);
    const { step, startStep } = session;
    const points = session.points.length;
    session.edit({ set: change, stroke: stroke ?? session.stroke() });
    this.#sayStartedAnew(change, startStep, step, points - session.points.length);
  }

  /**
   * @param {Record<string, unknown>} change of settings that was made
   * @param {number} startStep before it
   * @param {number} step when it was made
   * @param {number} gone points that it took away
   */
  #sayStartedAnew(change, startStep, step, gone) {
    const session = /** @type {Session} */ (this.#run.session);
    const isAnew = session.startStep === step && startStep !== step;
    if (!isAnew && gone === 0) return;
    const what = 'classes' in change ? strings.classes : strings.features;
    if (isAnew) this.forget();
    this.#run.notes.notice = [
      ...(isAnew ? [strings.startedAnew(what)] : []),
      ...(gone > 0 ? [strings.pointsGone(gone)] : []),
    ].join(' ');
    this.#host.changed();
  }

  /** What pointer and keys meant. @param {import('./plot-input.js').Intent[]} intents */
  act(intents) {
    for (const intent of intents) {
      switch (intent.kind) {
        case 'add':
          if (this.edit({ add: intent.points, stroke: intent.stroke }) && this.#page.hasCursor) this.#sayPlace();
          break;
        case 'move':
          this.edit({ move: intent.moves, stroke: intent.stroke });
          break;
        case 'erase':
          this.edit({ erase: intent.ids, stroke: intent.stroke });
          break;
        case 'relabel':
          this.edit({ relabel: intent.labels, stroke: intent.stroke });
          break;
        case 'select':
          if (intent.id === undefined) this.deselect();
          this.#page.selected = intent.id;
          break;
        case 'moving':
          this.#page.moving = intent.on;
          if (!intent.on) this.deselect();
          break;
        case 'cursor':
          this.#page.cursor = intent.place;
          this.#sayPlace();
          break;
        case 'brush':
          this.choose(intent.class);
          break;
        case 'undo':
        case 'undo-stroke':
          this.undo();
          break;
        case 'redo':
          this.redo();
          break;
        case 'describe':
          this.describe();
          break;
        default: // 'hold-spray' is the plot input's own affair
      }
      this.#host.changed();
    }
  }

  undo() {
    const session = this.#run.session;
    if (session === undefined || !session.undo()) return;
    this.#run.notes.notice = undefined;
    this.#run.notes.undid(session);
    this.afterEdit();
  }

  redo() {
    if (!this.#run.session?.redo()) return;
    this.#run.notes.notice = undefined;
    this.#run.notes.undoneStep = undefined;
    this.#run.notes.stroke = undefined;
    this.afterEdit();
  }

  /** @param {number | 'erase'} tool */
  choose(tool) {
    this.#page.tool = tool;
    this.#host.say(tool === 'erase' ? strings.erase : strings.brush(dataOf(this.#run.session).names[tool], tool), true);
    this.#host.changed();
  }

  #sayPlace() {
    const { session } = this.#run;
    if (session !== undefined) this.#host.say(placeInWords(session, this.#page, dataOf(session)), true);
  }

  /** The picture in words, to read and to hear. */
  describe() {
    const { session, notes } = this.#run;
    if (session === undefined) return;
    notes.notice = runInWords(session, dataOf(session).names);
    this.#host.say(notes.notice, true);
    this.#host.changed();
  }

  /** @param {string} key @param {string} text */
  typeSetting(key, text) {
    const { value, error } = readTypedNumber(key, text);
    this.#page.errors = { ...this.#page.errors, [key]: error };
    if (value === undefined) this.#host.changed();
    else if (key === 'hidden') this.edit({ hidden: value });
    else this.set({ [key]: value });
  }

  /** @param {string} key @param {string} text */
  typeData(key, text) {
    const { value, error } = readTypedNumber(key, text);
    this.#page.errors = { ...this.#page.errors, [`data-${key}`]: error };
    if (value === undefined) this.#host.changed();
    else this.edit({ data: { ...dataOf(this.#run.session).data, [key]: value } });
  }

  /** @param {Record<string, unknown>} change */
  set(change) {
    const session = this.#run.session;
    if (session === undefined) return;
    const { step, startStep } = session;
    const points = session.points.length;
    const { learningRate } = session.settings;
    if (!this.edit({ set: change })) return;
    const { classes } = session.settings;
    if (session.settings.learningRate !== learningRate) this.#run.notes.rateBefore = { rate: learningRate, step };
    if (typeof this.#page.tool === 'number' && this.#page.tool >= classes) this.#page.tool = 0;
    this.#sayStartedAnew(change, startStep, step, points - session.points.length);
  }

  /**
   * Other data. Another preset is another run: a network that knows the old points would start from its mistakes.
   *
   * @param {Record<string, any>} change
   */
  setData(change) {
    const session = this.#run.session;
    if (session === undefined) return;
    const isOther = change.preset !== undefined;
    const seed = change.preset === 'ring' ? OPENING.seed : 1;
    const before = dataOf(session).data;
    const data = isOther ? { seed, ...change } : { ...before, preset: before.preset ?? 'ring', ...change };
    if (!this.edit({ data })) return;
    this.#page.tablePage = 0;
    if (!isOther) return;
    session.edit({ start: { seed: data.seed } });
    this.forget();
    this.#page.touched = change.preset !== 'ring';
    this.#host.changed();
  }

  newStart() {
    const session = this.#run.session;
    if (session === undefined) return;
    // One that the run has not had, be it opened from a link.
    const had = this.#host.happened().filter(({ kind }) => kind === 'start').length;
    this.#starts = Math.max(this.#starts, had) + 1;
    this.edit({ start: { seed: session.seed + this.#starts } });
    this.forget();
    this.#host.changed();
  }
}
