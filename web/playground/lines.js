/**
 * The lines on the plot: axes, the boundary p = ½ and its hairlines, and what belongs to the person: the cross-hair, the
 * chosen point, the brush.
 */

import { LOG_3, traceClasses, traceLevel } from './contours.js';
import { markSize, outlineMark } from './marks.js';
import { translucent } from './palette.js';
import { REACH, toPixels } from './plane.js';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./plane.js').Place} Place */
/** @typedef {{ logits: (area: import('./field.js').Area) => Float32Array }} Sampler */

/** CSS px between samples of z: while it moves, and at rest. */
const CELL_MOVING = 5;
const CELL_STILL = 2.5;

/** The plane with a sample on each edge: columns × rows places from -3 to 3, both included. @param {number} count */
function edgeToEdge(count) {
  const gap = (2 * REACH) / (count - 1);
  const width = 2 * REACH + gap;
  return { left: -REACH - gap / 2, top: REACH + gap / 2, width, height: width, columns: count, rows: count };
}

/**
 * @typedef {object} Wish
 * @property {number} side CSS px
 * @property {number} ratio device pixels a CSS px
 * @property {Palette} palette
 * @property {string} version names the network's state
 * @property {number} classes
 * @property {boolean} moving
 * @property {number} blend share of the new z in what is traced
 * @property {boolean} hatched for print: class B's side in lines, as ink may be all there is
 * @property {Place | undefined} cursor the cross-hair
 * @property {Place | undefined} chosen
 * @property {{ place: Place, radius: number, class: number | undefined, inviting: boolean } | undefined} brush
 */

export class Lines {
  /** @type {CanvasRenderingContext2D} */
  #context;
  /** @type {Float32Array | undefined} z, averaged while it jumps */
  #z;
  #count = 0;
  #traced = '';
  #drawn = '';
  /** @type {{ boundary: number[], hair: number[] }} */
  #segments = { boundary: [], hair: [] };

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /** @param {Sampler} sampler @param {Wish} wish */
  draw(sampler, wish) {
    const { side, ratio, palette, cursor, chosen, brush } = wish;
    const count = Math.max(24, Math.round(side / (wish.moving ? CELL_MOVING : CELL_STILL)));
    const traced = `${wish.version} ${count}`;
    if (traced !== this.#traced || wish.blend < 1) this.#trace(sampler, count, wish);
    const drawn = `${traced} ${side} ${ratio} ${palette.background} ${wish.blend} ${wish.hatched} ${JSON.stringify([cursor, chosen, brush])}`;
    if (drawn === this.#drawn && wish.blend === 1) return;
    this.#traced = traced;
    this.#drawn = drawn;
    const context = this.#context;
    const pixels = Math.round(side * ratio);
    if (context.canvas.width !== pixels) {
      context.canvas.width = pixels;
      context.canvas.height = pixels;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, side, side);
    context.lineCap = 'round';
    this.#drawAxes(side, palette);
    const scale = side / (this.#count - 1);
    if (wish.hatched && wish.classes === 2) this.#stroke(this.#hatch(), scale, translucent(palette.ink, 0.35), 0.5);
    this.#stroke(this.#segments.hair, scale, translucent(palette.ink, 0.55), 0.75);
    this.#stroke(this.#segments.boundary, scale, palette.ink, 2);
    if (brush !== undefined) this.#drawBrush(brush, side, palette);
    if (chosen !== undefined) this.#drawChosen(chosen, side, palette);
    if (cursor !== undefined) this.#drawCursor(cursor, side, palette);
  }

  /** @param {Sampler} sampler @param {number} count @param {Wish} wish */
  #trace(sampler, count, { classes, blend }) {
    const z = sampler.logits(edgeToEdge(count));
    const before = this.#z;
    if (blend < 1 && before !== undefined && before.length === z.length) {
      // A jumping z is averaged where p still says something, |z| ≤ 4; beyond, one spike would outweigh the rest.
      for (let i = 0; i < z.length; i += 1) {
        const bounded = Math.min(4, Math.max(-4, /** @type {number} */ (z[i])));
        const old = Math.min(4, Math.max(-4, /** @type {number} */ (before[i])));
        z[i] = old + blend * (bounded - old);
      }
    }
    this.#z = z;
    this.#count = count;
    if (classes === 2) {
      this.#segments = {
        boundary: traceLevel(z, count, count, 0),
        hair: [...traceLevel(z, count, count, LOG_3), ...traceLevel(z, count, count, -LOG_3)],
      };
    } else {
      this.#segments = { boundary: traceClasses(z, classes, count, count), hair: [] };
    }
  }

  /** @param {number} side @param {Palette} palette */
  #drawAxes(side, palette) {
    const context = this.#context;
    context.strokeStyle = translucent(palette.ink, 0.12);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(side / 2, 0);
    context.lineTo(side / 2, side);
    context.moveTo(0, side / 2);
    context.lineTo(side, side / 2);
    context.stroke();
  }

