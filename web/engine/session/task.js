/**
 * A run held against its task: data, seed, goal and locked settings are the task's, and what
 * the run has otherwise is named and replaced.
 */
import { nameOf } from '../parameters.js';
import { maxEventWork } from './draft.js';
import { kindOf } from './events.js';
import { Scene } from './scene.js';
import { sameSetting, settingNames } from './settings.js';

/** @typedef {import('../core.js').Core} Core */
/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./log.js').LogHead} LogHead */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./settings.js').KeptSettings} KeptSettings */

/** @typedef {{ name: string, message: string }} Difference */

/** Edits of data: a task gives the data, so these are the task's alone. */
const dataKinds = ['add', 'move', 'erase', 'relabel', 'clear', 'data'];

/** Differences that are told one by one. */
const maxDifferences = 100;

/**
 * @param {Core} core
 * @param {Log} run
 * @param {Log} task of which the beginning counts: its head and the edits that are part of it
 * @param {readonly import('./scene.js').Happening[]} happenings of the run's events
 * @returns {{ log: Log, differences: Difference[] }} the run on the task's terms
 */
export function holdAgainst(core, run, task, happenings) {
  /** @type {Difference[]} */
  const differences = [];
  const differ = (/** @type {string} */ name, /** @type {string} */ message) => differences.push({ name, message });
  const head = compareHeads(run.head, task.head, differ);
  const fixed = settingNames.filter((name) => isFixed(name, task.head));
  const first = givenEvents(task, fixed);
  const begins = first.every((event, k) => sameEvent(event, run.events[k]));
  if (!begins) differ('data', `data: the task's ${first.length} edits at the beginning are not the run's`);
  const own = begins ? run.events.slice(first.length) : run.events;
  const scene = new Scene(core, head);
  const events = first.filter((event) => applies(scene, event));
  const { seed } = scene.start;
  const held = scene.pins.map(nameOf);
  const bound = scene.work + maxEventWork;
  let more = 0;
  for (const [k, event] of own.entries()) {
    const before = scene.snapshot();
    let what =
      'undo' in event || 'redo' in event ? forbiddenStroke(event, scene, fixed) : forbidden(event, fixed, seed);
    if (what === null) {
      // What is left of a run without its forbidden edits may refer to what is gone: that goes too.
      const applied = scene.work <= bound && applies(scene, event);
      what = lostPin(event, scene, held);
      if (what === null) {
        if (applied) events.push(event);
        continue;
      }
      scene.restore(before);
    }
    if (differences.length < maxDifferences) {
      const happening = happenings[k + (begins ? first.length : 0)];
      differ(what.name, `${what.name}: at step ${event.step} ${what.message}${describe(happening)}`);
    } else more++;
  }
  if (more > 0) differ('log', `log: ${more} more edits that the task does not allow`);
  return { log: { head, events, step: run.step }, differences };
}

/**
 * The edits that are part of a task: those of step 0, and all up to the last one that a run may not make itself.
 * @param {Log} task
 * @param {readonly (keyof KeptSettings)[]} fixed
 */
function givenEvents({ head, events }, fixed) {
  const last = events.findLastIndex(
    (event) => event.step === 0 || 'undo' in event || 'redo' in event || forbidden(event, fixed, head.seed) !== null,
  );
  return events.slice(0, last + 1);
}

/**
 * @param {Scene} scene
 * @param {LogEvent} event
 * @returns {boolean} whether the event changed something
 */
