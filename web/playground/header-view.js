/** The title, the data menu and what opens the settings. */

import { html, nothing } from 'lit';
import { nameOfData } from './data-of.js';
import { icons } from './icons.js';
import { strings } from './strings.js';

/** Not a preset: what the menu shows once points were changed, and what takes them all away. */
const DRAWN = '(drawn)';
const EMPTY = '(empty)';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {readonly string[]} presets
 * @param {number} level of the heading in the page
 */
export function headerView(state, act, presets, level) {
  return html`<header part="header" class=${state.ask === '' ? '' : 'asks'}>
    ${
      state.ask === ''
        ? html`<div class="title" role="heading" aria-level=${level}>${strings.title}</div>
            <p class="tagline wide-only">${strings.tagline}</p>`
        : html`<div class="ask" role="heading" aria-level=${level}>${state.ask}</div>`
    }
    ${state.isLocked('points') ? html`<span class="lock">${icons.lock}<span>${strings.pointsFixed}</span></span>` : nothing}
    <span class="grow"></span>
    ${state.shows('data') ? dataMenu(state, act, presets) : nothing}
    ${
      state.shows('points')
        ? html`<button
            type="button"
            class="narrow-only table"
            id="points-button-narrow"
            aria-label=${strings.points}
            aria-expanded=${state.drawer === 'points'}
            @click=${() => act.open(state.drawer === 'points' ? undefined : 'points')}
          >
            ${icons.table}<span>${strings.points}</span>
          </button>`
        : nothing
    }
    ${
      state.shows('share')
        ? html`<button
            type="button"
            class="share"
            id="share-button"
            aria-label=${strings.share}
            aria-expanded=${state.drawer === 'share'}
            @click=${() => act.open(state.drawer === 'share' ? undefined : 'share')}
          >
            ${icons.share}<span class="wide-only">${strings.share}</span>
          </button>`
        : nothing
    }
    ${
      state.shows('settings')
        ? html`<button
            type="button"
            class="icon-only"
            id="settings-button"
            aria-label=${strings.settings}
            aria-expanded=${state.drawer === 'settings'}
            title=${strings.settings}
            @click=${() => act.open(state.drawer === 'settings' ? undefined : 'settings')}
          >
            ${icons.more}
          </button>`
        : nothing
    }
  </header>`;
}

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {readonly string[]} presets
 */
function dataMenu(state, act, presets) {
  const { preset } = state.data;
  const chosen = preset === undefined || state.isDrawn ? DRAWN : preset;
  const locked = state.isLocked('data');
  const choose = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    if (value === EMPTY) act.clear();
    else if (value !== DRAWN) act.setData({ preset: value });
  };
  return html`<span class="select ${locked ? 'disabled' : ''}">
    <span class="name" aria-hidden="true">${strings.data}</span>
    <select aria-label=${strings.data} .value=${chosen} ?disabled=${locked} @change=${choose}>
      ${chosen === DRAWN ? html`<option value=${DRAWN} selected>${nameOfData(preset, true)}</option>` : nothing}
      ${presets.map((key) => html`<option value=${key} ?selected=${key === chosen}>${strings.presets[key] ?? key}</option>`)}
      <option value=${EMPTY}>${strings.empty}</option>
    </select>
    ${icons.chevron}
  </span>`;
}
