/** Icons, in the colour of the text beside them; hidden from the spoken page, where the control's name says it. */

import { html, svg } from 'lit';

/** @param {import('lit').TemplateResult} body @param {number} [size] CSS px */
const icon = (body, size = 20) =>
  html`<svg class="icon" width=${size} height=${size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">${body}</svg>`;

export const icons = Object.freeze({
  play: icon(svg`<path d="M5 3.5v13l12-6.5z" fill="currentColor"/>`),
  pause: icon(svg`<path d="M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z" fill="currentColor"/>`),
  step: icon(svg`<path d="M3.5 4v12l9-6zM14 4h2.4v12H14z" fill="currentColor"/>`),
  share: icon(svg`<path d="M10 12V3.5M6.5 7 10 3.5 13.5 7M4.5 11v5.500h11V11" class="line"/>`),
  restart: icon(svg`<path d="M4.2 7.2A6.6 6.6 0 1 1 3.5 11M3.6 3.4v4.2h4.2" class="line"/>`),
  undo: icon(svg`<path d="M7.5 4 3.5 8l4 4M3.8 8h8.4a4 4 0 0 1 0 8H9" class="line"/>`),
  redo: icon(svg`<path d="m12.5 4 4 4-4 4M16.2 8H7.800a4 4 0 0 0 0 8H11" class="line"/>`),
  erase: icon(svg`<path d="M7 4.500h10.500v11H7L2.5 10zM10 8l4 4m0-4-4 4" class="line"/>`),
  more: icon(
    svg`<g fill="currentColor"><circle cx="4" cy="10" r="1.7"/><circle cx="10" cy="10" r="1.7"/><circle cx="16" cy="10" r="1.7"/></g>`,
  ),
  close: icon(svg`<path d="m4.5 4.5 11 11m0-11-11 11" class="line"/>`),
  chevron: icon(svg`<path d="m5 7.5 5 5 5-5" class="line"/>`, 16),
  lock: icon(svg`<path d="M4.5 9h11v7.500h-11zM7 9V6.500a3 3 0 0 1 6 0V9" class="line"/>`, 16),
  table: icon(svg`<path d="M3 4h14v12H3zM3 8h14M3 12h14M8 4v12" class="line"/>`),
  minus: icon(svg`<path d="M4.5 10h11" class="line"/>`, 16),
  plus: icon(svg`<path d="M4.5 10h11M10 4.500v11" class="line"/>`, 16),
});

/** Half sizes in a 20 px box, by class; as marks.js draws them. */
const shapes = [
  svg`<circle cx="10" cy="10" r="7"/>`,
  svg`<path d="M3.5 3.500h13v13h-13z"/>`,
  svg`<path d="M10 2.5 17.5 16h-15z"/>`,
  svg`<path d="M7.3 2.500h5.400v4.800h4.800v5.400h-4.800v4.800H7.300v-4.800H2.500V7.300h4.800z"/>`,
];

/** A class's mark in a line of text; `label` says it aloud. @param {number} kind @param {string} [label] */
export function markIcon(kind, label) {
  return html`<svg
    class="mark mark-${kind}"
    width="20"
    height="20"
    viewBox="0 0 20 20"
    role=${label === undefined ? 'presentation' : 'img'}
    aria-hidden=${label === undefined ? 'true' : 'false'}
    aria-label=${label ?? ''}
  >${shapes[kind]}</svg>`;
}
