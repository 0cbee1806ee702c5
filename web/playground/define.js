/**
 * Defines <two-layer>, once, where there are custom elements. Importing it elsewhere (Node, a server's render) does
 * nothing: the element's own module is loaded only where it can live.
 */

const registry = globalThis.customElements;

if (registry !== undefined && registry.get('two-layer') === undefined) {
  // Not awaited: a classic script has no top-level await.
  import('./two-layer-element.js').then(({ TwoLayerElement }) => {
    // Another copy of this script may have been quicker.
    if (registry.get('two-layer') === undefined) registry.define('two-layer', TwoLayerElement);
  });
}
