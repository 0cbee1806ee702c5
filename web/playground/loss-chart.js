/**
 * J against steps: train solid, test dashed, a dotted line at what knowing nothing costs, flags where something changed.
 *
 * Drawn by hand: one curve, two axes and flags are less code than the options of a chart library, and a fiftieth of it.
 */

import { signs } from './flags.js';
import { addSegment, placeAbove, placeNear } from './label-places.js';
import { outlineMark } from './marks.js';
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
/** A flag's cloth, CSS px; its words begin 6 px after it. */
const CLOTH = { width: 14, height: 10 };
/** Flags stand at least this far above the axis. */
const LEAST_POLE = 20;
const WORDS_HEIGHT = 15;
/** From the top of words to their baseline. */
const RISE = 11;
/** Marks in a text, and their width. */
const MARK = new RegExp(`([${signs.join('')}])`);
const MARK_WIDTH = 11;

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
  // Where numbers are long their digits are few.
  const digits = end < 1000 ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
  const gap = (digits.find((digit) => digit * power >= least * 0.999) ?? 10) * power;
  return Array.from({ length: Math.floor((end / gap) * 1.0001) + 1 }, (_, i) => Number((i * gap).toPrecision(6)));
}

/** A loss beside its tick: 0.25, 40, 2e33; nothing for what would need more room, as 1.5e6. @param {number} loss */
export function formatTick(loss) {
  if (loss < 10_000) return formatNumber(loss, 2);
  const words = loss.toExponential(0);
  return Number(words) === loss ? words.replace('e+', 'e') : '';
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
  /** CSS px. */
  #width = 0;
  #height = 0;
  /** Above what words must stand, in each column of a pixel. */
  #tops = new Float32Array(0);
  /** Where words stand already. @type {import('./label-places.js').Box[]} */
  #taken = [];

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
    this.#tops = new Float32Array(Math.ceil(this.#width)).fill(top + height - LEAST_POLE);
    this.#taken = [];
    this.#drawScales(story, frame);
    this.#drawCurve(story.steps, story.values, story, frame, true);
    const end = this.#drawCurve(story.testSteps, story.testValues, undefined, frame, false);
    this.#drawEntropy(story, frame);
    if (end !== undefined) this.#nameTest(end, frame);
    this.#drawFlags(story, frame);
    this.#drawNow(story, frame);
  }

  get canvas() {
    return this.#context.canvas;
  }

  /** Looks at its size in the layout: not while drawing, where asking would lay the page out. */
  measure() {
    this.#width = this.#context.canvas.clientWidth;
    this.#height = this.#context.canvas.clientHeight;
  }

  /** The canvas's pixels follow its size. @returns {boolean} whether there is room to draw */
  #fit() {
    const { canvas } = this.#context;
    const ratio = window.devicePixelRatio || 1;
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
      context.fillText(formatTick(value), MARGIN.left - 8, y(value) + 4.5);
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
   * @returns {[number, number] | undefined} its end, CSS px
   */
  #drawCurve(steps, values, now, { x, y, height, endLoss, palette }, isTrain) {
    if (steps.length === 0) return undefined;
    const context = this.#context;
    let lastX = x(steps[0]);
    let lastY = y(Number.isFinite(values[0]) ? values[0] : endLoss);
    const to = (/** @type {number} */ step, /** @type {number} */ loss) => {
      const [nextX, nextY] = [x(step), y(Number.isFinite(loss) ? loss : endLoss)];
      context.lineTo(nextX, nextY);
      addSegment(this.#tops, lastX, lastY, nextX, nextY);
      [lastX, lastY] = [nextX, nextY];
    };
    context.beginPath();
    for (let i = 0; i < steps.length; i += 1) to(steps[i], values[i]);
    if (now !== undefined && Number.isFinite(now.loss)) to(now.step, now.loss);
    context.strokeStyle = palette.ink;
    context.lineWidth = isTrain ? 2 : 1.5;
    context.setLineDash(isTrain ? [] : [6, 4]);
    context.stroke();
    context.setLineDash([]);
    const end = /** @type {[number, number]} */ ([lastX, lastY]);
    if (!isTrain) return end;
    const bottom = MARGIN.top + height;
    context.lineTo(x(now?.step ?? steps[steps.length - 1]), bottom);
    context.lineTo(x(steps[0]), bottom);
    context.fillStyle = translucent(palette.ink, 0.06);
    context.fill();
    return end;
  }

  /** At the end of its curve. @param {[number, number]} end @param {Frame} frame */
  #nameTest([x, y], { height, palette }) {
    this.#write(400, palette.ink, 'left');
    const left = x + 8;
    const top = y - 6 - RISE;
    const words = { left, right: left + this.#measure(strings.test), top, bottom: top + WORDS_HEIGHT };
    this.#label(strings.test, left, placeNear(words, this.#taken, MARGIN.top + height).top + RISE, palette);
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
    const value = entropy.toFixed(3);
    const text = width > 300 ? strings.knowingNothing(value) : strings.knowingNothingShort(value);
    this.#write(400, palette.muted, 'left');
    const start = MARGIN.left + width - context.measureText(text).width;
    // Above the line where there is room, else below.
    this.#label(text, start, y(entropy) + (y(entropy) > WORDS_HEIGHT + 4 ? -6 : 16), palette);
  }

  /** A hollow flag is the program's, a filled one the person's. @param {Story} story @param {Frame} frame */
  #drawFlags({ flags }, { x, width, height, palette }) {
    const context = this.#context;
    const bottom = MARGIN.top + height;
    const right = MARGIN.left + width;
    this.#write(500, palette.ink, 'left');
    // From the right, so that a flag's words go above the poles that would cross them.
    for (const { step, text, isPerson } of flags.toReversed()) {
      const pole = x(step);
      const words = this.#measure(text);
      const fits = pole + CLOTH.width + 6 + words <= right;
      const start = fits ? pole + CLOTH.width + 6 : pole - 8 - words;
      const box = {
        left: Math.min(pole, start),
        right: Math.max(pole + CLOTH.width, start + words),
        height: WORDS_HEIGHT,
      };
      const place = start < 0 ? undefined : placeAbove(box, this.#tops, this.#taken);
      const cloth = { left: pole, right: pole + CLOTH.width, height: CLOTH.height };
      const top = (place ?? placeAbove(cloth, this.#tops, []))?.top ?? 1;
      const colour = isPerson ? palette.accent : palette.ink;
      context.strokeStyle = colour;
      context.fillStyle = colour;
      context.lineWidth = 1.5;
      line(context, pole, bottom, pole, top);
      this.#taken.push({ left: pole, right: pole, top, bottom });
      context.beginPath();
      for (const [dx, dy] of [[0, 0], [14, 0], [10, 5], [14, 10], [0, 10]]) context.lineTo(pole + dx, top + dy); // biome-ignore format: a shape
      context.closePath();
      if (isPerson) context.fill();
      else context.stroke();
      // Where there is no room the flag stands without words: better than words on words.
      if (place === undefined) continue;
      context.fillStyle = palette.ink;
      this.#label(text, start, top + 10, palette);
    }
  }

  /** The width of a text with marks in it, CSS px. @param {string} text */
  #measure(text) {
    return text
      .split(MARK)
      .reduce((sum, part) => sum + (signs.includes(part) ? MARK_WIDTH : this.#context.measureText(part).width), 0);
  }

  /**
   * Words on a strip of paper, as a curve may pass behind; marks in their own colours.
   *
   * @param {string} text
   * @param {number} left
   * @param {number} baseline
   * @param {Palette} palette
   */
  #label(text, left, baseline, palette) {
    const context = this.#context;
    const { fillStyle } = context;
    const top = baseline - RISE;
    const width = this.#measure(text);
    this.#taken.push({ left, right: left + width, top, bottom: top + WORDS_HEIGHT });
    context.fillStyle = translucent(palette.background, 0.8);
    context.fillRect(left - 2, top, width + 4, WORDS_HEIGHT);
    context.fillStyle = fillStyle;
    context.strokeStyle = palette.background;
    context.lineWidth = 4;
    let x = left;
    for (const part of text.split(MARK)) {
      const kind = signs.indexOf(part);
      if (kind === -1) {
        context.strokeText(part, x, baseline);
        context.fillText(part, x, baseline);
        x += context.measureText(part).width;
      } else {
        context.beginPath();
        outlineMark(context, kind, x + MARK_WIDTH / 2, baseline - 4.5, MARK_WIDTH / 2 - 1);
        context.stroke();
        context.fillStyle = palette.marks[kind];
        context.fill();
        context.fillStyle = fillStyle;
        x += MARK_WIDTH;
      }
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
