/**
 * What is loaded when it is first asked for. Most programs train networks on data of their own, and half of the
 * engine is enough for that; the rest is presets with their real data, sessions and their marking, and networks from files.
 */

/** @typedef {import('./names.js').PresetName} PresetName */
/** @typedef {import('./network.js').Network} Network */
/** @typedef {import('./network-json.js').NetworkJSON} NetworkJSON */
/** @typedef {import('./presets.js').PresetArguments} PresetArguments */
/** @typedef {import('./presets.js').PresetData} PresetData */
/** @typedef {import('./open-session.js').SessionSource} SessionSource */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./verify.js').Verdict} Verdict */

const rest = () => import('./rest.js');

/**
 * The network that toJSON wrote, with the same hash: it predicts and trains on as that one would. (In the midst
 * of an epoch of mini-batches, the next training begins an epoch, as the data is not in the file.)
 * @param {NetworkJSON | string} json as toJSON gives it, or its text
 * @returns {Promise<Network>}
 * @throws {SyntaxError} for text that is not JSON
 * @throws {TypeError | RangeError} naming the field and its value
 * @throws {import('./wasm.js').CoreUnavailableError} where WebAssembly or SIMD is missing or blocked
 */
export async function networkFromJSON(json) {
  const module = await rest();
  return module.networkFromJSON(json);
}

/**
 * A preset's points.
 * @param {PresetName} name
 * @param {PresetArguments} [options] n points, 1 … 20,000 (200; of real data a sample, by default all);
 *   noise, a standard deviation in units of the plane, 0 … 3 (0.1; real data 0); flip, the share of labels
 *   turned over, 0 … 1 (0); seed (1)
 * @returns {Promise<PresetData>} X (m rows of 2, in the plane [-3, 3]²), y (m), classes, their names, and the axes
 * @throws {TypeError | RangeError} naming the option and its value
 * @throws {import('./wasm.js').CoreUnavailableError} where WebAssembly or SIMD is missing or blocked
 */
export async function preset(name, options) {
  const module = await rest();
  return module.preset(name, options);
}

/**
 * A session at step 0 of the run, its edits ahead: `await session.seek(session.shownStep)` goes where the link
 * was made. Nothing is trained by opening. A link or a file is never refused: `session.warnings` names what was
 * dropped. Options are a program's own words: a mistake in them throws.
 * @param {SessionSource} [source] a link (address, fragment or payload), JSON (text, or as toJSON gives it), or options
 * @returns {Promise<Session>}
 * @throws {TypeError | RangeError} for another type, or naming the option and its value
 * @throws {import('./wasm.js').CoreUnavailableError} where WebAssembly or SIMD is missing or blocked
 */
export async function openSession(source) {
  const module = await rest();
  return module.openSession(source);
}

/**
 * Marks a run: replays it from its beginning, by the task's terms where there is a task.
 * @param {SessionSource} source the run: a link, JSON, or options (then nothing is trained)
 * @param {{ task?: SessionSource, maxWork?: number, signal?: AbortSignal }} [options] task: the teacher's own link or
 *   options; its data, seed, goal and locked settings count. maxWork: examples × units, about nanoseconds
 * @returns {Promise<Verdict>}
 * @throws {TypeError | RangeError} for a source or option of the wrong kind; a malformed link does not throw
 * @throws {DOMException} AbortError
 */
export async function verify(source, options) {
  const module = await rest();
  return module.verify(source, options);
}
