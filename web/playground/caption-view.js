/** The one sentence under the plot: what happened, then what to do next in bold, and the ways back as buttons. */

import { html, nothing } from 'lit';
import { markIcon } from './icons.js';
import { classLetters } from './strings.js';

/** @param {import('./strings.js').Sentence} sentence */
const words = (sentence) =>
  sentence.map((part) => (typeof part === 'string' ? part : markIcon(part.mark, classLetters[part.mark])));

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 */
export function captionView({ caption }, act) {
  const { said, next, actions } = caption;
  return html`<div class="caption">
    <p>${words(said)} ${next.length === 0 ? nothing : html`<b>${words(next)}</b>`}</p>
    ${actions.map(({ id, label }) => html`<button type="button" @click=${() => act.caption(id)}>${label}</button>`)}
  </div>`;
}

/** The same for the ear. @param {import('./captions.js').Caption} caption */
export function spokenCaption({ said, next }) {
  return [...said, ' ', ...next].map((part) => (typeof part === 'string' ? part : classLetters[part.mark])).join('');
}
