/** What stands where the network cannot run: why, in words, and a picture of what would be here. Never a blank box. */

import { html, svg } from 'lit';
import { CoreUnavailableError } from '../engine/wasm.js';
import { strings } from './strings.js';

/** @param {unknown} failure */
function words(failure) {
  if (failure instanceof CoreUnavailableError) {
    if (failure.reason === 'blocked') return strings.blocked;
    if (failure.reason === 'missing' || failure.reason === 'no-simd') return strings.noWasm;
  }
  return strings.failed(failure instanceof Error ? failure.message : String(failure));
}

/** A ring of squares around a cluster of circles, parted by a line. */
function still() {
  const around = Array.from({ length: 24 }, (_, i) => {
    const angle = (i / 24) * 2 * Math.PI;
    const r = 2.1 + 0.25 * Math.sin(i * 2.3);
    return svg`<rect class="mark-1" x=${r * Math.cos(angle) - 0.07} y=${r * Math.sin(angle) - 0.07} width="0.14" height="0.14"/>`;
  });
  const inside = Array.from({ length: 18 }, (_, i) => {
    const angle = i * 2.4;
    const r = 0.25 * Math.sqrt(i);
    return svg`<circle class="mark-0" cx=${r * Math.cos(angle)} cy=${r * Math.sin(angle)} r="0.08"/>`;
  });
  return html`<svg class="still" viewBox="-3 -3 6 6" role="img" aria-label=${strings.still}>
    <rect class="still-b" x="-3" y="-3" width="6" height="6" />
    <path class="still-a" d="M-1.5-.4C-1.3-1.6.9-1.900 1.400-.8S1.100 1.500 0 1.600-1.700.8-1.500-.4z" />
    ${around}${inside}
  </svg>`;
}

/** @param {unknown} failure */
export function unavailableView(failure) {
  return html`<div class="message" role="alert">
    <div><p>${words(failure)}</p><slot></slot></div>
    ${still()}
  </div>`;
}
