/** Buttons, fields, menus and sliders, wherever they stand. */
import { css } from 'lit';

export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button,
  .select,
  input[type='text'] {
    min-height: 40px;
    border: 1px solid var(--two-layer-edge);
    border-radius: 4px;
    background: transparent;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-width: 40px;
    padding: 0 16px;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-user-select: none;
    user-select: none;
    white-space: nowrap;
  }
  button.icon-only {
    padding: 0;
    width: 40px;
  }
  .icon,
  .mark {
    flex: none;
    display: block;
  }
  .icon .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark {
    display: inline-block;
    width: 16px;
    height: 16px;
    forced-color-adjust: none;
  }
  .mark-0 {
    fill: var(--two-layer-a);
  }
  .mark-1 {
    fill: var(--two-layer-b);
  }
  .mark-2 {
    fill: var(--two-layer-c);
  }
  .mark-3 {
    fill: var(--two-layer-d);
  }
  @media (hover: hover) {
    button:hover:not(:disabled, .primary, .chosen),
    .select:hover:not(.disabled),
    input[type='text']:hover:not(:disabled) {
      border-color: var(--two-layer-ink);
      background: var(--two-layer-surface);
    }
    button.primary:hover {
      background: color-mix(in srgb, var(--two-layer-ink), var(--two-layer-background) 16%);
    }
  }
  button:active:not(:disabled, .primary, .chosen) {
    border-color: var(--two-layer-ink);
    background: var(--two-layer-pressed);
  }
  button.primary {
    min-height: 48px;
    min-width: 128px;
    padding: 0 24px;
    border-color: transparent;
    background: var(--two-layer-ink);
    color: var(--two-layer-background);
    font-weight: 600;
  }
  button.primary:active {
    background: color-mix(in srgb, var(--two-layer-ink), var(--two-layer-background) 32%);
  }
  button:focus-visible,
  input:focus-visible,
  textarea:focus-visible,
  summary:focus-visible,
  a:focus-visible,
  .select:focus-within:has(:focus-visible) {
    outline: 2px solid var(--two-layer-accent);
    outline-offset: 2px;
  }
  .select select:focus-visible {
    outline: none;
  }
  button:disabled,
  input:disabled,
  .select.disabled {
    border: 1px dashed var(--two-layer-hair);
    color: var(--two-layer-edge);
    cursor: default;
  }
  button.plain {
    border-color: transparent;
    padding: 0 8px;
  }
  input[type='text'] {
    background: var(--two-layer-surface);
    padding: 0 8px;
    min-width: 0;
    text-align: center;
  }
  input.small {
    padding: 0;
    font-size: 13px;
  }
  input[aria-invalid='true'],
  input[aria-invalid='true']:hover {
    border: 2px solid var(--two-layer-error) !important;
  }
  .error {
    color: var(--two-layer-error);
    font-size: 13px;
    line-height: 16px;
  }
  .select {
    min-width: 0;
    max-width: 100%;
    position: relative;
    display: inline-flex;
    align-items: center;
  }
  .select select {
    appearance: none;
    border: 0;
    background: transparent;
    padding: 0 36px 0 16px;
    min-height: 38px;
    width: 100%;
    cursor: pointer;
    border-radius: 4px;
    text-overflow: ellipsis;
    min-width: 0;
  }
  header .select select {
    field-sizing: content;
  }
  .select select option {
    background: var(--two-layer-surface);
    color: var(--two-layer-ink);
  }
  .select .icon {
    position: absolute;
    right: 12px;
    pointer-events: none;
  }
  input[type='range'] {
    appearance: none;
    width: 104px;
    height: 24px;
    background: transparent;
    cursor: pointer;
    touch-action: pan-y;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 2px;
    background: var(--two-layer-edge);
  }
  input[type='range']::-moz-range-track {
    height: 2px;
    background: var(--two-layer-edge);
  }
  input[type='range']::-moz-range-progress {
    height: 4px;
    background: var(--two-layer-ink);
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 18px;
    height: 18px;
    margin-top: -8px;
    border: 2px solid var(--two-layer-ink);
    border-radius: 50%;
    background: var(--two-layer-surface);
  }
  input[type='range']::-moz-range-thumb {
    width: 14px;
    height: 14px;
    border: 2px solid var(--two-layer-ink);
    border-radius: 50%;
    background: var(--two-layer-surface);
  }
  input[type='range']:active::-webkit-slider-thumb {
    background: var(--two-layer-ink);
  }
  input[type='range']:active::-moz-range-thumb {
    background: var(--two-layer-ink);
  }
  input[type='checkbox'] {
    width: 20px;
    height: 20px;
    accent-color: var(--two-layer-ink);
  }
`;
