/** The frame in its widest form, from 900 px, and in it the header, the tools, the plot and the caption. */
import { css } from 'lit';

export const plot = css`
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
`;
