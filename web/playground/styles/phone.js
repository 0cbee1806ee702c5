/** Below 480 px: one column, and the bar sticks to its foot; below 260 px plot and ▶ alone. */
import { css } from 'lit';

export const phone = css`
  @container two-layer (max-width: 479.98px) {
    .frame {
      --plot: calc(100cqw - 2 * var(--margin));
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'head' 'plot' 'caption' 'rail' 'side' 'bar';
      grid-template-rows: auto auto auto auto auto 60px;
    }
    header {
      gap: 0;
      min-height: 46px;
      border-bottom: 0;
    }
    header .title {
      font-size: 18px;
    }
    header .table .icon {
      display: block;
    }
    header .table span {
      display: none;
    }
    header .table,
    header .share {
      padding: 0;
      width: 40px;
      min-width: 32px;
    }
    header .select select {
      padding: 0 28px 0 4px;
    }
    .plot {
      margin-top: 0;
    }
    .caption {
      font-size: 17px;
      line-height: 18px;
      min-height: 36px;
      margin: 4px 0;
    }
    .caption.long {
      line-height: 18px;
    }
    .caption.long p {
      max-width: none;
    }
    header:not(.asks) .lock span {
      display: none;
    }
    .asks {
      gap: 0 4px;
    }
    .rail {
      grid-area: rail;
      padding: 0;
      gap: 8px;
    }
    .rail .brush {
      flex: 1 1 0;
    }
    .rail .letter {
      display: inline;
    }
    .rail button {
      min-width: 36px;
      flex: 0 1 48px;
    }
    .rail .gap {
      display: none;
    }
    .side,
    .has-rail .side {
      margin: 4px 0 0;
    }
    .side {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
    }
    .side .network {
      display: flex;
      grid-area: 2 / 2;
      padding: 0;
      margin: 0;
      border: 0;
    }
    .side .section {
      flex-wrap: nowrap;
    }
    .side .losses {
      grid-area: 2 / 1;
    }
    .legend,
    .results,
    .side .chart {
      grid-column: 1 / 3;
    }
    .results:not(.has-test) {
      display: none;
    }
    .results {
      grid-row: 3;
      font-size: 13px;
      line-height: 18px;
      min-height: 18px;
    }
    .side .chart {
      grid-row: 4;
      height: 106px;
      min-height: 106px;
    }
    .steps,
    .side .grow,
    .bar .stepper {
      display: none;
    }
    /* Its area is the whole grid, so that it sticks also over a long drawer; the last row keeps its place free. */
    .bar {
      grid-area: 1 / 1 / -1 / -1;
      align-self: end;
      position: sticky;
      bottom: 0;
      z-index: 4;
      min-height: 60px;
      margin: 0 calc(-1 * var(--margin));
      padding: 0 var(--margin);
      background: var(--two-layer-background);
    }
    button.primary {
      flex: 1;
      min-width: max-content;
      min-height: 46px;
    }
  }

  @container two-layer (max-width: 359.98px) {
    .frame {
      --margin: 12px;
    }
    .bar {
      gap: 4px;
    }
    .bar .field {
      margin-left: 0;
    }
    .stepper .label,
    .lock span {
      display: none;
    }
    header button,
    header .table,
    header .share,
    header button.icon-only {
      padding: 0 4px;
      width: 32px;
      min-width: 32px;
    }
    header .title {
      font-size: 15px;
    }
    header .select select {
      font-size: 14px;
    }
    .rail {
      gap: 4px;
    }
  }

  @container two-layer (max-width: 299.98px) {
    .bar .field,
    .side .network,
    .rail:has(.brush-3) .letter {
      display: none;
    }
    .rail:has(.brush-3) button {
      flex: 1 1 0;
      min-width: 24px;
    }
  }

  @container two-layer (max-width: 259.98px) {
    .frame {
      --margin: 8px;
      padding-top: 8px;
    }
    .frame > :not(.plot, .bar, .unseen) {
      display: none;
    }
    .bar > :not(.primary) {
      display: none;
    }
  }
`;
