/**
 * J against steps: train solid, test dashed, a dotted line at what knowing nothing costs, flags where something changed.
 *
 * Drawn by hand: one curve, two axes and flags are less code than the options of a chart library, and a fiftieth of it.
 */

import { formatNumber, formatStep } from './numbers.js';
import { translucent } from './palette.js';
import { strings } from './strings.js';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {{ step: number, text: string, isPerson: boolean }} Flag */

/**
 * @typedef {object} Story what the chart shows
 * @property {ArrayLike<number>} steps ascending
 * @property {ArrayLike<number>} values J before each of those steps
 * @property {ArrayLike<number>} testSteps
 * @property {ArrayLike<number>} testValues
 * @property {number} step now
 * @property {number} loss now
 * @property {number} entropy NaN without points
 * @property {readonly Flag[]} flags
 */

/** CSS px around the curves: numbers on the left, steps below, a dot's radius elsewhere. */
const MARGIN = { left: 42, right: 8, top: 10, bottom: 28 };
const FONT = 'system-ui, sans-serif';
const FONT_SIZE = 13;
/** Flags stand in two rows, so that neighbours' words do not lie on each other: CSS px, and at most that share of the chart. */
const FLAG_ROWS = [
  { height: 58, share: 0.55 },
  { height: 82, share: 0.85 },
];

/** The end of the step axis: round numbers, so that the chart rests between them. @param {number} step */
export function horizon(step) {
  const least = Math.max(100, step * 1.12);
  const power = 10 ** Math.floor(Math.log10(least));
  const round = [1, 1.5, 2, 3, 4, 6, 8, 10].find((digit) => digit * power >= least) ?? 10;
  return round * power;
}

/**
 * Round numbers from 0 to below `end`, at most `count` of them after 0.
 *
 * @param {number} end
 * @param {number} count
 * @returns {number[]}
 */
export function roundTicks(end, count) {
  const least = end / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(least));
  const gap = ([1, 2, 2.5, 5, 10].find((digit) => digit * power >= least * 0.999) ?? 10) * power;
  return Array.from({ length: Math.floor((end / gap) * 1.0001) + 1 }, (_, i) => Number((i * gap).toPrecision(6)));
}

/** A little above what knowing nothing costs, or above the highest value shown. @param {Story} story */
export function ceiling({ values, testValues, loss, entropy }) {
  let top = Number.isFinite(entropy) && entropy > 0 ? entropy : Math.LN2;
  for (const list of [values, testValues, [loss]]) {
    for (let i = 0; i < list.length; i += 1) if (Number.isFinite(list[i])) top = Math.max(top, list[i]);
  }
  return top * 1.16;
}

export class LossChart {
  /** @type {CanvasRenderingContext2D} */
  #context;
  #width = 0;
  #height = 0;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /** @param {Story} story @param {Palette} palette */
  draw(story, palette) {
    if (!this.#fit()) return;
    const { left, right, top, bottom } = MARGIN;
    const context = this.#context;
    const width = this.#width - left - right;
    const height = this.#height - top - bottom;
    const endStep = horizon(story.step);
    const endLoss = ceiling(story);
    const x = (/** @type {number} */ step) => left + (step / endStep) * width;
    const y = (/** @type {number} */ loss) => top + (1 - Math.min(loss, endLoss) / endLoss) * height;
    context.clearRect(0, 0, this.#width, this.#height);
    context.textBaseline = 'alphabetic';
    context.lineJoin = 'round';
    const frame = { x, y, width, height, endStep, endLoss, palette };
    this.#drawScales(story, frame);
    this.#drawCurve(story.steps, story.values, story, frame, true);
    this.#drawCurve(story.testSteps, story.testValues, undefined, frame, false);
    this.#drawEntropy(story, frame);
    this.#drawFlags(story, frame);
    this.#drawNow(story, frame);
  }

  /** The canvas's pixels follow its size in the layout. @returns {boolean} whether there is room to draw */
  #fit() {
    const { canvas } = this.#context;
    const ratio = window.devicePixelRatio || 1;
    this.#width = canvas.clientWidth;
    this.#height = canvas.clientHeight;
    const columns = Math.round(this.#width * ratio);
    const rows = Math.round(this.#height * ratio);
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return this.#width > 80 && this.#height > 40;
  }

  /**
   * @typedef {{ x: (step: number) => number, y: (loss: number) => number, width: number, height: number,
   *   endStep: number, endLoss: number, palette: Palette }} Frame
   */

  /** @param {Story} story @param {Frame} frame */
  #drawScales(story, { x, y, width, height, endStep, endLoss, palette }) {
    const context = this.#context;
    this.#write(400, palette.muted, 'right');
    context.strokeStyle = palette.hair;
    context.lineWidth = 1;
    for (const value of roundTicks(endLoss, Math.max(1, Math.floor(height / 56)))) {
      context.fillText(formatNumber(value, 2), MARGIN.left - 8, y(value) + 4.5);
      if (value > 0) line(context, MARGIN.left, y(value), MARGIN.left + width, y(value));
    }
    this.#write(400, palette.muted, 'center');
    const bottom = MARGIN.top + height;
    for (const step of roundTicks(endStep, Math.max(1, Math.floor(width / 88)))) {
      // Not where the present step's own number stands, nor over the edge.
      const isClear = story.step === 0 || step === 0 || Math.abs(x(step) - x(story.step)) > 44;
      if (isClear && x(step) < MARGIN.left + width - 10) context.fillText(formatStep(step), x(step), bottom + 21);
    }
  }

  /**
   * @param {ArrayLike<number>} steps @param {ArrayLike<number>} values
   * @param {Story | undefined} now where the curve goes on to the present
   * @param {Frame} frame @param {boolean} isTrain
   */
  #drawCurve(steps, values, now, { x, y, height, endLoss, palette }, isTrain) {
    if (steps.length === 0) return;
    const context = this.#context;
    context.beginPath();
    for (let i = 0; i < steps.length; i += 1) {
      context.lineTo(x(steps[i]), y(Number.isFinite(values[i]) ? values[i] : endLoss));
    }
    if (now !== undefined && Number.isFinite(now.loss)) context.lineTo(x(now.step), y(now.loss));
    context.strokeStyle = palette.ink;
    context.lineWidth = isTrain ? 2 : 1.5;
    context.setLineDash(isTrain ? [] : [6, 4]);
    context.stroke();
    context.setLineDash([]);
    if (!isTrain) {
      this.#write(400, palette.ink, 'left');
      const last = steps.length - 1;
      context.fillText(strings.test, x(steps[last]) + 8, y(values[last]) - 6);
      return;
    }
    const bottom = MARGIN.top + height;
    context.lineTo(x(now?.step ?? steps[steps.length - 1]), bottom);
    context.lineTo(x(steps[0]), bottom);
    context.fillStyle = translucent(palette.ink, 0.06);
    context.fill();
  }

  /** @param {Story} story @param {Frame} frame */
  #drawEntropy({ entropy }, { y, width, palette }) {
    if (!(entropy > 0)) return;
    const context = this.#context;
    context.strokeStyle = palette.muted;
    context.lineWidth = 1;
    context.setLineDash([1, 3]);
    line(context, MARGIN.left, y(entropy), MARGIN.left + width, y(entropy));
    context.setLineDash([]);
    this.#write(400, palette.muted, 'right');
    const value = entropy.toFixed(3);
    const words = width > 300 ? strings.knowingNothing(value) : strings.knowingNothingShort(value);
    // Above the line where there is room, else below.
    context.fillText(words, MARGIN.left + width, y(entropy) + (y(entropy) - MARGIN.top > 10 ? -6 : 16));
  }

