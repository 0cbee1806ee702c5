/** The side with numbers and chart, and the bar. */
import { css } from 'lit';

export const side = css`
  .side {
    grid-area: side;
    min-width: 0;
    display: flex;
    flex-direction: column;
    margin: 18px 0 0 48px;
    padding-bottom: 12px;
  }
  .section {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    min-height: 40px;
  }
  .heading {
    margin: 0;
    font: 700 20px/24px var(--two-layer-serif);
  }
  .muted {
    color: var(--two-layer-muted);
    font-weight: 400;
  }
  .stepper {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .stepper .label {
    margin-right: 8px;
  }
  .stepper input[type='text'] {
    width: 44px;
    padding: 0;
    border-color: transparent;
    background: transparent;
    font-size: 18px;
    font-weight: 600;
  }
  .network {
    flex-wrap: nowrap;
    padding-bottom: 16px;
    margin-bottom: 16px;
    border-bottom: 1px solid var(--two-layer-hair);
  }
  .number {
    font-size: 28px;
    line-height: 32px;
    font-weight: 600;
    min-width: 88px;
  }
  .steps b {
    font-weight: 600;
    display: inline-block;
    min-width: 2ch;
    text-align: right;
  }
  .chart {
    display: block;
    flex: 1 1 0;
    width: 100%;
    height: 0;
    min-height: 200px;
  }

  .bar {
    grid-area: bar;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 82px;
    border-top: 2px solid var(--two-layer-ink);
  }
  .bar .field {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-left: 24px;
    position: relative;
  }
  .bar .field input[type='text'] {
    width: 56px;
  }
  .bar .field input.small {
    width: 64px;
  }
  .bar .field .error {
    position: absolute;
    top: 100%;
    right: 0;
    white-space: nowrap;
  }
  .bar .pace output {
    min-width: 56px;
  }
  .bar .start {
    margin-left: 24px;
  }
  .bar .stepper {
    margin-left: 8px;
  }
  .tabs {
    align-self: stretch;
    display: flex;
    gap: 16px;
    margin-left: auto;
  }
  .tabs button {
    position: relative;
    border-color: transparent;
    background: transparent !important;
    color: var(--two-layer-muted);
    padding: 0 8px;
    align-self: center;
  }
  .tabs button[aria-expanded='true'] {
    color: var(--two-layer-ink);
    font-weight: 600;
  }
  .tabs button[aria-expanded='true']::before {
    content: '';
    position: absolute;
    top: -20px;
    left: 8px;
    right: 8px;
    height: 6px;
    background: var(--two-layer-ink);
  }
  .lock {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--two-layer-muted);
    font-size: 13px;
  }

  @container two-layer (min-width: 900px) {
    .narrow-only {
      display: none !important;
    }
  }
`;
