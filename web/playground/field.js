/**
 * Pixels → predict → colour: the plane in the two inks, one sample a device pixel.
 *
 * While the network trains the picture has about 6 ms a frame: where that is not enough for every device pixel the
 * resolution drops, and at rest the exact picture is painted in bands over as many frames as it takes.
 */

import { REACH } from './plane.js';

/** ms a frame. */
const BUDGET = 6;
/** Rows a band: small enough to look at the clock between, large enough for the call not to matter. */
const BAND = 32;
/** Resolutions while training, as shares of the device's. Few, so that the picture does not waver between them. */
const SCALES = [1, 0.75, 0.5, 0.375, 0.25, 0.125];

/** What the output and its colour cost, in hidden units. */
const OUTPUT_UNITS = 4;

/**
 * @typedef {{ left: number, top: number, width: number, height: number, columns: number, rows: number }} Area
 * @typedef {object} Painter the part of a session that paints
 * @property {(area: Area, firstRow: number, rowCount: number, colours: Uint32Array, into: Uint8ClampedArray) => void} paint
 */

/** @param {number} side @returns {Area} the whole plane in side × side samples */
export function wholePlane(side) {
  return { left: -REACH, top: REACH, width: 2 * REACH, height: 2 * REACH, columns: side, rows: side };
}

export class Field {
  /** @type {HTMLCanvasElement} */
  #canvas;
  /** @type {CanvasRenderingContext2D} */
  #context;
  #scratch = document.createElement('canvas');
  /** @type {ImageData | undefined} */
  #image;
  /** Rows of #image that are painted already; all of them once the picture is on the canvas. */
  #painted = 0;
  /** What #image shows or is going to show. */
  #key = '';
  #isDone = true;
  #isShown = false;
  /** ms a sample and unit, running estimate; a first guess of 0.6 ns. */
  #cost = 6e-7;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
  }

  /**
   * @param {Painter} painter
   * @param {{ side: number, units: number, version: string, colours: Uint32Array, moving: boolean, blend: number,
   *   isNow: boolean }} wish
   *   side in device pixels; units: hidden ones; version names the picture; moving: another will follow at once; blend: the share of the
   *   new picture in what is shown, below 1 to average a picture that jumps; isNow: there is no next frame to finish it in
   * @returns {boolean} whether it is not finished and wants another frame
   */
  draw(painter, { side, units, version, colours, moving, blend, isNow }) {
    const load = units + OUTPUT_UNITS;
    // The first picture is whole at once, as coarse as that may be: before it there is only black.
    const isFirst = !this.#isShown;
    const samples = moving || isFirst ? Math.max(16, Math.round(side * this.#scale(side, load))) : side;
    const key = `${version} ${samples}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#painted = 0;
      this.#isDone = false;
    }
    if (this.#isDone) return false;
    if (this.#image?.width !== samples) this.#image = new ImageData(samples, samples);
    this.#paint(painter, this.#image, colours, load, moving || isFirst || isNow);
    if (this.#painted < samples) return true;
    this.#show(this.#image, blend);
    this.#isShown = true;
    this.#isDone = blend === 1 || moving;
    return !this.#isDone || isFirst;
  }

  /** @param {number} side @param {number} load units a sample */
  #scale(side, load) {
    const affordable = Math.sqrt(BUDGET / (this.#cost * load * side * side));
    return SCALES.find((scale) => scale <= affordable) ?? /** @type {number} */ (SCALES.at(-1));
  }

  /**
   * @param {Painter} painter
   * @param {ImageData} image
   * @param {Uint32Array} colours
   * @param {number} load units a sample
   * @param {boolean} whole in one go
   */
  #paint(painter, image, colours, load, whole) {
    const side = image.width;
    const area = wholePlane(side);
    const first = this.#painted;
    const start = performance.now();
    while (this.#painted < side) {
      const rows = Math.min(BAND, side - this.#painted);
      const into = image.data.subarray(this.#painted * side * 4, (this.#painted + rows) * side * 4);
      painter.paint(area, this.#painted, rows, colours, into);
      this.#painted += rows;
      if (!whole && performance.now() - start > BUDGET) break;
    }
    const spent = performance.now() - start;
    const cost = spent / ((this.#painted - first) * side * load);
    // Browsers blur their clocks: only a span well above the grain says anything.
    if (spent > 0.5) this.#cost += 0.3 * (cost - this.#cost);
  }

  /** @param {ImageData} image @param {number} blend */
  #show(image, blend) {
    const side = image.width;
    if (this.#canvas.width !== side) {
      this.#canvas.width = side;
      this.#canvas.height = side;
      blend = 1;
    }
    if (blend === 1) {
      this.#context.putImageData(image, 0, 0);
      return;
    }
    this.#scratch.width = side;
    this.#scratch.height = side;
    const scratch = /** @type {CanvasRenderingContext2D} */ (this.#scratch.getContext('2d'));
    scratch.putImageData(image, 0, 0);
    this.#context.globalAlpha = blend;
    this.#context.drawImage(this.#scratch, 0, 0);
    this.#context.globalAlpha = 1;
  }
}
