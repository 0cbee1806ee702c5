/** The right column: how many hidden units, how large the loss, and how it came there. */

import { html, nothing } from 'lit';
import { hiddenStepper } from './fields-view.js';
import { formatLoss, formatPercent, formatStep } from './numbers.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level of the headings
 */
export function sideView(state, act, level) {
  const { accuracy, testLoss } = state;
  return html`<div class="side">
    ${
      state.shows('hidden')
        ? html`<div class="section network">
            <div class="heading wide-only" role="heading" aria-level=${level}>${strings.hiddenHeading}</div>
            <span class="grow wide-only"></span>
            ${hiddenStepper(state, act, 'hidden')}
          </div>`
        : nothing
    }
    <div class="section">
      <div class="heading" role="heading" aria-level=${level}>${strings.loss}</div>
      <span class="number">${formatLoss(state.loss)}</span>
      ${
        Number.isNaN(testLoss)
          ? nothing
          : html`<span class="muted test">${strings.test} <b>${formatLoss(testLoss)}</b></span>`
      }
      <span class="grow"></span>
      ${
        Number.isNaN(accuracy.train)
          ? nothing
          : html`<span class="muted right"><b>${formatPercent(accuracy.train)}</b> ${strings.accuracy}</span>`
      }
      ${
        Number.isNaN(accuracy.test)
          ? nothing
          : html`<span class="muted right test-right">${strings.test} <b>${formatPercent(accuracy.test)}</b></span>`
      }
      <span class="muted steps">${strings.step} <b>${formatStep(state.step)}</b></span>
    </div>
    ${state.shows('chart') ? html`<canvas class="chart" id="chart" part="chart" role="img"></canvas>` : nothing}
  </div>`;
}
