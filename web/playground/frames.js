/**
 * What happens from frame to frame: training in the scheduler's slices, the canvases after it, texts less often, and rest
 * where nobody is there.
 */

import { ERASER_RADIUS } from './gestures.js';
import { OPENING } from './opening.js';
import { palettes } from './palette.js';
import { pageScheduler } from './scheduler.js';
import { SPRAY_RADIUS } from './spray.js';
import { LEARNED } from './watch.js';

/** Texts and chart follow the training this often; faster than can be read is only work. ms */
const TEXT_INTERVAL = 66;
/** How often the run is looked at for what the caption should say. ms */
const WATCH_INTERVAL = 250;
/** Reduced motion: the picture is repainted twice a second. ms */
const CALM_INTERVAL = 500;
/** two-layer-step comes at most four times a second. ms */
export const EVENT_INTERVAL = 250;
/** Training rests after so long without a person's doing: sooner once it has learned. ms */
const REST_LEARNED = 20_000;
const REST = 120_000;

/** @typedef {import('./scheduler.js').Client} Client */

/**
 * @typedef {object} Host what the frames ask of the element
 * @property {() => boolean} isHere whether it is in a page that can be seen
 * @property {() => string | null} theme
 * @property {(part: string) => boolean} isLocked
 * @property {() => readonly import('../engine/session.js').Flag[]} happened
 * @property {(type: string, more?: Record<string, unknown>) => void} announce
 * @property {() => void} changed
 * @property {() => void} recaption
 * @property {() => void} showText
 */

/** @implements {Client} */
export class Frames {
  #run;
  #page;
  #host;
  /** @type {import('./stage.js').Stage | undefined} */
  #stage;
  /** @type {import('./plot-input.js').PlotInput | undefined} */
  #input;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');
  darkScheme = matchMedia('(prefers-color-scheme: dark)');

  // When things were last done, ms.
  #lastText = 0;
  #lastWatch = 0;
  #lastPaint = 0;
  #lastEvent = 0;
  /** Whether texts have not followed the latest change. */
  #isBehind = false;

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

  /** @param {import('./stage.js').Stage} stage @param {import('./plot-input.js').PlotInput} input */
  attach(stage, input) {
    this.#stage = stage;
    this.#input = input;
    this.paint(false);
  }

  get isCalm() {
    return this.#calm.matches;
  }

  // ---- What the scheduler calls -----------------------------------------------------------

  isTraining() {
    return this.#page.playing && this.#page.visible && this.#host.isHere();
  }

  pace() {
    return this.#page.pace;
  }

  isDrawnOn() {
    return this.#input?.isBusy === true;
  }

  /** @param {number} steps */
  train(steps) {
    const { session, notes } = this.#run;
    if (session === undefined) return 0;
    const result = session.train(steps);
    if (result.status === 'diverged') {
      notes.diverged = result.parameter || 'J';
      this.#page.playing = false;
      this.#host.announce('two-layer-diverged', { parameter: notes.diverged });
      this.#host.changed();
    }
    return result.steps;
  }

