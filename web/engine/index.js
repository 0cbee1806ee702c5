/** two-layer without a screen: what programs import, in Node, a page or a worker. */
export { createNetwork } from './network.js';
export { preset, presetNames } from './presets.js';
export { CoreUnavailableError } from './wasm.js';
