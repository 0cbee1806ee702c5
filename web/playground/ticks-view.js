/** −3 … 3 along both axes of the plot, and their names. */

import { html } from 'lit';
import { formatNumber } from './numbers.js';

/** @param {string} extra class */
const row = (extra) =>
  html`<div class="ticks ${extra}" aria-hidden="true">
    ${[-3, -2, -1, 0, 1, 2, 3].map((value) => html`<span>${formatNumber(value)}</span>`)}
  </div>`;

export const ticksView = html`${row('ticks-2')}${row('ticks-1')}<span class="axis-name axis-1" aria-hidden="true">x₁</span
  ><span class="axis-name axis-2" aria-hidden="true">x₂</span>`;
