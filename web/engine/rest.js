/** The half of the engine that on-demand.js loads, in one piece. */
export { networkFromJSON } from './network-from-json.js';
export { openSession } from './open-session.js';
export { preset } from './presets.js';
export { verify } from './verify.js';
