/**
 * What a key means on the focused plot. Pure: a key and what is on the plot in, intents out.
 */

import { REACH, snap, within } from './plane.js';

/**
 * @typedef {import('./plane.js').Place} Place
 * @typedef {import('./gestures.js').Point} Point
 * @typedef {{ key: string, shift: boolean, control: boolean, repeat: boolean }} KeyPress
 * @typedef {{ points: readonly Point[], cursor: Place, selected: number | undefined, moving: boolean,
 *   classes: number, brush: number, stroke: () => number }} Surface
 * @typedef {{ kind: 'cursor', place: Place }
 *   | { kind: 'hold-spray' }
 *   | { kind: 'add', points: { x: number, y: number, class: number }[], stroke: number }
 *   | { kind: 'move', moves: { id: number, x: number, y: number }[], stroke: number }
 *   | { kind: 'erase', ids: number[], stroke: number }
 *   | { kind: 'relabel', labels: { id: number, class: number }[], stroke: number }
 *   | { kind: 'select', id: number | undefined }
 *   | { kind: 'moving', on: boolean }
 *   | { kind: 'brush', class: number }
 *   | { kind: 'undo' } | { kind: 'redo' } | { kind: 'describe' }} Intent
 */

const STEP = 0.1;
const LONG_STEP = 0.5;
/** How near the cross-hair a point must lie for Delete, C, M and the eraser to mean it. */
export const GRASP = 0.15;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {number} value to a tenth, so that ten steps right and ten left meet again */
export function tenth(value) {
  return Math.min(REACH, Math.max(-REACH, Math.round(value * 10) / 10 + 0));
}

/** The chosen point, or else the one under the cross-hair. @param {Surface} surface */
function meant({ points, cursor, selected }) {
  return points.find(({ id }) => id === selected) ?? within(points, cursor, GRASP).at(-1);
}

/**
 * @param {KeyPress} press
 * @param {Surface} surface
 * @returns {Intent[] | undefined} undefined: not a key of the plot's
 */
export function plotKey(press, surface) {
  const { points, cursor, selected } = surface;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.control) {
    if (key === 'z') return [{ kind: press.shift ? 'redo' : 'undo' }];
    if (key === 'y') return [{ kind: 'redo' }];
    return undefined;
  }

  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const step = press.shift ? LONG_STEP : STEP;
    const point = surface.moving ? points.find(({ id }) => id === selected) : undefined;
    if (point !== undefined) {
      const x = snap(point.x + arrow[0] * step);
      const y = snap(point.y + arrow[1] * step);
      return [
        { kind: 'move', moves: [{ id: point.id, x, y }], stroke: surface.stroke() },
        { kind: 'cursor', place: { x, y } },
      ];
    }
    return [{ kind: 'cursor', place: { x: tenth(cursor.x + arrow[0] * step), y: tenth(cursor.y + arrow[1] * step) } }];
  }

  if (key === 'Enter') {
    if (press.repeat) return [];
    return surface.moving ? [{ kind: 'moving', on: false }] : [{ kind: 'hold-spray' }];
  }
  if (key === '[' || key === ']') {
    if (points.length === 0) return [];
    const at = points.findIndex(({ id }) => id === selected);
    const by = key === ']' ? 1 : -1;
    const next = at === -1 && by === -1 ? points.length - 1 : (at + by + points.length) % points.length;
    const point = /** @type {Point} */ (points[next]);
    return [
      { kind: 'select', id: point.id },
      { kind: 'cursor', place: { x: point.x, y: point.y } },
    ];
  }
  if (key === 'Escape') {
    return selected === undefined && !surface.moving
      ? undefined
      : [
          { kind: 'moving', on: false },
          { kind: 'select', id: undefined },
        ];
  }
  if (key === 'm') {
    const point = meant(surface);
    if (point === undefined) return [];
    return [
      { kind: 'select', id: point.id },
      { kind: 'moving', on: !surface.moving },
    ];
  }
  if (key === 'Delete' || key === 'Backspace') {
    const point = meant(surface);
    return point === undefined ? [] : [{ kind: 'erase', ids: [point.id], stroke: surface.stroke() }];
  }
  if (key === 'c') {
    const point = meant(surface);
    if (point === undefined) return [];
    const label = (point.class + 1) % surface.classes;
    return [{ kind: 'relabel', labels: [{ id: point.id, class: label }], stroke: surface.stroke() }];
  }
  if (key === 'd') return [{ kind: 'describe' }];
  const digit = '1234'.indexOf(key);
  if (key.length === 1 && digit >= 0) return digit < surface.classes ? [{ kind: 'brush', class: digit }] : [];
  return undefined;
}