function applies(scene, event) {
  try {
    // What weights have been learned is not known here, and does not matter.
    return scene.apply(event, () => NaN) !== null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

/**
 * What is held still goes with its unit, and all of it with other features.
 * @param {LogEvent} event
 * @param {Scene} scene after it
 * @param {readonly string[]} held the parameters that the task holds still
 * @returns {{ name: string, message: string } | null} null where all of them are still held
 */
function lostPin(event, scene, held) {
  const pins = new Set(scene.pins.map(nameOf));
  const lost = held.find((name) => !pins.has(name));
  return lost === undefined
    ? null
    : { name: 'weights', message: `it lets go of ${lost}, which the task holds still (${kindOf(event)})` };
}

/**
 * A network must have the data's classes, and its training points, whatever is locked.
 * @param {keyof KeptSettings} name
 * @param {LogHead} task
 */
const isFixed = (name, task) => task.lock.includes(name) || name === 'classes' || name === 'testSplit';

/**
 * @param {LogHead} run
 * @param {LogHead} task
 * @param {(name: string, message: string) => void} differ
 * @returns {LogHead} the run's settings where they are free, all else the task's
 */
function compareHeads(run, task, differ) {
  if (run.seed !== task.seed) differ('seed', `seed: ${run.seed}; the task has ${task.seed}`);
  if (run.goal !== task.goal) differ('goal', `goal: "${run.goal}"; the task has "${task.goal}"`);
  if (!sameData(run, task)) {
    differ('data', `data: ${nameData(run)}; the task has ${nameData(task)}`);
  }
  const fixed = settingNames.filter((name) => isFixed(name, task));
  /** @type {KeptSettings} */
  const settings = { ...run.settings, ...Object.fromEntries(fixed.map((name) => [name, task.settings[name]])) };
  for (const name of fixed) {
    if (!sameSetting(name, run.settings, task.settings)) {
      differ(name, `${name}: ${run.settings[name]}; the task has ${task.settings[name]}`);
    }
  }
  return Object.freeze({ ...task, settings: Object.freeze(settings) });
}

/** @param {LogHead} a @param {LogHead} b */
const sameData = (a, b) => JSON.stringify([a.data, a.points]) === JSON.stringify([b.data, b.points]);

/** @param {LogHead} head */
const nameData = ({ data, points }) =>
  data === null
    ? `${points.length} points`
    : `${data.preset} (n ${data.n}, noise ${data.noise}, flip ${data.flip}, seed ${data.seed})`;

/** @param {LogEvent} a @param {LogEvent | undefined} b */
const sameEvent = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * @param {LogEvent} event
 * @param {readonly (keyof KeptSettings)[]} fixed
 * @param {number} seed the task's
 * @returns {{ name: string, message: string } | null} null where the task allows it
 */
function forbidden(event, fixed, seed) {
  const kind = kindOf(event);
  if (dataKinds.includes(kind)) return { name: 'data', message: `the run edits points (${kind})` };
  if ('start' in event && event.start.seed !== seed) {
    return { name: 'seed', message: `it starts anew with seed ${event.start.seed}; the task has ${seed}` };
  }
  if ('weight' in event)
    return { name: 'weights', message: `it sets ${nameOf(event.weight)} to ${event.weight.value}` };
  if ('pin' in event) return { name: 'weights', message: `it holds ${nameOf(event.pin)} still` };
  if ('release' in event) return { name: 'weights', message: `it lets go of ${nameOf(event.release)}` };
  if ('set' in event) {
    const names = fixed.filter((name) => event.set[name] !== undefined);
    if (names.length > 0) {
      return {
        name: names[0],
        message: `it sets ${names.map((name) => `${name} to ${event.set[name]}`).join(' and ')}`,
      };
    }
  }
  return null;
}

/**
 * The run's own forbidden edits are gone: what an undo could still take back is allowed, or the task's.
 * @param {LogEvent} event an undo or a redo
 * @param {Scene} scene before it
 * @param {readonly (keyof KeptSettings)[]} fixed
 * @returns {{ name: string, message: string } | null} null where the task allows it
 */
function forbiddenStroke(event, scene, fixed) {
  const kind = kindOf(event);
  const changes = 'undo' in event ? scene.undoable : scene.redoable;
  for (const { points, allPoints, data, weight, pin, settings } of changes) {
    if (points !== undefined || allPoints !== undefined || data !== undefined) {
      return { name: 'data', message: `the run takes back the task's points (${kind})` };
    }
    if (weight !== undefined || pin !== undefined) {
      return { name: 'weights', message: `it takes back the task's weights (${kind})` };
    }
    const name = settings && fixed.find((key) => !sameSetting(key, settings, scene.keptSettings));
    if (name !== undefined) return { name, message: `it takes back the task's ${name} (${kind})` };
  }
  return null;
}

/** @param {import('./scene.js').Happening | undefined} happening */
function describe(happening) {
  if (happening?.kind !== 'points') return '';
  const sum = (/** @type {number[]} */ counts) => counts.reduce((total, count) => total + count, 0);
  const parts = [
    [sum(happening.added), 'added'],
    [sum(happening.erased), 'erased'],
    [happening.moved, 'moved'],
    [happening.relabelled, 'relabelled'],
  ];
  return `: ${parts
    .filter(([count]) => Number(count) > 0)
    .map((part) => part.join(' '))
    .join(', ')}`;
}
