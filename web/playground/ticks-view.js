/** Round numbers along both axes of the plot, in the data's own units, and the axes' names. */

import { html, svg } from 'lit';
import { axisName, axisTicks } from './axes.js';
import { formatNumber } from './numbers.js';

/** @param {number} share @param {number} ends px that the first and last number are moved inside by */
const inside = (share, ends) => (share < 0.02 ? ends : share > 0.98 ? -ends : 0);

/** @param {readonly [import('./axes.js').Axis, import('./axes.js').Axis]} axes */
export function ticksView([first, second]) {
  const name = axisName(first);
  // Numbers that the name would run over: on the smallest plot, 280 px, and from 400 px on.
  const [least, near] = [280, 400].map((plot) => 1 - (18 + 6.5 * name.length) / plot);
  return html`<svg class="ticks ticks-2" aria-hidden="true">
      ${axisTicks(second).map(
        ({ value, share }) =>
          svg`<text x="30" y="${100 * (1 - share)}%" dy=${5 - inside(share, 5)}>${formatNumber(value)}</text>`,
      )}
      ${
        second.unit === ''
          ? svg`<text class="name" x="30" y="8.333%" dy="5">${second.name}</text>`
          : // Above the plot, as beside it there is room for the numbers alone.
            svg`<text class="name long" x="8" y="-5" text-anchor="start">${axisName(second)}</text>`
      }
    </svg>
    <svg class="ticks ticks-1" aria-hidden="true">
      ${axisTicks(first)
        .filter(({ share }) => first.unit === '' || share < near)
        .map(
          ({ value, share }) =>
            svg`<text class=${share > least ? 'near' : ''} x="${100 * share}%" y="20" dx=${inside(share, 7)}>${formatNumber(value)}</text>`,
        )}
      ${
        first.unit === ''
          ? svg`<text class="name" x="91.667%" y="20">${first.name}</text>`
          : svg`<text class="name long" x="100%" y="20" text-anchor="end">${name}</text>`
      }
    </svg>`;
}
