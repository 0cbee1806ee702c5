/** Opens a run from a link, a file or options. */
import { show } from './arguments.js';
import { loadCore } from './core.js';
import { openDraft } from './session/draft.js';
import { readLink } from './session/link.js';
import { createSession, Session } from './session.js';

/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./session/draft.js').Draft} Draft */
/** @typedef {import('./session/draft.js').Opened} Opened */
/** @typedef {import('./session/log.js').SessionArguments & Partial<import('./session/settings.js').KeptSettings>}
 *   SessionOptions */
/** @typedef {string | SessionOptions | ReturnType<Session['toJSON']>} SessionSource */

const format = 'two-layer-session';

/** The longest file that is read, in characters: half a second's parsing, and more than the longest log that is taken. */
const maxFile = 32e6;

/**
 * A session at step 0 of the run, its edits ahead: `await session.seek(session.shownStep)` goes where the link
 * was made. Nothing is trained by opening. A link or a file is never refused: `session.warnings` names what was
 * dropped. Options are a program's own words: a mistake in them throws.
 * @param {SessionSource} [source] a link (address, fragment or payload), JSON (text, or as toJSON gives it), or options
 * @returns {Promise<Session>}
 * @throws {TypeError | RangeError} for another type, or naming the option and its value
 */
export async function openSession(source = {}) {
  checkSource(source);
  return openSessionOn(await loadCore(), source);
}

/**
 * The same on a core that has been loaded, at once.
 * @param {Core} core
 * @param {SessionSource} source
 * @returns {Session}
 */
export function openSessionOn(core, source) {
  const opened = openLog(core, source);
  return opened === null ? createSession(core, /** @type {SessionOptions} */ (source)) : new Session(core, opened);
}

/**
 * @param {Core} core
 * @param {SessionSource} source
 * @returns {Opened | null} null for options
 */
export function openLog(core, source) {
  checkSource(source);
  if (typeof source !== 'string') return 'format' in source ? openDraft(core, readJSON(source)) : null;
  const text = source.trim(); // a file ends its last line
  return openDraft(core, text.startsWith('{') ? parseJSON(text) : readLink(text));
}

/** @param {unknown} source */
function checkSource(source) {
  if (typeof source === 'string') return;
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    throw new TypeError(`source: ${show(source)} is neither a link, nor JSON, nor options`);
  }
}

/**
 * @param {string} text
 * @returns {Draft}
 */
function parseJSON(text) {
  if (text.length > maxFile) {
    return dropped(`file: ${text.length} characters; beyond ${maxFile} it is not read`);
  }
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    // No JSON, or brackets in brackets in brackets: some engines have an error of their own for those.
    return dropped('file: it is not JSON');
  }
  return readJSON(file);
}

/** @param {string} why @returns {Draft} of which nothing is left */
const dropped = (why) => ({ options: {}, events: [], step: 0, warnings: [why] });

/**
 * @param {object} file
 * @returns {Draft}
 */
function readJSON(file) {
  const found = /** @type {Record<string, unknown>} */ (file);
  const warnings = [];
  if (found.format !== format) warnings.push(`format: ${show(found.format)} is not '${format}'`);
  else if (found.version !== 1) warnings.push(`version: ${show(found.version)} is not 1; what is the same is read`);
  const { options, events } = found;
  const hasOptions = typeof options === 'object' && options !== null && !Array.isArray(options);
  if (!hasOptions) warnings.push(`options: ${show(options)} is not an object`);
  if (!Array.isArray(events)) warnings.push(`events: ${show(events)} is not an array`);
  return {
    options: hasOptions ? /** @type {Record<string, unknown>} */ (options) : {},
    events: Array.isArray(events) ? events : [],
    step: found.step,
    at: found.at,
    arithmetic: found.arithmetic,
    warnings,
  };
}
