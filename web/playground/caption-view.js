/** The one sentence under the plot: what happened, then what to do next in bold, and the ways back as buttons. */

import { html, nothing } from 'lit';
import { markIcon } from './icons.js';
import { layerSymbol } from './mathematics.js';
import { strings } from './strings.js';

/** Signs that fit in one line beside a wide plot; buttons count, with their edges. */
const LINE = 50;
const BUTTON = 4;

/** @param {import('./strings.js').Sentence} sentence @param {readonly string[]} names of the classes */
const words = (sentence, names) =>
  sentence.map((part) => {
    if (typeof part === 'string') return part;
    return 'mark' in part ? markIcon(part.mark, names[part.mark]) : layerSymbol(part.letter, part.layer);
  });

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 */
export function captionView({ caption, errors, names }, act) {
  const { said, next, actions } = caption;
  const length =
    spokenCaption(caption, ['A', 'A', 'A', 'A']).length +
    actions.reduce((sum, { label }) => sum + BUTTON + 0.65 * label.length, 0);
  // Where the bar has no room to say why a number is not taken, it is said here.
  const error = errors.learningRate ?? errors.hidden;
  return html`<div class="caption ${length > LINE ? 'long' : ''} ${error === undefined ? '' : 'has-error'}">
    ${error === undefined ? nothing : html`<p class="error narrow-only">${strings.refusedNumber(errors.learningRate === undefined ? 'hidden' : 'α', error)}</p>`}
    <p>${words(said, names)} ${next.length === 0 ? nothing : html`<b>${words(next, names)}</b>`}</p>
    ${actions.map(({ id, label }) => html`<button type="button" @click=${() => act.caption(id)}>${label}</button>`)}
  </div>`;
}

/** The same for the ear. @param {import('./captions.js').Caption} caption @param {readonly string[]} names of the classes */
export function spokenCaption({ said, next }, names) {
  return [...said, ' ', ...next]
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'mark' in part ? names[part.mark] : `${part.letter} ${part.layer}`;
    })
    .join('');
}
