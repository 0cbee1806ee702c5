/**
 * The plot's listeners: DOM events in, places on the plane and intents out. Pointers are mapped through
 * getBoundingClientRect, so that a slide scaled by CSS draws where the finger is; times are the events' own, so that a
 * busy page does not make a long press of a click.
 */

import { Gestures } from './gestures.js';
import { toPlane } from './plane.js';
import { GRASP, plotKey, tenth } from './plot-keys.js';

/** Travel, in CSS px, below which a press is a click; and how far from a point still hits it. */
const SLOP = { mouse: 4, pen: 6, touch: 10 };
const REACH_PIXELS = { mouse: 9, pen: 12, touch: 20 };
/** The pointer id that the Enter key goes by; browsers' ids are not negative. */
const ENTER = -7;
const PEN_ERASER = 32;

/**
 * @typedef {import('./gestures.js').Intent | import('./plot-keys.js').Intent} Intent
 * @typedef {object} Host
 * @property {() => import('./gestures.js').Surface & import('./plot-keys.js').Surface} surface
 * @property {(intents: Intent[]) => void} act
 * @property {() => boolean} drawsByTouch
 * @property {() => void} armTouch
 * @property {(place: import('./plane.js').Place | undefined) => void} setCursor a pointer has pressed there; undefined: keys
 *   are at work, from where the cursor is
 * @property {() => void} wake a frame is wanted
 */

export class PlotInput {
  #gestures = new Gestures();
  /** @type {HTMLElement} */
  #plot;
  /** @type {Host} */
  #host;
  #abort = new AbortController();
  /** @type {Map<number, { x: number, y: number }>} fingers on the plot, client px */
  #fingers = new Map();
  /** @type {number | undefined} */
  #pointer;
  /** Where the mouse hovers. @type {import('./plane.js').Place | undefined} */
  hover;
  /** Whether Alt is down: the brush shown is the eraser. */
  isErasing = false;

