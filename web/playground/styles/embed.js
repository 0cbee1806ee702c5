/** Narrower: below 1100 px the stepper loses its extremes; below 900 the tools go above the side, and menus lose their edges. */
import { css } from 'lit';

export const embed = css`
  @container two-layer (max-width: 1099.98px) {
    .stepper .rest {
      display: none;
    }
    .side .network {
      gap: 0;
    }
    .side .stepper {
      gap: 0;
    }
  }

  @container two-layer (max-width: 899.98px) {
    .frame {
      --margin: 16px;
      --head: 46px;
      --plot: clamp(200px, min(46cqw, 100svh - 102px - var(--head)), 420px);
      grid-template-columns: var(--plot) minmax(0, 1fr);
      grid-template-areas:
        'head head'
        'plot side'
        'caption caption'
        'bar bar';
      grid-template-rows: auto auto auto auto;
    }
    header {
      min-height: 46px;
    }
    .frame:has(.asks) {
      --head: 86px;
    }
    .asks {
      flex-wrap: wrap;
      gap: 0 8px;
    }
    .ask {
      flex: 1 1 100%;
      padding-top: 8px;
    }
    header .table .icon,
    .caption.has-error p:not(.error),
    .bar .error {
      display: none;
    }
    .caption .error {
      font: inherit;
    }
    .legend {
      font-size: 13px;
      line-height: 20px;
      margin: 0 0 4px;
    }
    .legend .mark {
      width: 13px;
      height: 13px;
    }
    .rail.many .letter {
      display: none;
    }
    .title {
      font-size: 20px;
      line-height: 28px;
    }
    .wide-only,
    .ticks {
      display: none !important;
    }
    header .select,
    header button {
      border-color: transparent;
    }
    header .select .name {
      display: none;
    }
    header .select select {
      padding-left: 8px;
    }
    .plot {
      margin-top: 10px;
    }
    .side {
      margin: 10px 0 0 16px;
      padding: 0;
    }
    .rail {
      grid-area: side;
      flex-direction: row;
      gap: 6px;
      padding: 10px 0 0 16px;
      align-self: start;
    }
    .rail button {
      flex: 0 1 44px;
      width: 44px;
      min-width: 0;
      min-height: 44px;
    }
    .rail .gap {
      width: 2px;
      height: 0;
      flex: 0 1 8px;
    }
    .has-rail .side {
      margin-top: 60px;
    }
    .side .network {
      display: none;
    }
    .number {
      font-size: 22px;
      min-width: 68px;
    }
    .chart {
      min-height: 96px;
    }
    .caption {
      min-height: 34px;
      margin: 0;
      font-size: 17px;
      line-height: 24px;
    }
    .caption.long {
      font-size: 15px;
      line-height: 17px;
    }
    .caption button {
      min-height: 30px;
    }
    .bar {
      min-height: 58px;
      gap: 8px;
    }
    button.primary {
      min-width: 112px;
      min-height: 44px;
      padding: 0 16px;
    }
    .bar .step span,
    .bar .start span,
    .bar .pace {
      display: none;
    }
    .bar .step,
    .bar .start {
      padding: 0;
      width: 44px;
      margin-left: 0;
    }
    .bar .field {
      margin-left: 8px;
    }
    header button {
      padding: 0 8px;
    }
    header .select {
      min-width: 0;
      flex: 0 1 auto;
    }
    header button[aria-expanded='true'] {
      border-color: var(--two-layer-ink);
    }
  }

  @container two-layer (max-width: 559.98px) {
    .bar .stepper .label {
      display: none;
    }
    .rail {
      gap: 4px;
    }
    .rail .letter {
      display: none;
    }
    .drawer button {
      white-space: normal;
    }
  }
`;
