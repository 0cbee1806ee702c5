/** two-layer without a screen: what programs import, in Node, a page or a worker. */
export { createNetwork, networkFromJSON } from './network.js';
export { openSession } from './open-session.js';
export { preset, presetNames } from './presets.js';
export { verify } from './verify.js';
export { CoreUnavailableError } from './wasm.js';
