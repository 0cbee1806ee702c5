/** The head of a log: where a run begins. Its events follow it. */
import { checkChoice, checkObject, checkSeed, show } from '../arguments.js';
import { maxExamples } from '../limits.js';
import { presetClasses, presetNames, presetOptions } from '../presets.js';
import { checkPoint } from './events.js';
import { checkSettings, defaultSettings, settingNames } from './settings.js';

/** @typedef {import('./events.js').NewPoint} NewPoint */
/** @typedef {import('./events.js').DataSource} DataSource */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./settings.js').KeptSettings} KeptSettings */

/**
 * @typedef {object} LogHead
 * @property {number} seed of the first weights, the shuffles and the test split
 * @property {Readonly<KeptSettings>} settings
 * @property {DataSource | null} data the preset, if one fills the plane
 * @property {readonly NewPoint[]} points the first points where no preset does
 * @property {string} goal in words such as "loss<0.1 & hidden<=3", or ''
 * @property {readonly string[]} lock names of settings that the task fixes
 */

/** @typedef {{ head: LogHead, events: readonly LogEvent[], step: number }} Log step: the last one */

/** @typedef {'preset' | 'n' | 'noise' | 'flip' | 'dataSeed' | 'seed' | 'points' | 'goal' | 'lock'} HeadName */

/**
 * @typedef {object} SessionArguments
 * @property {import('../presets.js').PresetName | null} [preset] 'ring' by default; null for an empty plane
 * @property {number} [n] the preset's, as in preset()
 * @property {number} [noise] likewise
 * @property {number} [flip] likewise
 * @property {number} [dataSeed] the preset's; the run's by default
 * @property {number} [seed] the run's: weights, shuffles, split; 1 by default
 * @property {readonly (NewPoint | readonly number[])[]} [points] {x, y, class} or [x, y, class]; in place of a preset
 * @property {string} [goal]
 * @property {readonly string[]} [lock]
 */

/** The longest goal that is kept, in characters. */
export const maxGoal = 200;

const headNames = Object.freeze(
  /** @type {HeadName[]} */ (['preset', 'n', 'noise', 'flip', 'dataSeed', 'seed', 'points', 'goal', 'lock']),
);

/** What a task may fix: settings and the head's names. */
export const lockNames = Object.freeze([...settingNames, 'seed', 'points', 'data', 'weights']);

/** Every name that a session's options may have. */
export const sessionNames = Object.freeze([...headNames, ...settingNames]);

/**
 * @param {SessionArguments & Partial<KeptSettings>} [options]
 * @returns {LogHead}
 * @throws {TypeError | RangeError} naming the option and its value
 */
export function createHead(options = {}) {
  checkObject('options', options, sessionNames);
  const { preset, n, noise, flip, dataSeed, seed = 1, points, goal = '', lock = [], ...settings } = options;
  checkSeed('seed', seed);
  if (typeof goal !== 'string') throw new TypeError(`goal: ${show(goal)} is not a string`);
  if (goal.length > maxGoal) throw new RangeError(`goal: ${goal.length} characters; at most ${maxGoal}`);
  if (/\p{Surrogate}/u.test(goal)) throw new RangeError(`goal: ${show(goal)} holds half a character`);
  if (!Array.isArray(lock)) throw new TypeError(`lock: ${show(lock)} is not an array`);
  for (const [k, name] of lock.entries()) checkChoice(`lock[${k}]`, name, lockNames);
  const checked = checkSettings('options', settings);
  const drawn = points === undefined ? [] : checkPoints(points);
  const data =
    points !== undefined || preset === null
      ? null
      : checkSource(preset ?? 'ring', { n, noise, flip, seed: dataSeed ?? seed });
  const least =
    data === null ? drawn.reduce((most, point) => Math.max(most, point.class + 1), 2) : presetClasses(data.preset);
  const classes = checked.classes ?? least;
  if (classes < least) throw new RangeError(`classes: ${classes}; the points have ${least}`);
  return Object.freeze({
    seed,
    settings: Object.freeze({ ...defaultSettings, ...checked, classes }),
    data,
    points: Object.freeze(drawn),
    // Verdicts repeat it: on a terminal it must not move the cursor, nor turn words about.
    goal: goal.replace(/\p{C}/gu, ' '),
    lock: Object.freeze(lockNames.filter((name) => lock.includes(name))),
  });
}

/**
 * @param {unknown} points
 * @returns {NewPoint[]}
 */
function checkPoints(points) {
  if (!Array.isArray(points)) throw new TypeError(`points: ${show(points)} is not an array`);
  if (points.length > maxExamples) throw new RangeError(`points: ${points.length}; at most ${maxExamples} are taken`);
  return points.map((point, k) => checkPoint(`points[${k}]`, point));
}

/**
 * @param {unknown} preset
 * @param {import('../presets.js').PresetArguments} options
 * @returns {DataSource}
 */
function checkSource(preset, options) {
  const name = checkChoice('preset', preset, presetNames);
  return Object.freeze({ preset: name, ...presetOptions(name, options) });
}
