/** The drawers, which cover the side. */
import { css } from 'lit';

export const drawers = css`
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
