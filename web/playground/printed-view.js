/** What is on paper only: the equations, the settings, and the address. */

import { html } from 'lit';
import { nameOfData } from './data-of.js';
import { equations } from './mathematics.js';
import { formatLoss, formatNumber, formatStep } from './numbers.js';
import { strings } from './strings.js';

/** @param {import('./view-state.js').ViewState} state @param {string} address */
export function printedView({ settings, data, isDrawn, step, loss }, address) {
  const words = strings.printed({
    preset: nameOfData(data.preset, isDrawn),
    hidden: settings.hidden,
    activation: settings.activation,
    optimizer: strings.optimizers[settings.optimizer] ?? settings.optimizer,
    rate: formatNumber(settings.learningRate, 6),
    step: formatStep(step),
    loss: formatLoss(loss),
  });
  return html`<div class="print-only">
    ${equations(settings.activation, settings.classes)}
    <p>${words}</p>
    <p>${address}</p>
  </div>`;
}
