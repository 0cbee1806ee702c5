/**
 * The canvases: pixels → predict → colour on the plot, and points → X, Y → train → loss → chart beside it. It draws the
 * state it is given and keeps none.
 */

import { Field } from './field.js';
import { flagText } from './flags.js';
import { Lines } from './lines.js';
import { LossChart } from './loss-chart.js';
import { Marks } from './marks.js';
import { fieldColours } from './palette.js';
import { labelEntropy } from './watch.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('./palette.js').Palette} Palette */

/** While J flaps, each frame adds this share of the new picture to the old one. */
const BLEND = 0.12;

/**
 * @typedef {object} Scene what is on screen beside the session
 * @property {Palette} palette
 * @property {boolean} isMoving whether another picture follows at once
 * @property {boolean} isNow whether there is no next frame to finish it in
 * @property {boolean} isFlapping
 * @property {boolean} isHatched for print
 * @property {import('./plane.js').Place | undefined} cursor
 * @property {number | undefined} selected a point's id
 * @property {import('./lines.js').Wish['brush']} brush
 */

export class Stage {
  #plot;
  /** Of the plot, CSS px. */
  #side = 0;
  #field;
  #lines;
  #marks;
  /** @type {LossChart | undefined} */
  #chart;
  /** @type {Uint32Array | undefined} */
  #colours;
  #coloursKey = '';
  /** Whose numbers were drawn last: another session's may be the same. @type {Session | undefined} */
  #session;
  #sessions = 0;

  /**
   * @param {HTMLElement} plot its content box is the plane
   * @param {{ field: HTMLCanvasElement, lines: HTMLCanvasElement, marks: HTMLCanvasElement }} canvases
   */
  constructor(plot, { field, lines, marks }) {
    this.#plot = plot;
    this.#field = new Field(field);
    this.#lines = new Lines(lines);
    this.#marks = new Marks(marks);
    this.measure();
  }

  /** @param {HTMLCanvasElement | null} chart to draw on from now on @returns {boolean} whether it is another one */
  takeChart(chart) {
    if (chart === (this.#chart?.canvas ?? null)) return false;
    this.#chart = chart === null ? undefined : new LossChart(chart);
    this.#chart?.measure();
    return true;
  }

  /** The layout has changed. */
  measure() {
    this.#side = this.#plot.clientWidth;
    this.#chart?.measure();
  }

  /** @param {Session} session @param {Palette} palette */
  drawMarks(session, palette) {
    const version = `${this.#numberOf(session)} ${session.pointsVersion} ${session.settingsVersion}`;
    this.#marks.draw(session.points, { side: this.#side, ratio: this.#ratio, palette, version });
  }

  /**
   * @param {Session} session
   * @param {Scene} scene
   * @returns {boolean} whether another frame is wanted
   */
  drawPlot(session, { palette, isMoving, isNow, isFlapping, isHatched, cursor, selected, brush }) {
    const side = this.#side;
    if (side === 0) return false;
    const ratio = this.#ratio;
    const { classes } = session.settings;
    const coloursKey = `${palette.background} ${classes}`;
    if (coloursKey !== this.#coloursKey || this.#colours === undefined) {
      this.#colours = fieldColours(palette, classes);
      this.#coloursKey = coloursKey;
    }
    const version = `${this.#numberOf(session)} ${session.parametersVersion} ${coloursKey}`;
    const blend = isFlapping && isMoving ? BLEND : 1;
    this.drawMarks(session, palette);
    const again = this.#field.draw(session, {
      side: Math.round(side * ratio),
      units: session.settings.hidden,
      version,
      colours: this.#colours,
      moving: isMoving,
      blend,
      isNow,
    });
    this.#lines.draw(session, {
      side,
      ratio,
      palette,
      version,
      classes,
      moving: isMoving,
      blend,
      hatched: isHatched,
      cursor,
      chosen: session.points.find(({ id }) => id === selected),
      brush,
    });
    return again;
  }

  /**
   * @param {Session} session
   * @param {Palette} palette
   * @param {readonly import('../engine/session.js').Flag[]} happened
   * @param {{ step: number, text: string } | undefined} found the program's own flag
   */
  drawChart(session, palette, happened, found) {
    const start = session.startStep;
    const flags = happened
      .filter(({ step, kind }) => step > start && kind !== 'start')
      .map((flag) => ({ step: flag.step - start, text: flagText(flag), isPerson: true }));
    if (found !== undefined) flags.push({ step: found.step - start, text: found.text, isPerson: false });
    this.#chart?.draw(
      {
        ...sinceStart(session.losses, start),
        step: session.step - start,
        loss: session.loss,
        entropy: session.points.length === 0 ? Number.NaN : labelEntropy(session.points),
        flags: flags.sort((a, b) => a.step - b.step),
      },
      palette,
    );
  }

  /** @param {Session} session */
  #numberOf(session) {
    if (session !== this.#session) this.#sessions += 1;
    this.#session = session;
    return this.#sessions;
  }

  get #ratio() {
    return window.devicePixelRatio || 1;
  }
}

/**
 * The traces of this start alone, counted from it.
 *
 * @param {import('../engine/session.js').Losses} losses
 * @param {number} start
 */
function sinceStart({ steps, values, testSteps, testValues }, start) {
  if (start === 0) return { steps, values, testSteps, testValues };
  const since = (/** @type {number[]} */ list) => {
    const first = list.findIndex((step) => step >= start);
    return first === -1 ? list.length : first;
  };
  const first = since(steps);
  const firstTest = since(testSteps);
  return {
    steps: steps.slice(first).map((step) => step - start),
    values: values.slice(first),
    testSteps: testSteps.slice(firstTest).map((step) => step - start),
    testValues: testValues.slice(firstTest),
  };
}
