/** Round numbers along both axes of the plot, in the data's own units, and the axes' names. */

import { html, svg } from 'lit';
import { axisName, axisTicks } from './axes.js';
import { formatNumber } from './numbers.js';

/** @param {number} share @param {number} ends px that the first and last number are moved inside by */
const inside = (share, ends) => (share < 0.02 ? ends : share > 0.98 ? -ends : 0);

/** @param {readonly [import('./axes.js').Axis, import('./axes.js').Axis]} axes */
export function ticksView([first, second]) {
  const ticks = axisTicks(second);
  // Between the two numbers about the middle.
  const above = ticks.findIndex(({ share }) => share > 0.5);
  const middle = (ticks[above - 1].share + ticks[above].share) / 2;
  return html`<svg class="ticks ticks-2" aria-hidden="true">
      ${ticks.map(
        ({ value, share }) =>
          svg`<text x="30" y="${100 * (1 - share)}%" dy=${5 - inside(share, 5)}>${formatNumber(value)}</text>`,
      )}
      ${
        second.unit === ''
          ? svg`<text class="name" x="30" y="8.333%" dy="5">${second.name}</text>`
          : svg`<svg y="${100 * (1 - middle)}%" overflow="visible"><text class="name long" transform="translate(11) rotate(-90)" text-anchor="middle">${axisName(second)}</text></svg>`
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
          : svg`<text class="name long" x="100%" y="20" text-anchor="end">${axisName(first)}</text>`
      }
    </svg>`;
}
