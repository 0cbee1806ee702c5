/** The control bar: train, step, pace, α, new start, and the drawers' tabs. */

import { html, nothing } from 'lit';
import { hiddenStepper, numberField } from './fields-view.js';
import { icons } from './icons.js';
import { alpha } from './mathematics.js';
import { formatPace } from './numbers.js';
import { PACES, paceNotch, paceOfNotch } from './pace.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 */
export function barView(state, act) {
  return html`<div class="bar" role="group" aria-label=${strings.controls} part="controls">
    ${
      state.shows('train')
        ? html`<button type="button" class="primary" ?disabled=${!state.canPlay} @click=${act.togglePlay}>
            ${state.playing ? icons.pause : icons.play}<span>${state.playing ? strings.pause : strings.play}</span>
          </button>`
        : nothing
    }
    ${
      state.shows('step')
        ? html`<button
            type="button"
            class="step"
            aria-label=${strings.oneStepLong}
            title=${strings.oneStepLong}
            ?disabled=${!state.canPlay}
            @click=${act.stepOnce}
          >
            ${icons.step}<span>${strings.oneStep}</span>
          </button>`
        : nothing
    }
    ${state.shows('pace') ? paceSlider(state, act, 'pace', 'wide-only') : nothing}
    ${
      state.shows('learning-rate')
        ? html`<span class="field rate"
            >${numberField({
              id: 'learning-rate',
              label: alpha,
              spoken: strings.learningRate,
              value: String(state.settings.learningRate),
              error: state.errors.learningRate,
              disabled: state.isLocked('learning-rate'),
              take: (text) => act.typeSetting('learningRate', text, 'learningRate'),
            })}</span
          >`
        : nothing
    }
    ${
      state.shows('new-start')
        ? html`<button
            type="button"
            class="start plain"
            aria-label=${strings.newStartLong}
            title=${strings.newStartLong}
            @click=${act.newStart}
          >
            ${icons.restart}<span>${strings.newStart}</span>
          </button>`
        : nothing
    }
    ${state.shows('hidden') ? html`<span class="narrow-only">${hiddenStepper(state, act, 'hidden-narrow')}</span>` : nothing}
    ${
      state.shows('points')
        ? html`<span class="tabs wide-only"
            ><button
              type="button"
              id="points-button"
              aria-expanded=${state.drawer === 'points'}
              @click=${() => act.open(state.drawer === 'points' ? undefined : 'points')}
            >
              ${strings.points}
            </button></span
          >`
        : nothing
    }
  </div>`;
}

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {string} id
 * @param {string} [extra] class
 */
export function paceSlider(state, act, id, extra = '') {
  const words = state.pace === Infinity ? strings.paceMax : formatPace(state.pace);
  return html`<span class="field pace ${extra}">
    <label for=${id} class="muted">${strings.pace}</label>
    <input
      type="range"
      id=${id}
      min="0"
      max=${PACES.length - 1}
      step="1"
      .value=${String(paceNotch(state.pace))}
      aria-valuetext=${state.pace === Infinity ? strings.paceMaxLong : words}
      @input=${(/** @type {Event} */ event) => act.setPace(paceOfNotch(Number(/** @type {HTMLInputElement} */ (event.target).value)))}
    />
    <output for=${id}>${words}</output>
  </span>`;
}
