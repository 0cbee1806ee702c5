/**
 * From pointer events to edits: what a click, a tap, a drag or two fingers mean on the plot.
 *
 * A machine without DOM or clock of its own: it is fed places on the plane and times, and answers with intents.
 * Nothing is decided at pointer-down except that a gesture has begun (WCAG 2.5.2): a press becomes a spray, a move
 * or an erasure once it travels or lasts, else a click when it ends.
 */

import { isInside, nearest, snap, within } from './plane.js';
import { SPRAY_RADIUS, SPRAY_RATE, sprayStream } from './spray.js';

/**
 * @typedef {import('./plane.js').Place} Place
 * @typedef {{ id: number, x: number, y: number, class: number }} Point
 * @typedef {{ points: readonly Point[], tool: Tool, selected: number | undefined, classes: number,
 *   pointsLocked?: boolean, stroke: () => number }} Surface what is on the plot when an event comes
 * @typedef {number | 'erase'} Tool a class number, or the eraser
 * @typedef {{ id: number, place: Place, time: number, reach: number, slop: number, shift?: boolean, alt?: boolean,
 *   eraser?: boolean }} Press time in ms; reach: how far from a point still hits it; slop: travel below which it is a
 *   click; both in units of the plane
 * @typedef {{ kind: 'add', points: { x: number, y: number, class: number }[], stroke: number }
 *   | { kind: 'move', moves: { id: number, x: number, y: number }[], stroke: number }
 *   | { kind: 'erase', ids: number[], stroke: number }
 *   | { kind: 'select', id: number | undefined }
 *   | { kind: 'undo-stroke' }} Intent
 */

/** A press that stays where it is for this long sprays, too. ms */
const HOLD = 350;
/** The eraser's radius, in units of the plane: the spray's, so that it takes back what a spray put. */
export const ERASER_RADIUS = SPRAY_RADIUS;

/**
 * The class a tool draws with; Shift means the other one.
 * @param {Tool} tool @param {boolean} shift @param {number} classes
 */
export function drawnClass(tool, shift, classes) {
  const chosen = tool === 'erase' ? 0 : tool;
  return shift ? (chosen + 1) % classes : chosen;
}

/**
 * @typedef {object} Gesture
 * @property {'pressed' | 'spraying' | 'moving' | 'erasing'} phase
 * @property {number} pointer
 * @property {Place} start
 * @property {Place} place the latest
 * @property {number} time of the press
 * @property {number} slop
 * @property {number} reach
 * @property {number} stroke
 * @property {number} class
 * @property {boolean} erases
 * @property {Point | undefined} hit the point under the press
 * @property {number} emitted points sprayed so far
 * @property {number} since when the spray began, ms
 * @property {() => { dx: number, dy: number }} offsets
 */

export class Gestures {
  /** @type {Gesture | undefined} */
  #gesture;

  /** What is going on, for the cursor: the phase, or undefined. */
  get phase() {
    return this.#gesture?.phase;
  }

  /** Whether it must be told of the time's passing. */
  get isSpraying() {
    return this.#gesture?.phase === 'spraying' || this.#gesture?.phase === 'pressed';
  }

  /**
   * @param {Press} press
   * @param {Surface} surface
   * @returns {Intent[]}
   */
  press(press, surface) {
    if (this.#gesture !== undefined) return this.#interrupt();
    if (surface.pointsLocked) return [];
    const erases = press.eraser === true || press.alt === true || surface.tool === 'erase';
    const stroke = surface.stroke();
    this.#gesture = {
      phase: 'pressed',
      pointer: press.id,
      start: press.place,
      place: press.place,
      time: press.time,
      slop: press.slop,
      reach: press.reach,
      stroke,
      class: drawnClass(surface.tool, press.shift === true, surface.classes),
      erases,
      hit: erases ? undefined : nearest(surface.points, press.place, press.reach),
      emitted: 0,
      since: press.time,
      offsets: sprayStream(stroke),
    };
    return [];
  }

  /**
   * The pointer moved, or only time passed (then `place` is the last one).
   * @param {number} pointer
   * @param {Place | undefined} place
   * @param {number} time ms
   * @param {Surface} surface
   * @returns {Intent[]}
   */
  advance(pointer, place, time, surface) {
    const gesture = this.#gesture;
    if (gesture === undefined || gesture.pointer !== pointer) return [];
    const from = gesture.place;
    const to = place ?? from;
    gesture.place = to;
    if (gesture.phase === 'pressed') this.#decide(gesture, time);
    if (gesture.phase === 'moving') return this.#move(gesture, surface);
    if (gesture.phase === 'erasing') return this.#erase(gesture, from, to, surface);
    if (gesture.phase === 'spraying') return this.#spray(gesture, from, to, time);
    return [];
  }