  /** @param {number} now */
  draw(now) {
    const { session } = this.#run;
    if (session === undefined || this.#stage === undefined || !this.#page.visible) return false;
    const isSpraying = this.#input?.tick() ?? false;
    const isMoving = this.isMoving;
    let again = true;
    if (isMoving && this.isCalm && now - this.#lastPaint < CALM_INTERVAL) {
      this.#stage.drawMarks(session, this.#palette);
    } else {
      this.#lastPaint = now;
      again = this.paint(isMoving);
    }
    if (now - this.#lastWatch >= WATCH_INTERVAL) {
      this.#lastWatch = now;
      this.#watch(session);
    }
    return again || isSpraying || this.#isBehind;
  }

  /** @param {number} now */
  isTextDue(now) {
    const isMoving = this.isMoving;
    const isWanted = this.#stage !== undefined && this.#page.visible && (isMoving || this.#isBehind);
    return isWanted && now - this.#lastText >= (isMoving && this.isCalm ? CALM_INTERVAL : TEXT_INTERVAL);
  }

  showText() {
    const now = performance.now();
    if (this.isMoving && now - this.#lastEvent >= EVENT_INTERVAL) {
      this.#lastEvent = now;
      this.#host.announce('two-layer-step');
    }
    this.#host.showText();
  }

  // ---- What the element calls ---------------------------------------------------------------

  /** A stroke changes something with every event, faster than can be read: whether texts are to wait for the next frame. */
  get isTooSoon() {
    this.#isBehind = this.#input?.isBusy === true && performance.now() - this.#lastText < TEXT_INTERVAL;
    return this.#isBehind;
  }

  textsFollow() {
    this.#isBehind = false;
    this.#lastText = performance.now();
  }

  /** @param {HTMLCanvasElement | null} chart to draw on from now on @returns {boolean} whether it is another one */
  takeChart(chart) {
    const isOther = this.#stage?.takeChart(chart) ?? false;
    this.#paintChart();
    return isOther;
  }

  /** At once, not with the next frame: a canvas stretched for a frame is seen. */
  resize() {
    this.#stage?.measure();
    this.paint(this.isTraining());
    this.#paintChart();
    pageScheduler.wake();
  }

  /** @param {boolean} on */
  setPrinting(on) {
    this.#page.printing = on;
    this.#stage?.measure();
    this.paint(false, true);
    this.#paintChart();
  }

  /** @param {boolean} isMoving @param {boolean} [isNow] @returns {boolean} whether another frame is wanted */
  paint(isMoving, isNow = false) {
    const { session, notes } = this.#run;
    if (session === undefined || this.#stage === undefined) return false;
    const { printing, hasCursor, cursor, selected } = this.#page;
    return this.#stage.drawPlot(session, {
      palette: this.#palette,
      isMoving,
      isNow,
      isFlapping: notes.isFlapping,
      isHatched: printing,
      cursor: hasCursor ? cursor : undefined,
      selected,
      brush: this.#brush,
    });
  }

  #paintChart() {
    const { session, notes } = this.#run;
    if (session !== undefined) this.#stage?.drawChart(session, this.#palette, this.#host.happened(), notes.found);
  }

  /** Whether the picture changes with every frame. */
  get isMoving() {
    return this.isTraining() && (this.#run.session?.points.length ?? 0) > 0;
  }

  /** Whether the person has not done anything yet, and the ring is what they see. */
  get #isOpening() {
    return !this.#page.touched && this.#run.session?.data?.preset === 'ring';
  }

  /** The ring around the pointer, or the invitation at rest. */
  get #brush() {
    const { tool, printing } = this.#page;
    if (this.#host.isLocked('points') || printing) return undefined;
    if (this.#isOpening && this.#run.notes.found !== undefined) {
      return { place: OPENING.corner, radius: SPRAY_RADIUS, class: 0, inviting: true };
    }
    const place = this.#input?.hover;
    if (place === undefined) return undefined;
    const isErasing = tool === 'erase' || this.#input?.isErasing === true;
    const kind = tool === 'erase' || isErasing ? undefined : tool;
    return { place, radius: isErasing ? ERASER_RADIUS : SPRAY_RADIUS, class: kind, inviting: false };
  }

  /** @param {import('../engine/session.js').Session} session */
  #watch(session) {
    const page = this.#page;
    this.#run.notes.look(session, { isPlaying: page.playing, isOpening: this.#isOpening });
    const idle = performance.now() - page.lastInput;
    if (page.playing && idle > (session.loss < LEARNED ? REST_LEARNED : REST)) {
      page.playing = false;
      page.resting = true;
      this.#host.changed();
    }
    this.#host.recaption();
  }

  get #palette() {
    const theme = this.#host.theme();
    const isDark = theme === 'dark' || (theme !== 'light' && this.darkScheme.matches);
    return palettes[isDark && !this.#page.printing ? 'dark' : 'light'];
  }
}
