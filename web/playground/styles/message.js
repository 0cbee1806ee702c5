/** What stands there where the playground cannot run. */
import { css } from 'lit';

export const message = css`
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