  /** Diagonals over the samples where z > 0, as segments. @returns {number[]} */
  #hatch() {
    const count = this.#count;
    const z = /** @type {Float32Array} */ (this.#z);
    const segments = [];
    const gap = Math.max(2, Math.round(count / 60));
    for (let start = -count; start < count; start += gap) {
      for (let i = 0; i + 1 < count; i += 1) {
        const row = i - start;
        if (row < 0 || row + 1 >= count) continue;
        if (z[row * count + i] > 0 && z[(row + 1) * count + i + 1] > 0) segments.push(i, row, i + 1, row + 1);
      }
    }
    return segments;
  }

  /** @param {number[]} segments @param {number} scale @param {string} colour @param {number} width */
  #stroke(segments, scale, colour, width) {
    const context = this.#context;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (let i = 0; i < segments.length; i += 4) {
      context.moveTo(/** @type {number} */ (segments[i]) * scale, /** @type {number} */ (segments[i + 1]) * scale);
      context.lineTo(/** @type {number} */ (segments[i + 2]) * scale, /** @type {number} */ (segments[i + 3]) * scale);
    }
    context.stroke();
  }

  /** @param {NonNullable<Wish['brush']>} brush @param {number} side @param {Palette} palette */
  #drawBrush({ place, radius, class: kind, inviting }, side, palette) {
    const context = this.#context;
    const { left, top } = toPixels(place, side);
    const r = (radius / (2 * REACH)) * side;
    const colour = kind === undefined ? palette.ink : /** @type {string} */ (palette.marks[kind]);
    context.beginPath();
    context.arc(left, top, r, 0, 2 * Math.PI);
    if (inviting) {
      context.fillStyle = translucent(palette.surface, 0.88);
      context.fill();
    }
    context.setLineDash([3, 3]);
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
    if (!inviting || kind === undefined) return;
    // Ghosts of what a stroke would leave, and the mark itself.
    const half = markSize(kind, side);
    context.fillStyle = translucent(colour, 0.35);
    context.beginPath();
    for (const [dx, dy] of [
      [-0.5, -0.28],
      [0.42, -0.5],
      [0.55, 0.35],
      [-0.3, 0.55],
    ]) {
      // biome-ignore format: places
      outlineMark(context, kind, left + /** @type {number} */ (dx) * r, top + /** @type {number} */ (dy) * r, half * 0.55);
    }
    context.fill();
    context.fillStyle = colour;
    context.beginPath();
    outlineMark(context, kind, left, top, half * 1.2);
    context.fill();
  }

  /** @param {Place} place @param {number} side @param {Palette} palette */
  #drawChosen(place, side, palette) {
    const context = this.#context;
    const { left, top } = toPixels(place, side);
    context.beginPath();
    context.arc(left, top, 11, 0, 2 * Math.PI);
    context.strokeStyle = palette.surface;
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  /** @param {Place} place @param {number} side @param {Palette} palette */
  #drawCursor(place, side, palette) {
    const context = this.#context;
    const { left, top } = toPixels(place, side);
    for (const [colour, width] of /** @type {[string, number][]} */ ([
      [palette.surface, 4],
      [palette.accent, 2],
    ])) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      for (const [dx, dy] of /** @type {[number, number][]} */ ([
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ])) {
        context.moveTo(left + 5 * dx, top + 5 * dy);
        context.lineTo(left + 14 * dx, top + 14 * dy);
      }
      context.stroke();
    }
  }
}
