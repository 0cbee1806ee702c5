/** The plot: the canvases, one on the other, what it says of itself, and the way in for a finger. */

import { html, nothing } from 'lit';
import { axisName } from './axes.js';
import { strings } from './strings.js';

/**
 * @param {import('./view-state.js').ViewState} state
 * @param {import('./view-state.js').Actions} act
 * @param {boolean} asksForTap whether one finger scrolls the page until it is asked to draw
 */
export function plotView({ axes, drawsByTouch }, act, asksForTap) {
  return html`<div
      class="plot ${drawsByTouch ? '' : 'scrolls'}"
      id="plot"
      part="plot"
      tabindex="0"
      role="application"
      aria-label=${strings.plot}
      aria-roledescription=${strings.plotRole}
      aria-describedby="plot-help"
    >
      <canvas id="field"></canvas><canvas id="lines"></canvas><canvas id="marks"></canvas>
      ${axes.map((axis, k) => (axis.unit === '' ? nothing : html`<span class="axis axis-${k + 1} narrow-only" aria-hidden="true">${axisName(axis)}</span>`))}
      ${
        asksForTap
          ? html`<button type="button" class="tap" @click=${() => act.drawByTouch(!drawsByTouch)}>
              ${drawsByTouch ? strings.doneDrawing : strings.tapToDraw}
            </button>`
          : nothing
      }
    </div>
    <span class="unseen" id="plot-help">${strings.plotHelp}</span>`;
}
