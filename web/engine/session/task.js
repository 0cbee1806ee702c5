/**
 * A run held against its task: data, seed, goal and locked settings are the task's, and what
 * the run has otherwise is named and replaced.
 */
import { nameOf } from '../parameters.js';
import { kindOf } from './events.js';
import { sameSetting, settingNames } from './settings.js';

/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./log.js').LogHead} LogHead */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./settings.js').KeptSettings} KeptSettings */

/** @typedef {{ name: string, message: string }} Difference */

/** Edits of data: a task gives the data, so these are the task's alone. */
const dataKinds = ['add', 'move', 'erase', 'relabel', 'clear', 'data'];

/**
 * @param {Log} run
 * @param {Log} task of which the beginning counts: its head and its edits of step 0
 * @param {readonly import('./scene.js').Happening[]} happenings of the run's events
 * @returns {{ log: Log, differences: Difference[] }} the run on the task's terms
 */
export function holdAgainst(run, task, happenings) {
  /** @type {Difference[]} */
  const differences = [];
  const differ = (/** @type {string} */ name, /** @type {string} */ message) => differences.push({ name, message });
  const head = compareHeads(run.head, task.head, differ);
  const first = task.events.filter(({ step }) => step === 0);
  const begins = first.every((event, k) => sameEvent(event, run.events[k]));
  if (!begins) differ('data', `data: the task's ${first.length} edits at the beginning are not the run's`);
  const own = begins ? run.events.slice(first.length) : run.events;
  const locked = new Set([...task.head.lock, 'data', 'points', 'seed', 'weights']);
  const kept = own.filter((event, k) => {
    const what = forbidden(event, locked, head.seed);
    if (what === null) return true;
    const happening = happenings[k + (begins ? first.length : 0)];
    differ(what.name, `${what.name}: at step ${event.step} ${what.message}${describe(happening)}`);
    return false;
  });
  return {
    log: { head, events: differences.length === 0 ? run.events : [...first, ...kept], step: run.step },
    differences,
  };
}

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
  // A network must have the data's classes, whatever is locked.
  const fixed = settingNames.filter((name) => task.lock.includes(name) || name === 'classes' || name === 'testSplit');
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
 * @param {ReadonlySet<string>} locked
 * @param {number} seed the task's
 * @returns {{ name: string, message: string } | null} null where the task allows it
 */
function forbidden(event, locked, seed) {
  const kind = kindOf(event);
  if (dataKinds.includes(kind)) return { name: 'data', message: `the run edits points (${kind})` };
  if ('start' in event && event.start.seed !== seed) {
    return { name: 'seed', message: `it starts anew with seed ${event.start.seed}; the task has ${seed}` };
  }
  if ('weight' in event)
    return { name: 'weights', message: `it sets ${nameOf(event.weight)} to ${event.weight.value}` };
  if ('pin' in event) return { name: 'weights', message: `it holds ${nameOf(event.pin)} still` };
  if ('set' in event) {
    const names = settingNames.filter(
      (name) => event.set[name] !== undefined && (locked.has(name) || name === 'classes' || name === 'testSplit'),
    );
    if (names.length > 0) {
      return {
        name: names[0],
        message: `it sets ${names.map((name) => `${name} to ${event.set[name]}`).join(' and ')}`,
      };
    }
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
