/**
 * The points as marks: ● ■ ▲ ✚ with a rim of their own class's field, test points hollow; and, where points would
 * cover each other, how densely they lie.
 */

import { toPixels } from './plane.js';

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {{ x: number, y: number, class: number, test?: boolean }} Point */

/** Half sizes in CSS px: a circle's radius; a square's half side; the others of about equal area. */
const LARGE = [5, 4.5, 5.6, 5.2];
const SMALL = [3.6, 3.2, 4, 3.8];
const RIM = 1.25;
/** Below this side of the plot, in CSS px, marks are small. */
const SMALL_PLOT = 420;
/** Above this many points the picture is one of density. */
export const DENSE = 3000;
/** Side of a cell of the density picture, CSS px. */
const CELL = 4;

/**
 * The outline of a class's mark around a place.
 *
 * @param {CanvasRenderingContext2D | Path2D} path
 * @param {number} kind class number
 * @param {number} x
 * @param {number} y
 * @param {number} half
 */
export function outlineMark(path, kind, x, y, half) {
  if (kind === 0) {
    path.moveTo(x + half, y);
    path.arc(x, y, half, 0, 2 * Math.PI);
  } else if (kind === 1) {
    path.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (kind === 2) {
    path.moveTo(x, y - half);
    path.lineTo(x + half, y + 0.8 * half);
    path.lineTo(x - half, y + 0.8 * half);
    path.closePath();
  } else {
    const arm = half / 2.6;
    path.rect(x - half, y - arm, 2 * half, 2 * arm);
    path.rect(x - arm, y - half, 2 * arm, 2 * half);
  }
}

/** @param {number} kind @param {number} side of the plot, CSS px */
export function markSize(kind, side) {
  return /** @type {number} */ ((side < SMALL_PLOT ? SMALL : LARGE)[kind]);
}

export class Marks {
  /** @type {CanvasRenderingContext2D} */
  #context;
  #key = '';
  /** What is on the canvas, if it is marks. @type {readonly Point[]} */
  #drawn = [];
  #ground = '';
  /** By class and whether it is hollow, for this ground. @type {Map<string, HTMLCanvasElement>} */
  #sprites = new Map();

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /**
   * @param {readonly Point[]} points
   * @param {{ side: number, ratio: number, palette: Palette, version: string }} on side in CSS px; ratio: device pixels each
   */
  draw(points, { side, ratio, palette, version }) {
    const key = `${version} ${side} ${ratio} ${palette.background}`;
    if (key === this.#key) return;
    this.#key = key;
    const { canvas } = this.#context;
    const pixels = Math.round(side * ratio);
    const ground = `${side} ${ratio} ${palette.background}`;
    const isDense = points.length > DENSE;
    // A spray adds points to those that are there; they alone are drawn then.
    const grows = ground === this.#ground && !isDense && this.#drawn.every((point, i) => point === points[i]);
    const first = grows ? this.#drawn.length : 0;
    if (ground !== this.#ground) this.#sprites.clear();
    this.#ground = ground;
    this.#drawn = isDense ? [] : points;
    if (canvas.width !== pixels) {
      canvas.width = pixels;
      canvas.height = pixels;
    } else if (first === 0) {
      this.#context.clearRect(0, 0, pixels, pixels);
    }
    if (isDense) this.#drawDensity(points, side, palette);
    else this.#drawMarks(points.slice(first), side, ratio, palette);
  }

  /** @param {readonly Point[]} points @param {number} side @param {number} ratio @param {Palette} palette */
  #drawMarks(points, side, ratio, palette) {
    const pixels = side * ratio;
    for (const point of points) {
      const key = `${point.class} ${point.test === true}`;
      let sprite = this.#sprites.get(key);
      if (sprite === undefined) {
        sprite = drawSprite(point.class, point.test === true, side, ratio, palette);
        this.#sprites.set(key, sprite);
      }
      const { left, top } = toPixels(point, pixels);
      this.#context.drawImage(sprite, Math.round(left - sprite.width / 2), Math.round(top - sprite.height / 2));
    }
  }

  /** @param {readonly Point[]} points @param {number} side @param {Palette} palette */
  #drawDensity(points, side, palette) {
    const cells = Math.round(side / CELL);
    const counts = new Uint32Array(cells * cells * 4);
    for (const point of points) {
      const { left, top } = toPixels(point, cells);
      const column = Math.min(cells - 1, Math.floor(left));
      const row = Math.min(cells - 1, Math.floor(top));
      const at = (row * cells + column) * 4 + point.class;
      counts[at] = /** @type {number} */ (counts[at]) + 1;
    }
    const { canvas } = this.#context;
    const cell = canvas.width / cells;
    for (let i = 0; i < cells * cells; i += 1) {
      let most = 0;
      let all = 0;
      for (let k = 0; k < 4; k += 1) {
        const count = /** @type {number} */ (counts[4 * i + k]);
        all += count;
        if (count > /** @type {number} */ (counts[4 * i + most])) most = k;
      }
      if (all === 0) continue;
      this.#context.fillStyle = /** @type {string} */ (palette.marks[most]);
      this.#context.globalAlpha = Math.min(1, 0.35 + 0.22 * all);
      const grow = Math.min(1, 0.55 + 0.15 * all) * cell;
      const x = (i % cells) * cell + (cell - grow) / 2;
      const y = Math.floor(i / cells) * cell + (cell - grow) / 2;
      this.#context.fillRect(x, y, grow, grow);
    }
    this.#context.globalAlpha = 1;
  }
}

/** @param {number} kind @param {boolean} hollow @param {number} side @param {number} ratio @param {Palette} palette */
function drawSprite(kind, hollow, side, ratio, palette) {
  const half = markSize(kind, side);
  const sprite = document.createElement('canvas');
  const extent = 2 * Math.ceil((half + RIM + 0.5) * ratio);
  sprite.width = extent;
  sprite.height = extent;
  const context = /** @type {CanvasRenderingContext2D} */ (sprite.getContext('2d'));
  context.scale(ratio, ratio);
  const middle = extent / ratio / 2;
  const rim = /** @type {string} */ (palette.fields[kind]);
  context.fillStyle = rim;
  context.strokeStyle = rim;
  context.lineWidth = 2 * RIM;
  context.beginPath();
  outlineMark(context, kind, middle, middle, half);
  context.stroke();
  context.fillStyle = /** @type {string} */ (palette.marks[kind]);
  if (!hollow) {
    context.fill('nonzero');
  } else {
    context.fill('nonzero');
    context.fillStyle = rim;
    context.beginPath();
    outlineMark(context, kind, middle, kind === 2 ? middle + 0.4 : middle, half - (kind === 3 ? 1.2 : 1.8));
    context.fill('nonzero');
  }
  return sprite;
}
