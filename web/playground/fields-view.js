/** The pieces that forms are made of: a typed number, a choice, the stepper for hidden units. */

import { html, nothing } from 'lit';
import { icons } from './icons.js';
import { strings } from './strings.js';

/**
 * A number that is taken when the person is done with it (Enter or leaving the field); what cannot be taken stays in
 * the field with the limit in words.
 *
 * @param {{ id: string, label: unknown, spoken: string, value: string, error?: string, disabled: boolean,
 *   help?: string, take: (text: string) => void }} field
 */
export function numberField({ id, label, spoken, value, error, disabled, help, take }) {
  return html`${label === '' ? nothing : html`<label for=${id}>${label}</label>`}<span class="control"><input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      class=${value.length > 5 ? 'small' : ''}
      id=${id}
      aria-label=${spoken}
      aria-invalid=${error === undefined ? 'false' : 'true'}
      aria-describedby=${error === undefined ? nothing : `${id}-error`}
      .value=${value}
      ?disabled=${disabled}
      @change=${(/** @type {Event} */ event) => take(/** @type {HTMLInputElement} */ (event.target).value)}
    />${error === undefined ? nothing : html`<span class="error" id="${id}-error">${error}</span>`}${
      help === undefined ? nothing : html`<span class="help">${help}</span>`
    }</span>`;
}

/**
 * @param {{ id: string, label: unknown, value: string, choices: readonly (readonly [string, string])[],
 *   disabled: boolean, take: (value: string) => void }} field
 */
export function choiceField({ id, label, value, choices, disabled, take }) {
  return html`<label for=${id}>${label}</label
    ><span class="control"><span class="select ${disabled ? 'disabled' : ''}"><select
      id=${id}
      .value=${value}
      ?disabled=${disabled}
      @change=${(/** @type {Event} */ event) => take(/** @type {HTMLSelectElement} */ (event.target).value)}
    >${choices.map(([key, name]) => html`<option value=${key} ?selected=${key === value}>${name}</option>`)}</select
    >${icons.chevron}</span></span>`;
}

/**
 * hidden units −[4]+
 *
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {string} id
 */
export function hiddenStepper(state, act, id) {
  const { hidden } = state.settings;
  const locked = state.isLocked('hidden');
  const error = state.errors.hidden;
  return html`<div class="stepper" part="hidden">
    <label class="label muted" for=${id}>${strings.hiddenShort}<span class="rest"> ${strings.hiddenRest}</span></label>
    <button
      type="button"
      class="icon-only"
      aria-label=${strings.fewer}
      ?disabled=${locked || hidden <= 1}
      @click=${() => act.setHidden(hidden - 1)}
    >
      ${icons.minus}
    </button>
    <input
      type="text"
      inputmode="numeric"
      autocomplete="off"
      id=${id}
      aria-label=${strings.hidden}
      aria-invalid=${error === undefined ? 'false' : 'true'}
      aria-describedby=${error === undefined ? nothing : `${id}-error`}
      .value=${String(hidden)}
      ?disabled=${locked}
      @change=${(/** @type {Event} */ event) => act.typeSetting('hidden', /** @type {HTMLInputElement} */ (event.target).value, 'hidden')}
    />
    <button
      type="button"
      class="icon-only"
      aria-label=${strings.more}
      ?disabled=${locked || hidden >= 256}
      @click=${() => act.setHidden(hidden + 1)}
    >
      ${icons.plus}
    </button>
    ${error === undefined ? nothing : html`<span class="error" id="${id}-error">${error}</span>`}
  </div>`;
}