  /**
   * @param {number} pointer
   * @param {Place} place
   * @param {number} time ms
   * @param {Surface} surface
   * @returns {Intent[]}
   */
  release(pointer, place, time, surface) {
    const gesture = this.#gesture;
    if (gesture === undefined || gesture.pointer !== pointer) return [];
    const intents = this.advance(pointer, place, time, surface);
    this.#gesture = undefined;
    if (gesture.phase === 'pressed') return [...intents, ...this.#click(gesture, surface)];
    if (gesture.phase === 'spraying' && gesture.emitted === 0 && isInside(place)) {
      // Quicker than a thirtieth of a second: a flick leaves at least one point.
      intents.push({ kind: 'add', points: [pointAt(place, gesture.class)], stroke: gesture.stroke });
    }
    return intents;
  }

  /** The browser took the pointer away: what was drawn stays, undo takes it back. @param {number} pointer */
  cancel(pointer) {
    if (this.#gesture?.pointer === pointer) this.#gesture = undefined;
  }

  /** A second finger: they came to scroll, so what the first has just drawn goes. @returns {Intent[]} */
  #interrupt() {
    const gesture = /** @type {Gesture} */ (this.#gesture);
    this.#gesture = undefined;
    const drew = gesture.phase !== 'pressed' && (gesture.phase !== 'spraying' || gesture.emitted > 0);
    return drew ? [{ kind: 'undo-stroke' }] : [];
  }

  /** @param {Gesture} gesture @param {number} time */
  #decide(gesture, time) {
    const travelled = Math.hypot(gesture.place.x - gesture.start.x, gesture.place.y - gesture.start.y) > gesture.slop;
    const held = time - gesture.time >= HOLD;
    if (gesture.erases) {
      if (travelled || held) gesture.phase = 'erasing';
    } else if (gesture.hit !== undefined) {
      if (travelled) gesture.phase = 'moving';
    } else if (travelled || held) {
      gesture.phase = 'spraying';
      gesture.since = gesture.time;
    }
  }

  /** @param {Gesture} gesture @param {Surface} surface @returns {Intent[]} */
  #move(gesture, surface) {
    const hit = /** @type {Point} */ (gesture.hit);
    const x = snap(hit.x + gesture.place.x - gesture.start.x);
    const y = snap(hit.y + gesture.place.y - gesture.start.y);
    const now = surface.points.find(({ id }) => id === hit.id);
    if (now === undefined || (now.x === x && now.y === y)) return [];
    return [{ kind: 'move', moves: [{ id: hit.id, x, y }], stroke: gesture.stroke }];
  }

  /** @param {Gesture} gesture @param {Place} from @param {Place} to @param {Surface} surface @returns {Intent[]} */
  #erase(gesture, from, to, surface) {
    // Along the way at half radii, so that a fast pointer leaves no gaps.
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const pieces = Math.max(1, Math.ceil(length / (ERASER_RADIUS / 2)));
    /** @type {Set<number>} */
    const ids = new Set();
    for (let i = 0; i <= pieces; i += 1) {
      const place = { x: from.x + ((to.x - from.x) * i) / pieces, y: from.y + ((to.y - from.y) * i) / pieces };
      for (const { id } of within(surface.points, place, ERASER_RADIUS)) ids.add(id);
    }
    return ids.size === 0 ? [] : [{ kind: 'erase', ids: [...ids].sort((a, b) => a - b), stroke: gesture.stroke }];
  }

  /** @param {Gesture} gesture @param {Place} from @param {Place} to @param {number} time @returns {Intent[]} */
  #spray(gesture, from, to, time) {
    const due = Math.floor(((time - gesture.since) / 1000) * SPRAY_RATE) - gesture.emitted;
    const points = [];
    for (let i = 1; i <= due; i += 1) {
      const { dx, dy } = gesture.offsets();
      const place = { x: from.x + ((to.x - from.x) * i) / due + dx, y: from.y + ((to.y - from.y) * i) / due + dy };
      if (isInside(place)) points.push(pointAt(place, gesture.class));
    }
    gesture.emitted += Math.max(0, due);
    return points.length === 0 ? [] : [{ kind: 'add', points, stroke: gesture.stroke }];
  }

  /** @param {Gesture} gesture @param {Surface} surface @returns {Intent[]} */
  #click(gesture, surface) {
    const { hit, start, stroke } = gesture;
    if (gesture.erases) {
      const target = nearest(surface.points, start, gesture.reach);
      return target === undefined ? [] : [{ kind: 'erase', ids: [target.id], stroke }];
    }
    if (hit !== undefined) return [{ kind: 'select', id: hit.id === surface.selected ? undefined : hit.id }];
    if (surface.selected !== undefined) {
      return [
        { kind: 'move', moves: [{ id: surface.selected, x: snap(start.x), y: snap(start.y) }], stroke },
        { kind: 'select', id: undefined },
      ];
    }
    return isInside(start) ? [{ kind: 'add', points: [pointAt(start, gesture.class)], stroke }] : [];
  }
}

/** @param {Place} place @param {number} label */
function pointAt(place, label) {
  return { x: snap(place.x), y: snap(place.y), class: label };
}