  /** A hollow flag is the program's, a filled one the person's. @param {Story} story @param {Frame} frame */
  #drawFlags({ flags }, { x, width, height, palette }) {
    const context = this.#context;
    const bottom = MARGIN.top + height;
    const right = MARGIN.left + width;
    /** Where each row's words end. */
    const ends = FLAG_ROWS.map(() => -Infinity);
    this.#write(500, palette.ink, 'left');
    for (const { step, text, isPerson } of flags) {
      const pole = x(step);
      const words = context.measureText(text).width;
      const fits = pole + 20 + words <= right;
      const start = fits ? pole : pole - 8 - words;
      const free = ends.findIndex((end) => start > end + 6);
      const row = Math.max(0, free);
      const top = bottom - Math.min(FLAG_ROWS[row].height, FLAG_ROWS[row].share * height);
      const colour = isPerson ? palette.accent : palette.ink;
      context.strokeStyle = colour;
      context.fillStyle = colour;
      context.lineWidth = 1.5;
      line(context, pole, bottom, pole, top);
      context.beginPath();
      for (const [dx, dy] of [[0, 0], [14, 0], [10, 5], [14, 10], [0, 10]]) context.lineTo(pole + dx, top + dy); // biome-ignore format: a shape
      context.closePath();
      if (isPerson) context.fill();
      else context.stroke();
      // Where both rows are taken the flag stands without words: better than words on words.
      if (free === -1) continue;
      // On a halo of paper: the curve may pass behind.
      context.strokeStyle = palette.background;
      context.lineWidth = 4;
      context.strokeText(text, fits ? pole + 20 : start, top + 10);
      context.fillStyle = palette.ink;
      context.fillText(text, fits ? pole + 20 : start, top + 10);
      ends[row] = fits ? pole + 20 + words : pole + 14;
    }
  }

  /** The time axis, ink up to now, and the present at the end of the curve. @param {Story} story @param {Frame} frame */
  #drawNow({ step, loss }, { x, y, width, height, palette }) {
    const context = this.#context;
    const bottom = MARGIN.top + height;
    context.strokeStyle = palette.edge;
    context.lineWidth = 1;
    line(context, x(step), bottom, MARGIN.left + width, bottom);
    context.strokeStyle = palette.ink;
    context.lineWidth = 3;
    line(context, MARGIN.left, bottom, x(step), bottom);
    if (step > 0) {
      this.#write(600, palette.ink, 'center');
      context.fillText(formatStep(step), x(step), bottom + 21);
    }
    if (!Number.isFinite(loss)) return;
    context.fillStyle = palette.ink;
    context.beginPath();
    context.arc(x(step), y(loss), 4, 0, 2 * Math.PI);
    context.fill();
  }

  /** @param {number} weight @param {string} colour @param {CanvasTextAlign} align */
  #write(weight, colour, align) {
    this.#context.font = `${weight} ${FONT_SIZE}px ${FONT}`;
    this.#context.fillStyle = colour;
    this.#context.textAlign = align;
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