  /** @param {HTMLElement} plot @param {Host} host */
  constructor(plot, host) {
    this.#plot = plot;
    this.#host = host;
    const { signal } = this.#abort;
    plot.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    plot.addEventListener('pointermove', (event) => this.#move(event), { signal });
    plot.addEventListener('pointerup', (event) => this.#up(event), { signal });
    plot.addEventListener('pointercancel', (event) => this.#cancel(event), { signal });
    plot.addEventListener('pointerleave', () => this.#hover(undefined), { signal });
    plot.addEventListener('keydown', (event) => this.#keyDown(event), { signal });
    plot.addEventListener('keyup', (event) => this.#keyUp(event), { signal });
    plot.addEventListener('blur', () => this.#releaseEnter(), { signal });
    // A long press on a touch screen must spray, not open a menu.
    plot.addEventListener('contextmenu', (event) => this.#pointer !== undefined && event.preventDefault(), { signal });
  }

  /** Whether a pointer is at work. */
  get isBusy() {
    return this.#gestures.phase !== undefined;
  }

  /** Once a frame: a spray goes on while the pointer rests. @returns {boolean} whether it wants another */
  tick() {
    if (!this.#gestures.isSpraying || this.#pointer === undefined) return false;
    this.#host.act(this.#gestures.advance(this.#pointer, undefined, performance.now(), this.#host.surface()));
    return true;
  }

  destroy() {
    this.#abort.abort();
  }

  /** @param {{ clientX: number, clientY: number }} event */
  #place({ clientX, clientY }) {
    const rect = this.#plot.getBoundingClientRect();
    const scale = rect.width / this.#plot.offsetWidth || 1;
    const left = (clientX - rect.left) / scale - this.#plot.clientLeft;
    const top = (clientY - rect.top) / scale - this.#plot.clientTop;
    return toPlane(left, top, this.#plot.clientWidth);
  }

  /** CSS px as units of the plane. @param {number} pixels */
  #units(pixels) {
    return (pixels / this.#plot.clientWidth) * 6;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const kind = /** @type {'mouse' | 'pen' | 'touch'} */ (event.pointerType in SLOP ? event.pointerType : 'mouse');
    const isEraser = (event.buttons & PEN_ERASER) !== 0;
    if (event.button > 0 && !isEraser) return;
    // The plot's own buttons work for themselves.
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    if (kind === 'touch') {
      this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (!this.#host.drawsByTouch()) {
        this.#pointer = undefined;
        return;
      }
    }
    if (this.#pointer === undefined || this.#gestures.phase === undefined) {
      this.#pointer = event.pointerId;
      try {
        this.#plot.setPointerCapture(event.pointerId);
      } catch {
        // A pointer made by a script cannot be captured; it draws all the same while it stays on the plot.
      }
    }
    const place = this.#place(event);
    // From here the arrows go on.
    this.#host.setCursor({ x: tenth(place.x), y: tenth(place.y) });
    const intents = this.#gestures.press(
      {
        id: event.pointerId,
        place,
        time: event.timeStamp,
        reach: this.#units(REACH_PIXELS[kind]),
        slop: this.#units(SLOP[kind]),
        shift: event.shiftKey,
        alt: event.altKey,
        eraser: isEraser,
      },
      this.#host.surface(),
    );
    this.#host.act(intents);
    this.#host.wake();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerType === 'mouse' || event.pointerType === 'pen') {
      this.isErasing = event.altKey;
      this.#hover(this.#place(event));
    }
    const finger = this.#fingers.get(event.pointerId);
    if (finger !== undefined && this.#fingers.size > 1) {
      // Two fingers scroll the page, which touch-action leaves to us while one draws.
      const share = 1 / this.#fingers.size;
      window.scrollBy((finger.x - event.clientX) * share, (finger.y - event.clientY) * share);
    }
    if (finger !== undefined) this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.pointerId !== this.#pointer) return;
    this.#host.act(this.#gestures.advance(event.pointerId, this.#place(event), event.timeStamp, this.#host.surface()));
    this.#host.wake();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const isTap = this.#fingers.delete(event.pointerId) && !this.#host.drawsByTouch();
    if (isTap) this.#host.armTouch();
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = undefined;
    this.#host.act(this.#gestures.release(event.pointerId, this.#place(event), event.timeStamp, this.#host.surface()));
    this.#host.wake();
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    this.#fingers.delete(event.pointerId);
    this.#gestures.cancel(event.pointerId);
    if (event.pointerId === this.#pointer) this.#pointer = undefined;
    this.#host.wake();
  }

  /** @param {import('./plane.js').Place | undefined} place */
  #hover(place) {
    this.hover = place;
    this.#host.wake();
  }

  /** @param {KeyboardEvent} event */
  #keyDown(event) {
    if (event.altKey || event.target !== this.#plot) return;
    const press = {
      key: event.key,
      shift: event.shiftKey,
      control: event.ctrlKey || event.metaKey,
      repeat: event.repeat,
    };
    const intents = plotKey(press, this.#host.surface());
    if (intents === undefined) return;
    event.preventDefault();
    this.#host.setCursor(undefined);
    if (intents.some(({ kind }) => kind === 'hold-spray')) this.#pressEnter(event.shiftKey);
    this.#host.act(intents);
    this.#host.wake();
  }

  /** @param {KeyboardEvent} event */
  #keyUp(event) {
    if (event.key === 'Enter') this.#releaseEnter();
  }

  /** @param {boolean} shift */
  #pressEnter(shift) {
    if (this.#pointer !== undefined) return;
    this.#pointer = ENTER;
    const surface = { ...this.#host.surface(), selected: undefined };
    // It draws at the cross-hair, also where points are near; the eraser takes the one that is meant.
    const reach = surface.tool === 'erase' ? GRASP : -1;
    const press = { id: ENTER, place: surface.cursor, time: performance.now(), reach, slop: Infinity, shift };
    this.#gestures.press(press, surface);
  }

  #releaseEnter() {
    if (this.#pointer !== ENTER) return;
    this.#pointer = undefined;
    const surface = { ...this.#host.surface(), selected: undefined };
    this.#host.act(this.#gestures.release(ENTER, surface.cursor, performance.now(), surface));
    this.#host.wake();
  }
}
