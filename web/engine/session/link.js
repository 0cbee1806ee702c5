/**
 * A run as a link's fragment: settings that people can read, points and edits packed.
 *
 *   preset=ring&n=200&seed=11&hidden=2&log=…&step=612&arithmetic=1
 */
import { show } from '../arguments.js';
import { presetClasses, presetOptions } from '../presets.js';
import { maxEvents } from './draft.js';
import { packEvents, packPoints, unpackEvents, unpackPoints } from './packed.js';
import { defaultSettings, sameSetting, settingNames } from './settings.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./log.js').Log} Log */
/** @typedef {import('./log.js').LogHead} LogHead */

/** The longest text that is looked at. A link is far shorter; a file may hold a long drawing. */
const maxLength = 4e6;

/** Most parts of a link that are looked at; there are fewer names. */
const maxParts = 100;

/** How each name is written in a link, and read: as numbers, words, lists, yes and no, or text. */
const formats = Object.freeze({
  preset: 'text',
  n: 'number',
  noise: 'number',
  flip: 'number',
  'data-seed': 'number',
  seed: 'number',
  hidden: 'number',
  activation: 'text',
  init: 'text',
  classes: 'number',
  features: 'list',
  'learning-rate': 'number',
  optimizer: 'text',
  momentum: 'number',
  beta1: 'number',
  beta2: 'number',
  epsilon: 'number',
  'batch-size': 'number',
  shuffle: 'boolean',
  l1: 'number',
  l2: 'number',
  'test-split': 'number',
  goal: 'text',
  lock: 'list',
});

/** @param {string} name */
const toKebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @param {string} name */
const toCamel = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

/**
 * The options that make a head: only what differs from the defaults, but preset and seed always.
 * @param {LogHead} head
 * @returns {Record<string, unknown>}
 */
export function headOptions({ seed, settings, data, points, goal, lock }) {
  /** @type {Record<string, unknown>} */
  const options = {};
  if (data !== null) {
    const { preset, ...given } = data;
    const usual = presetOptions(preset);
    options.preset = preset;
    for (const name of /** @type {const} */ (['n', 'noise', 'flip'])) {
      if (given[name] !== usual[name]) options[name] = given[name];
    }
    if (data.seed !== seed) options.dataSeed = data.seed;
  } else if (points.length === 0) options.preset = null;
  options.seed = seed;
  const classes =
    data === null ? points.reduce((most, point) => Math.max(most, point.class + 1), 2) : presetClasses(data.preset);
  for (const name of settingNames) {
    if (!sameSetting(name, settings, { ...defaultSettings, classes })) options[name] = settings[name];
  }
  if (goal !== '') options.goal = goal;
  if (lock.length > 0) options.lock = [...lock];
  if (data === null && points.length > 0) options.points = points;
  return options;
}

/**
 * @param {Log} log
 * @param {{ arithmetic: number, at?: number, checkpoint?: string }} beside it
 * @returns {string} the fragment, without '#'
 */
export function writeLink({ head, events, step }, { arithmetic, at = step, checkpoint = '' }) {
  const parts = [];
  const { points, ...options } = headOptions(head);
  for (const [name, value] of Object.entries(options)) {
    parts.push(
      `${toKebab(name)}=${value === null ? 'none' : encode(Array.isArray(value) ? value.join() : String(value))}`,
    );
  }
  if (points !== undefined) parts.push(`points=${packPoints(head.points)}`);
  if (events.length > 0) parts.push(`log=${packEvents(events)}`);
  parts.push(`step=${step}`);
  if (at !== step) parts.push(`at=${at}`);
  parts.push(`arithmetic=${arithmetic}`);
  if (checkpoint !== '') parts.push(`checkpoint=${checkpoint}`);
  return parts.join('&');
}

/** As a fragment may hold it: what is harmless there stays readable. @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3D/g, '=');

/**
 * Whether a text means to be a link: one of its parts has a name that links have.
 * @param {string} text as readLink takes it
 */
export const looksLikeLink = (text) =>
  text
    .slice(text.indexOf('#') + 1)
    .split('&', 100)
    .some((part) => part.includes('=') && isName(part.slice(0, part.indexOf('='))));

/** @param {string} name */
const isName = (name) => Object.hasOwn(formats, name) || ['points', 'log', 'step'].includes(name);

/**
 * @param {string} text a whole address, its fragment with or without '#'
 * @returns {Draft}
 */
export function readLink(text) {
  /** @type {Record<string, unknown>} */
  const options = Object.create(null);
  /** @type {Draft & { [name: string]: unknown }} */
  const draft = { options, events: [], step: undefined, warnings: [] };
  if (text.length > maxLength) {
    draft.warnings.push(`link: ${text.length} characters; beyond ${maxLength} it is not read`);
    return draft;
  }
  const parts = text.slice(text.indexOf('#') + 1).split('&', maxParts + 1);
  if (parts.length > maxParts) draft.warnings.push(`link: it has more than ${maxParts} parts; the others are not read`);
  const seen = new Set();
  for (const part of parts.slice(0, maxParts)) {
    if (part === '') continue;
    const end = part.includes('=') ? part.indexOf('=') : part.length;
    const [name, code] = [part.slice(0, end), part.slice(end + 1)];
    const value = decode(code);
    if (value === null) draft.warnings.push(`${show(name)}: ${show(code)} cannot be decoded`);
    else if (seen.has(name)) draft.warnings.push(`${show(name)}: there are two; the first counts`);
    else {
      seen.add(name);
      readPart(draft, options, name, value);
    }
  }
  return draft;
}

/**
 * @param {Draft} draft
 * @param {Record<string, unknown>} options
 * @param {string} name
 * @param {string} value
 */
function readPart(draft, options, name, value) {
  if (name === 'points') {
    const { points, problem } = unpackPoints(value);
    if (problem !== '') draft.warnings.push(`points: ${problem}`);
    options.points = points;
  } else if (name === 'log') {
    const { events, problem } = unpackEvents(value, maxEvents);
    if (problem !== '') draft.warnings.push(`log: ${problem}`);
    draft.events = events;
  } else if (name === 'step') draft.step = readNumber(value);
  else if (name === 'at') draft.at = readNumber(value);
  else if (name === 'arithmetic') draft.arithmetic = readNumber(value);
  else if (name === 'checkpoint') draft.checkpoint = value;
  else if (!Object.hasOwn(formats, name)) draft.warnings.push(`${show(name)}: unknown`);
  else {
    const format = formats[/** @type {keyof typeof formats} */ (name)];
    options[toCamel(name)] = name === 'preset' && value === 'none' ? null : readers[format](value);
  }
}

/** What reads each format; what it cannot read stays text, which the checks then refuse by name. */
const readers = Object.freeze({
  number: readNumber,
  boolean: (/** @type {string} */ value) => (value === 'true' ? true : value === 'false' ? false : value),
  list: (/** @type {string} */ value) => (value === '' ? [] : value.split(',', 100)),
  text: (/** @type {string} */ value) => value,
});

/** @param {string} value */
function readNumber(value) {
  return /^-?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,3})?$/.test(value) ? Number(value) : value;
}

/** @param {string} text @returns {string | null} null where it is no encoding */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // A URIError: a stray % or bytes that are not UTF-8. The caller names the part.
    return null;
  }
}
