/** Fingers, and forced colours. */
import { css } from 'lit';

export const adaptations = css`
  @media (pointer: coarse) {
    button,
    .select select,
    input[type='text'] {
      min-height: 44px;
      min-width: 44px;
    }
    @container two-layer (max-width: 479.98px) {
      header button,
      header .table,
      header .share,
      header button.icon-only,
      .rail button {
        min-width: 44px;
      }
      .rail.many {
        gap: 4px;
      }
      .rail.many button {
        flex-basis: 44px;
      }
    }
    /* Seven tools in 296 px. */
    @container two-layer (max-width: 359.98px) {
      .rail.many {
        gap: 2px;
      }
      .rail.many button {
        min-width: min(40px, 12cqi);
      }
    }
  }
  @media (forced-colors: active) {
    button.chosen,
    button[aria-expanded='true'] {
      border: 2px solid Highlight;
    }
    button.primary {
      border: 1px solid ButtonBorder;
    }
    .tabs button[aria-expanded='true']::before {
      background: Highlight;
    }
    .mark,
    .ticks,
    .ticks .name {
      fill: CanvasText;
    }
    input[type='range'] {
      forced-color-adjust: none;
      --two-layer-ink: CanvasText;
      --two-layer-edge: CanvasText;
      --two-layer-surface: Canvas;
    }
    /* Canvases keep the palette, and so the paper that it is for. */
    .chart {
      forced-color-adjust: none;
      background: var(--two-layer-background);
    }
  }
`;
