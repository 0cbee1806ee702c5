/** Round numbers along both axes of the plot, in the data's own units, and the axes' names. */

import { html, svg } from 'lit';
import { formatNumber } from './numbers.js';
import { REACH } from './plane.js';

/** value = offset + scale · coordinate; the plane's own where data has no units. @typedef {{ name: string, unit: string, scale: number, offset: number }} Axis */

/** @type {[Axis, Axis]} */
export const planeAxes = [
  { name: 'x₁', unit: '', scale: 1, offset: 0 },
  { name: 'x₂', unit: '', scale: 1, offset: 0 },
];

/**
 * Round values along an axis and where they stand.
 *
 * @param {Axis} axis
 * @returns {{ value: number, share: number }[]} share: 0 at the axis's beginning, 1 at its end
 */
export function axisTicks({ scale, offset }) {
  const least = offset - REACH * scale;
  const span = 2 * REACH * scale;
  const power = 10 ** Math.floor(Math.log10(span / 7));
  const gap = ([1, 2, 2.5, 5, 10].find((digit) => digit * power >= (span / 7) * 0.999) ?? 10) * power;
  const ticks = [];
  for (let i = Math.ceil(least / gap - 1e-9); i * gap <= least + span * (1 + 1e-9); i += 1) {
    ticks.push({ value: Number((i * gap).toPrecision(9)), share: (i * gap - least) / span });
  }
  return ticks;
}

/** @param {number} share @param {number} ends px that the first and last number are moved inside by */
const inside = (share, ends) => (share < 0.02 ? ends : share > 0.98 ? -ends : 0);

/** @param {Axis} axis */
const label = ({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`);

/** @param {readonly [Axis, Axis]} axes */
export function ticksView([first, second]) {
  return html`<svg class="ticks ticks-2" aria-hidden="true">
      ${axisTicks(second).map(
        ({ value, share }) =>
          svg`<text x="30" y="${100 * (1 - share)}%" dy=${5 - inside(share, 5)}>${formatNumber(value)}</text>`,
      )}
      ${
        second.unit === ''
          ? svg`<text class="name" x="30" y="8.333%" dy="5">${second.name}</text>`
          : svg`<text class="name long" x="40" y="-6" text-anchor="start">${label(second)}</text>`
      }
    </svg>
    <svg class="ticks ticks-1" aria-hidden="true">
      ${axisTicks(first)
        .filter(({ share }) => first.unit === '' || share < 0.74)
        .map(
          ({ value, share }) =>
            svg`<text x="${100 * share}%" y="20" dx=${inside(share, 7)}>${formatNumber(value)}</text>`,
        )}
      ${
        first.unit === ''
          ? svg`<text class="name" x="91.667%" y="20">${first.name}</text>`
          : svg`<text class="name long" x="100%" y="20" text-anchor="end">${label(first)}</text>`
      }
    </svg>`;
}
