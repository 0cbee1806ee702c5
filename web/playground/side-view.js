/** The right column: how many hidden units, how large the loss, and how it came there. */

import { html, nothing } from 'lit';
import { hiddenStepper } from './fields-view.js';
import { markIcon } from './icons.js';
import { formatLoss, formatPercent, formatStep } from './numbers.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level of the headings
 */
export function sideView(state, act, level) {
  const { accuracy, testLoss } = state;
  const right = (/** @type {number} */ share) => html`<b>${formatPercent(share)}</b> ${strings.accuracy}`;
  const hasTest = !Number.isNaN(testLoss);
  // A drawer lies over it.
  return html`<div class="side" ?inert=${state.drawer !== undefined}>
    ${
      state.hasNames
        ? html`<ul class="legend">
            ${state.names.slice(0, state.settings.classes).map((name, k) => html`<li>${markIcon(k)}${name}</li>`)}
          </ul>`
        : nothing
    }
    ${
      state.shows('hidden')
        ? html`<div class="section network">
            <div class="heading wide-only" role="heading" aria-level=${level}>${strings.hiddenHeading}</div>
            <span class="grow wide-only"></span>
            ${hiddenStepper(state, act, 'hidden')}
          </div>`
        : nothing
    }
    <div class="section losses">
      <div class="heading" role="heading" aria-level=${level}>${strings.loss}</div>
      <span class="number">${formatLoss(state.loss)}</span>
      <span class="grow"></span>
      <span class="muted steps">${strings.step} <b>${formatStep(state.step)}</b></span>
    </div>
    ${
      Number.isNaN(accuracy.train)
        ? nothing
        : html`<div class="results muted ${hasTest ? 'has-test' : ''}">
            <span class="right">${right(accuracy.train)}</span>
            ${
              hasTest
                ? html`<span
                    ><span class="test">${strings.test} <b>${formatLoss(testLoss)}</b></span
                    >, <span class="test-right">${right(accuracy.test)}</span></span
                  >`
                : nothing
            }
          </div>`
    }
    ${state.shows('chart') ? html`<canvas class="chart" id="chart" part="chart" role="img"></canvas>` : nothing}
  </div>`;
}
