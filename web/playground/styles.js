/**
 * The playground's style sheet: lecture paper and two inks, an 8 px grid, ink rules, no shadows. Layout follows the
 * container's width, never the viewport's: wide from 900 px, embed from 480, phone below, plot and ▶ only under 260.
 */

import { css, unsafeCSS } from 'lit';
import { customProperties, palettes } from './palette.js';

const light = unsafeCSS(customProperties(palettes.light));
const dark = unsafeCSS(customProperties(palettes.dark));

const base = css`
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

const controls = css`
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

const layout = css`
  .frame {
    --margin: 32px;
    --plot: clamp(280px, min(100cqw - 500px, 56cqw, 100svh - 240px), 960px);
    display: grid;
    grid-template-columns: 48px 40px var(--plot) minmax(0, 1fr);
    grid-template-areas:
      'head head head head'
      'rail ticks plot side'
      'rail . caption side'
      'bar bar bar bar';
    /* The plot's row is the plot's alone, so that the numbers stand at its edge. */
    grid-template-rows: auto calc(var(--plot) + 18px) minmax(54px, auto) auto;
    padding: 0 var(--margin);
    position: relative;
  }
  header {
    grid-area: head;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 60px;
    border-bottom: 2px solid var(--two-layer-ink);
  }
  header button {
    flex: none;
  }
  .title {
    margin: 0;
    font: 700 26px/40px var(--two-layer-serif);
    white-space: nowrap;
  }
  .tagline {
    margin: 0 0 0 12px;
    font: italic 400 17px/24px var(--two-layer-serif);
    color: var(--two-layer-muted);
    white-space: nowrap;
  }
  .ask {
    margin: 0;
    font: 700 20px/28px var(--two-layer-serif);
  }
  .grow {
    flex: 1;
  }
  header .select select {
    padding-left: 60px;
  }
  header .select .name {
    position: absolute;
    left: 16px;
    color: var(--two-layer-muted);
    font-weight: 400;
    pointer-events: none;
  }
  .rail {
    grid-area: rail;
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-top: 18px;
  }
  .rail button {
    width: 48px;
    min-height: 48px;
    padding: 0;
  }
  .rail .letter {
    font-weight: 600;
  }
  .rail .gap {
    height: 16px;
  }
  button.chosen {
    border: 2px solid var(--two-layer-ink);
  }
  button.brush {
    gap: 6px;
  }
  button.chosen.brush-0 {
    background: var(--two-layer-a-field);
  }
  button.chosen.brush-1 {
    background: var(--two-layer-b-field);
  }
  button.chosen.brush-2 {
    background: var(--two-layer-c-field);
  }
  button.chosen.brush-3 {
    background: var(--two-layer-d-field);
  }

  .plot {
    grid-area: plot;
    position: relative;
    width: var(--plot);
    aspect-ratio: 1;
    margin-top: 18px;
    border: 2px solid var(--two-layer-ink);
    outline-offset: 2px;
    cursor: crosshair;
    touch-action: none;
    -webkit-user-select: none;
    user-select: none;
    -webkit-touch-callout: none;
    -webkit-tap-highlight-color: transparent;
    forced-color-adjust: none;
  }
  .plot.scrolls {
    touch-action: pan-x pan-y pinch-zoom;
  }
  .plot:focus {
    outline: none;
  }
  .plot:focus-visible {
    outline: 2px solid var(--two-layer-accent);
  }
  .plot canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .plot .tap {
    position: absolute;
    bottom: 8px;
    left: 50%;
    transform: translateX(-50%);
    background: var(--two-layer-surface);
    min-height: 44px;
  }
  .ticks {
    display: block;
    overflow: visible;
    fill: var(--two-layer-muted);
    font-size: 13px;
    font-weight: 400;
    pointer-events: none;
  }
  .ticks-1 {
    grid-area: caption;
    width: 100%;
    height: 24px;
    text-anchor: middle;
  }
  .ticks-2 {
    grid-area: ticks;
    width: 40px;
    height: var(--plot);
    margin-top: 18px;
    text-anchor: end;
  }
  .ticks .name {
    fill: var(--two-layer-ink);
    font: italic 400 15px var(--two-layer-serif);
  }

  .ticks .long {
    font-size: 14px;
  }
  /* Then the plot is less than 400 px wide. */
  @media (max-height: 639.98px) {
    .ticks .near {
      display: none;
    }
  }

  .caption {
    grid-area: caption;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-height: 40px;
    margin: 34px -40px 4px 0;
    font: 400 23px/32px var(--two-layer-serif);
  }
  .caption p {
    margin: 0;
  }
  .caption .mark {
    width: 0.87em;
    height: 0.87em;
    vertical-align: -0.09em;
  }
  /* Two lines of these take no more room than one of the others. */
  .caption.long {
    font-size: 17px;
    line-height: 20px;
  }
  .caption.long p {
    flex: 0 1 auto;
    max-width: 60%;
  }
  .caption.long p:last-child {
    max-width: none;
  }
  .caption button {
    font: 500 15px/24px var(--two-layer-sans);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    margin: 0 0 12px;
    padding: 0;
    list-style: none;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .results {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
    min-height: 24px;
  }
  .results b {
    font-weight: 600;
    color: var(--two-layer-ink);
  }
  .axis {
    position: absolute;
    padding: 0 4px;
    font: italic 400 15px/20px var(--two-layer-serif);
    pointer-events: none;
  }
  .axis-1 {
    right: 4px;
    bottom: 2px;
  }
  .axis-2 {
    left: 2px;
    top: 4px;
    writing-mode: vertical-rl;
    transform: rotate(180deg);
  }

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

const drawers = css`
  .drawer {
    position: absolute;
    z-index: 3;
    top: 60px;
    bottom: 82px;
    right: var(--margin);
    left: calc(var(--margin) + 48px + 40px + var(--plot) + 32px);
    overflow: auto;
    overscroll-behavior: contain;
    padding: 20px 32px 24px;
    background: var(--two-layer-surface);
    border: solid var(--two-layer-edge);
    border-width: 0 1px;
    margin-top: 2px;
  }
  .drawer .top {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 40px;
  }
  .drawer h3 {
    margin: 20px 0 8px;
    padding-bottom: 4px;
    font: 700 17px/24px var(--two-layer-serif);
    border-bottom: 1px solid var(--two-layer-hair);
  }
  .drawer .form {
    display: grid;
    grid-template-columns: minmax(120px, 1fr) minmax(160px, 1.3fr);
    gap: 8px 16px;
    align-items: center;
  }
  .drawer .form .control {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 40px;
  }
  .drawer .form .control > input[type='text'] {
    width: 96px;
  }
  .drawer .form .select {
    flex: 1;
  }
  .drawer .help {
    color: var(--two-layer-muted);
    font-size: 13px;
    line-height: 18px;
    font-weight: 400;
  }
  .drawer code {
    white-space: nowrap;
  }
  .drawer .check {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
  }
  .drawer .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0;
  }
  .drawer .wide-row {
    grid-column: 1 / -1;
  }
  .drawer .wide-row .pace {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
  }
  .drawer .range {
    align-self: center;
  }
  .file {
    display: inline-flex;
    align-items: center;
    min-height: 40px;
    padding: 0 16px;
    border: 1px solid var(--two-layer-edge);
    border-radius: 4px;
    cursor: pointer;
    position: relative;
  }
  .file input {
    position: absolute;
    inset: 0;
    width: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .file:focus-within {
    outline: 2px solid var(--two-layer-accent);
    outline-offset: 2px;
  }
  .drawer textarea {
    display: block;
    width: 100%;
    min-height: 54px;
    padding: 8px;
    border: 1px solid var(--two-layer-edge);
    border-radius: 4px;
    background: var(--two-layer-background);
    font: 400 13px/18px ui-monospace, monospace;
    resize: vertical;
  }
  .drawer table {
    width: 100%;
    border-collapse: collapse;
    font-size: 15px;
  }
  .drawer th {
    font-weight: 500;
    font-size: 13px;
    color: var(--two-layer-muted);
    text-align: start;
    padding: 4px;
  }
  .drawer td {
    padding: 2px 4px;
    border-top: 1px solid var(--two-layer-hair);
  }
  .drawer td input[type='text'] {
    width: 100%;
    max-width: 96px;
    min-height: 32px;
    text-align: end;
  }
  .drawer td button {
    min-height: 32px;
    min-width: 32px;
    width: 32px;
    padding: 0;
  }
  .drawer td .select {
    min-height: 32px;
  }
  .drawer td .select select {
    min-height: 30px;
    padding: 0 32px 0 8px;
  }
  .drawer .rejected {
    margin: 8px 0;
    padding-left: 20px;
    color: var(--two-layer-error);
    font-size: 13px;
    line-height: 18px;
  }
  .drawer.dropping {
    outline: 2px dashed var(--two-layer-accent);
    outline-offset: -8px;
  }
  .preview-table {
    overflow-x: auto;
  }
  @container two-layer (max-width: 899.98px) {
    .drawer {
      left: calc(var(--margin) + var(--plot) + 12px);
      top: var(--head);
      bottom: 92px;
      padding: 8px 16px 16px;
      border-bottom-width: 1px;
    }
    .drawer .form {
      grid-template-columns: minmax(0, 1fr);
      gap: 0 8px;
    }
    .drawer .form .control {
      margin-bottom: 8px;
    }
  }
  @container two-layer (max-width: 479.98px) {
    .drawer {
      position: static;
      grid-area: side;
      border-width: 1px 0 0;
      margin: 8px calc(-1 * var(--margin)) 0;
      padding: 8px var(--margin) 16px;
      overflow: visible;
    }
    .has-drawer .side {
      display: none;
    }
  }
`;

const adaptations = css`
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
  .message {
    display: flex;
    flex-wrap: wrap;
    gap: 16px 32px;
    padding: 24px 16px;
    border-block: 2px solid var(--two-layer-ink);
  }
  .message > div {
    flex: 1 1 200px;
  }
  .message p {
    margin: 0 0 8px;
    max-width: 60ch;
    font: 400 17px/26px var(--two-layer-serif);
  }
  .still-a {
    fill: var(--two-layer-a-field);
    stroke: var(--two-layer-ink);
    stroke-width: 0.03;
  }
  .still-b {
    fill: var(--two-layer-b-field);
  }
  .still {
    width: min(100%, 280px);
    aspect-ratio: 1;
    border: 2px solid var(--two-layer-ink);
  }
`;

export const styles = [base, controls, layout, drawers, adaptations];
