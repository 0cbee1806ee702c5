/**
 * The kinds of edit, checked as far as an edit shows by itself; whether its ids, classes
 * and parameters exist is for the scene that it is applied to (scene.js).
 */
import { checkChoice, checkInteger, checkNumber, checkObject, checkSeed, show } from '../arguments.js';
import { maxClasses, maxExamples, maxHidden, maxInputs, maxInteger, maxWeight } from '../limits.js';
import { parameterNames } from '../parameters.js';
import { checkCoordinate } from '../plane.js';
import { presetNames, presetOptions } from '../presets.js';
import { checkSettings } from './settings.js';

/** @typedef {import('../parameters.js').Place} Place */
/** @typedef {import('./settings.js').KeptSettings} KeptSettings */
/** @typedef {{ x: number, y: number, class: number }} NewPoint */
/** @typedef {{ preset: import('../presets.js').PresetName } & import('../presets.js').PresetOptions} DataSource */

/**
 * An edit: exactly one of these.
 * @typedef {{ add: readonly NewPoint[] }
 *   | { move: readonly { id: number, x: number, y: number }[] }
 *   | { erase: readonly number[] }
 *   | { relabel: readonly { id: number, class: number }[] }
 *   | { clear: true }
 *   | { set: Readonly<Partial<KeptSettings>> }
 *   | { weight: Place & { value: number } }
 *   | { pin: Place }
 *   | { release: Place }
 *   | { start: { seed: number } }
 *   | { data: DataSource }
 *   | { undo: true }
 *   | { redo: true }} Edit
 */

/**
 * An edit in the log. `joins`: it belongs to one stroke with the event before it.
 * @typedef {Edit & { step: number, joins?: true }} LogEvent
 */

/** @typedef {keyof typeof checks} EditKind */

const checks = Object.freeze({
  add: (/** @type {unknown} */ value) => checkList('add', value).map((point, k) => checkPoint(`add[${k}]`, point)),
  move: (/** @type {unknown} */ value) =>
    checkList('move', value).map((item, k) => {
      const { id, x, y } = checkObject(`move[${k}]`, item, ['id', 'x', 'y']);
      return Object.freeze({
        id: checkId(`move[${k}].id`, id),
        x: checkCoordinate(`move[${k}].x`, x),
        y: checkCoordinate(`move[${k}].y`, y),
      });
    }),
  erase: (/** @type {unknown} */ value) => checkList('erase', value).map((id, k) => checkId(`erase[${k}]`, id)),
  relabel: (/** @type {unknown} */ value) =>
    checkList('relabel', value).map((item, k) => {
      const relabelled = checkObject(`relabel[${k}]`, item, ['id', 'class']);
      return Object.freeze({
        id: checkId(`relabel[${k}].id`, relabelled.id),
        class: checkInteger(`relabel[${k}].class`, relabelled.class, 0, maxClasses - 1),
      });
    }),
  clear: (/** @type {unknown} */ value) => checkTrue('clear', value),
  set: (/** @type {unknown} */ value) => Object.freeze(checkSettings('set', value)),
  weight: (/** @type {unknown} */ value) => {
    const { value: number } = checkObject('weight', value, ['parameter', 'row', 'col', 'value']);
    checkNumber('weight.value', number, -maxWeight, maxWeight);
    // As float32; adding 0 turns -0 into 0, which texts do not tell apart.
    return Object.freeze({ ...checkPlace('weight', value), value: Math.fround(/** @type {number} */ (number)) + 0 });
  },
  pin: (/** @type {unknown} */ value) => Object.freeze(checkPlace('pin', value)),
  release: (/** @type {unknown} */ value) => Object.freeze(checkPlace('release', value)),
  start: (/** @type {unknown} */ value) => {
    const { seed } = checkObject('start', value, ['seed']);
    return Object.freeze({ seed: checkSeed('start.seed', seed) });
  },
  data: (/** @type {unknown} */ value) => {
    const { preset, ...options } = checkObject('data', value, ['preset', 'n', 'noise', 'flip', 'seed']);
    const name = checkChoice('data.preset', preset, presetNames);
    return Object.freeze({ preset: name, ...presetOptions(name, options) });
  },
  undo: (/** @type {unknown} */ value) => checkTrue('undo', value),
  redo: (/** @type {unknown} */ value) => checkTrue('redo', value),
});

export const editKinds = Object.freeze(/** @type {EditKind[]} */ (Object.keys(checks)));

/**
 * @param {unknown} value as session.edit takes it; { hidden: n } stands for { set: { hidden: n } }
 * @returns {{ edit: Edit, stroke: number | null }} the edit, frozen, coordinates on the plane's grid
 * @throws {TypeError | RangeError} naming what is wrong and its value
 */
export function checkEdit(value) {
  const object = checkObject('edit', value, [...editKinds, 'hidden', 'stroke']);
  const kinds = Object.keys(object).filter((key) => key !== 'stroke' && object[key] !== undefined);
  if (kinds.length !== 1) {
    throw new TypeError(`edit: holds ${kinds.join(' and ') || 'no edit'}; exactly one of ${editKinds.join(', ')}`);
  }
  const stroke = object.stroke === undefined ? null : checkInteger('edit.stroke', object.stroke, 0, maxInteger);
  const [kind] = kinds;
  if (kind === 'hidden') {
    const hidden = checkInteger('hidden', object.hidden, 1, maxHidden);
    return { edit: Object.freeze({ set: Object.freeze({ hidden }) }), stroke };
  }
  const checked = checks[/** @type {EditKind} */ (kind)](object[kind]);
  if (Array.isArray(checked)) Object.freeze(checked);
  return { edit: /** @type {Edit} */ (Object.freeze({ [kind]: checked })), stroke };
}

/**
 * @param {Edit} edit
 * @returns {EditKind}
 */
export const kindOf = (edit) => /** @type {EditKind} */ (editKinds.find((kind) => kind in edit));

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {Readonly<NewPoint>}
 */
export function checkPoint(name, value) {
  const object = Array.isArray(value)
    ? { x: value[0], y: value[1], class: value[2] }
    : checkObject(name, value, ['x', 'y', 'class']);
  return Object.freeze({
    x: checkCoordinate(`${name}.x`, object.x),
    y: checkCoordinate(`${name}.y`, object.y),
    class: checkInteger(`${name}.class`, object.class, 0, maxClasses - 1),
  });
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function checkTrue(name, value) {
  if (value !== true) throw new TypeError(`${name}: ${show(value)}; only true makes sense here`);
  return /** @type {const} */ (true);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {unknown[]}
 */
function checkList(name, value) {
  if (!Array.isArray(value)) throw new TypeError(`${name}: ${show(value)} is not an array`);
  if (value.length > maxExamples) {
    throw new RangeError(`${name}: ${value.length} points; at most ${maxExamples} are taken`);
  }
  return value;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
const checkId = (name, value) => checkInteger(name, value, 0, maxInteger);

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {Place}
 */
function checkPlace(name, value) {
  const { parameter, row, col = 0 } = checkObject(name, value, ['parameter', 'row', 'col', 'value']);
  return {
    parameter: checkChoice(`${name}.parameter`, parameter, parameterNames),
    row: checkInteger(`${name}.row`, row, 0, maxHidden - 1),
    col: checkInteger(`${name}.col`, col, 0, Math.max(maxHidden, maxInputs) - 1),
  };
}
