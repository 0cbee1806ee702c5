/**
 * A log from foreign hands (a link, a file): every part is checked by itself, what is
 * wrong is dropped and named, and nothing is trained. The work is bounded.
 */
import { checkInteger, show } from '../arguments.js';
import { maxInteger } from '../limits.js';
import { checkEdit } from './events.js';
import { createHead, sessionNames } from './log.js';
import { Scene } from './scene.js';

/** @typedef {import('../core.js').Core} Core */
/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./log.js').LogHead} LogHead */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./scene.js').Happening} Happening */

/**
 * A log as it was found; nothing of it is trusted.
 * @typedef {object} Draft
 * @property {Readonly<Record<string, unknown>>} options as createSession takes them
 * @property {readonly unknown[]} events
 * @property {unknown} step
 * @property {unknown} [at] the step that it shows
 * @property {unknown} [arithmetic] the version that made it
 * @property {unknown} [checkpoint] base64url
 * @property {string[]} warnings what was dropped already
 */

/**
 * What could be opened of it.
 * @typedef {object} Opened
 * @property {Log} log
 * @property {Happening[]} happenings one an event
 * @property {number} at the step that it shows
 * @property {number | null} arithmetic the version that made it, if it says so
 * @property {string | null} checkpoint
 * @property {string[]} warnings what was dropped
 */

/** Most events that a log from outside may have. */
export const maxEvents = 100000;

/** Most work that applying its events may be, in the scene's unit: about a second, and some 100 MB. */
export const maxEventWork = 1e6;

/** Most points and ids that its events may name, of whatever use: about a second of checking. */
const maxItems = 1e6;

const maxWarnings = 20;

/**
 * @param {Core} core
 * @param {Draft} draft
 * @returns {Opened}
 */
export function openDraft(core, { options, events, step, at, arithmetic, checkpoint, warnings }) {
  const found = new Warnings(warnings);
  const head = openHead(options, found);
  const opened = openEvents(core, head, events, found);
  const last = opened.events.at(-1)?.step ?? 0;
  const end = found.attempt('step', () => checkInteger('step', step ?? last, last, maxInteger)) ?? last;
  const version =
    arithmetic === undefined ? null : found.attempt('arithmetic', () => checkInteger('arithmetic', arithmetic, 0, 1e6));
  if (version !== null && version !== core.arithmeticVersion) {
    found.add(
      `arithmetic: made with version ${version}; this release computes with ${core.arithmeticVersion} and cannot verify it`,
    );
  }
  return {
    log: { head, events: opened.events, step: end },
    happenings: opened.happenings,
    at: (at === undefined ? null : found.attempt('at', () => checkInteger('at', at, 0, end))) ?? end,
    arithmetic: version,
    checkpoint: typeof checkpoint === 'string' ? checkpoint : null,
    warnings: found.list,
  };
}

/**
 * @param {Readonly<Record<string, unknown>>} options
 * @param {Warnings} found
 * @returns {LogHead}
 */
function openHead(options, found) {
  /** @type {Record<string, unknown>} */
  const accepted = {};
  for (const name of Object.keys(options)) {
    if (!sessionNames.some((known) => known === name)) found.add(`${show(name)}: unknown`);
  }
  // In this order what others depend on comes first: n on its preset, classes on the points.
  for (const name of sessionNames) {
    if (!Object.hasOwn(options, name) || options[name] === undefined) continue;
    if (found.attempt(name, () => createHead({ ...accepted, [name]: options[name] })) !== null) {
      accepted[name] = options[name];
    }
  }
  return createHead(accepted);
}

/**
 * @param {Core} core
 * @param {LogHead} head
 * @param {readonly unknown[]} events
 * @param {Warnings} found
 * @returns {{ events: LogEvent[], happenings: Happening[] }}
 */
function openEvents(core, head, events, found) {
  const scene = new Scene(core, head);
  const bound = scene.work + maxEventWork;
  /** @type {LogEvent[]} */
  const opened = [];
  /** @type {Happening[]} */
  const happenings = [];
  let step = 0;
  if (events.length > maxEvents) found.add(`events: ${events.length}; those beyond ${maxEvents} are dropped`);
  let items = 0;
  for (const [k, event] of events.slice(0, maxEvents).entries()) {
    items += countItems(event);
    if (scene.work > bound || items > maxItems) {
      found.addFirst(`events: from number ${k + 1} on they are dropped; together they change too much`);
      break;
    }
    const checked = found.attempt(`event ${k + 1}`, () => checkEvent(event, step));
    if (checked === null) continue;
    // What weights have been learned is not known yet, and does not matter.
    const effect = found.attempt(`event ${k + 1}`, () => scene.apply(checked, () => NaN) ?? 'idle');
    if (effect === null) continue;
    if (effect === 'idle') {
      found.add(`event ${k + 1}: changes nothing`);
      continue;
    }
    opened.push(checked);
    happenings.push(effect.happening);
    step = checked.step;
  }
  return { events: opened, happenings };
}

/** @param {unknown} event */
const countItems = (event) =>
  typeof event !== 'object' || event === null
    ? 0
    : Object.values(event).reduce((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);

/**
 * @param {unknown} event
 * @param {number} least its step is no earlier
 * @returns {LogEvent}
 */
function checkEvent(event, least) {
  if (typeof event !== 'object' || event === null) throw new TypeError(`${show(event)} is not an object`);
  const { step, joins, ...rest } = /** @type {Record<string, unknown>} */ (event);
  const { edit } = checkEdit(rest);
  return Object.freeze({
    step: checkInteger('step', step, least, maxInteger),
    ...edit,
    .../** @type {{ joins?: true }} */ (joins === true ? { joins } : {}),
  });
}

/** What was dropped, in words; of very many the first. */
class Warnings {
  /** @type {string[]} */ #list;
  #more = 0;

  /** @param {string[]} list */
  constructor(list) {
    this.#list = list.slice(0, maxWarnings);
    this.#more = list.length - this.#list.length;
  }

  /** @param {string} warning */
  add(warning) {
    if (this.#list.length < maxWarnings) this.#list.push(warning);
    else this.#more++;
  }

  /** What matters more than those before it. @param {string} warning */
  addFirst(warning) {
    this.#list.unshift(warning);
    if (this.#list.length > maxWarnings) this.#more += this.#list.splice(maxWarnings).length;
  }

  /**
   * @template Value
   * @param {string} what
   * @param {() => Value} check
   * @returns {Value | null} null where the check throws; then a warning says why
   */
  attempt(what, check) {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      this.add(error.message.startsWith(what) ? error.message : `${what}: ${error.message}`);
      return null;
    }
  }

  get list() {
    return this.#more === 0 ? this.#list : [...this.#list, `and ${this.#more} more`];
  }
}
