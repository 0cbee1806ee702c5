/** The drawing tools: a brush a class, the eraser, undo and redo. */

import { html } from 'lit';
import { icons, markIcon } from './icons.js';
import { classLetters, strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 */
export function railView(state, act) {
  const brushes = Array.from({ length: state.settings.classes }, (_, k) => k);
  return html`<div class="rail ${brushes.length > 2 ? 'many' : ''}" role="toolbar" aria-label=${strings.tools} part="tools">
    ${brushes.map(
      (k) => html`<button
        type="button"
        class="brush brush-${k} ${state.tool === k ? 'chosen' : ''}"
        aria-pressed=${state.tool === k}
        aria-label=${strings.brush(state.names[k], k)}
        title=${strings.brush(state.names[k], k)}
        @click=${() => act.choose(k)}
      >
        ${markIcon(k)}<span class="letter">${classLetters[k]}</span>
      </button>`,
    )}
    <span class="gap"></span>
    <button
      type="button"
      class=${state.tool === 'erase' ? 'chosen' : ''}
      aria-pressed=${state.tool === 'erase'}
      aria-label=${strings.erase}
      title=${strings.erase}
      @click=${() => act.choose('erase')}
    >
      ${icons.erase}
    </button>
    <span class="gap"></span>
    <button type="button" aria-label=${strings.undo} title=${strings.undo} ?disabled=${!state.canUndo} @click=${act.undo}>
      ${icons.undo}
    </button>
    <button type="button" aria-label=${strings.redo} title=${strings.redo} ?disabled=${!state.canRedo} @click=${act.redo}>
      ${icons.redo}
    </button>
  </div>`;
}
