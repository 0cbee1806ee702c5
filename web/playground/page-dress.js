/** The page around a standalone element: no margin, the same paper; taken off again when the element goes. */

import { palettes } from './palette.js';

/** @param {AbortSignal} signal of the element's leaving */
export function dressPage(signal) {
  const { light, dark } = palettes;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    body { margin: 0; background: ${light.background} }
    @media (prefers-color-scheme: dark) { body { background: ${dark.background} } }
    body:has(two-layer[theme=light]) { background: ${light.background} }
    body:has(two-layer[theme=dark]) { background: ${dark.background} }
    @media print { body { background: none } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  signal.addEventListener('abort', () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });
}
