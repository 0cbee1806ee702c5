/** The host and its colours, and what all texts share. */
import { css, unsafeCSS } from 'lit';
import { customProperties, palettes } from '../palette.js';

const light = unsafeCSS(customProperties(palettes.light));
const dark = unsafeCSS(customProperties(palettes.dark));

export const base = css`
  :host {
    ${light}
    --two-layer-serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Charis SIL', Georgia, serif;
    --two-layer-sans: system-ui, -apple-system, 'Segoe UI', 'Inter', 'Noto Sans', sans-serif;
    display: block;
    container: two-layer / inline-size;
    /* A container has no width of its own: in a flex row, a grid or a centred column it fills what there is, and where
       the parent follows its content, as a table does, it asks for a phone's. */
    inline-size: -moz-available;
    inline-size: -webkit-fill-available;
    inline-size: stretch;
    min-inline-size: 0;
    contain-intrinsic-inline-size: min(360px, 80vw);
    background: var(--two-layer-background);
    color-scheme: light;
  }
  /* Here and not on the host, where any rule of the page's is stronger: nothing is inherited from the page. */
  .frame,
  .message {
    all: initial;
    box-sizing: border-box;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    direction: ltr;
    color: var(--two-layer-ink);
    font: 500 15px/24px var(--two-layer-sans);
    font-variant-numeric: tabular-nums;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='dark']) {
    ${dark}
    color-scheme: dark;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
      color-scheme: dark;
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  math {
    font-family: 'STIX Two Math', 'Cambria Math', 'Latin Modern Math', 'STIX', math, var(--two-layer-serif);
    font-size: 1.15em;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
