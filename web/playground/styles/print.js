/** On paper: the picture, the numbers and the equations. */
import { css, unsafeCSS } from 'lit';
import { customProperties, palettes } from '../palette.js';

const light = unsafeCSS(customProperties(palettes.light));

export const print = css`
  .print-only {
    display: none;
  }
  .print-only math {
    margin: 12px 0;
  }
  @media print {
    :host {
      ${light}
      color-scheme: light;
      background: none;
    }
    .frame {
      display: block;
      padding: 0;
    }
    .rail,
    .bar,
    .drawer,
    .tap,
    .ticks,
    header .select,
    header button,
    .stepper button,
    .caption button {
      display: none !important;
    }
    .plot {
      width: 12cm;
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
    .caption,
    .side {
      margin: 8px 0;
    }
    .chart {
      height: 5cm;
      min-height: 0;
      flex: none;
    }
    .print-only {
      display: block;
      font: 400 15px/22px var(--two-layer-serif);
    }
  }
`;
