/** The Share drawer: the link as text, to be copied by a button or by hand. */

import { html } from 'lit';
import { icons } from './icons.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {number} level
 */
export function shareView(state, act, level) {
  return html`<section class="drawer" aria-label=${strings.share} part="share">
    <div class="top">
      <div class="heading" role="heading" aria-level=${level}>${strings.share}</div>
      <span class="grow"></span>
      <button type="button" class="icon-only plain" id="drawer-close" aria-label=${strings.close} @click=${() => act.open(undefined)}>
        ${icons.close}
      </button>
    </div>
    <p class="help">${strings.shareHelp}</p>
    <label class="help" for="link">${strings.link}</label>
    <textarea id="link" readonly rows="6" .value=${state.link}></textarea>
    <div class="buttons">
      <button type="button" @click=${act.copyLink}>${state.isCopied ? strings.copied : strings.copyLink}</button>
    </div>
  </section>`;
}
