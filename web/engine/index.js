/** two-layer without a screen: what programs import, in Node, a page or a worker. */
export { presetNames } from './names.js';
export { createNetwork } from './network.js';
export { networkFromJSON, openSession, preset, verify } from './on-demand.js';
export { CoreUnavailableError } from './wasm.js';

/** @typedef {import('./arguments.js').Examples} Examples */
/** @typedef {import('./arguments.js').Numbers} Numbers */
/** @typedef {import('./fit.js').EpochLogs} EpochLogs */
/** @typedef {import('./fit.js').FitArguments} FitArguments */
/** @typedef {import('./fit.js').History} History */
/** @typedef {import('./matrix.js').Matrix} Matrix */
/** @typedef {import('./network.js').Network} Network */
/** @typedef {import('./network.js').NetworkArguments} NetworkArguments */
/** @typedef {import('./network-json.js').NetworkJSON} NetworkJSON */
/** @typedef {import('./open-session.js').SessionSource} SessionSource */
/** @typedef {import('./parameters.js').Parameters} Parameters */
/** @typedef {import('./presets.js').PresetArguments} PresetArguments */
/** @typedef {import('./presets.js').PresetData} PresetData */
/** @typedef {import('./names.js').PresetName} PresetName */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./training-options.js').TrainingArguments} TrainingArguments */
/** @typedef {import('./verify.js').Verdict} Verdict */
