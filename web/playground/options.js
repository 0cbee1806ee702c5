/**
 * Attributes, their properties and the session's settings: three names for one thing, and how each is read from text.
 */

import { parsePace } from './pace.js';

/**
 * @typedef {object} Option
 * @property {string} attribute
 * @property {string} property
 * @property {'setting' | 'data' | 'page'} kind
 * @property {string} key the session's name for it, or the element's
 * @property {(text: string) => unknown} parse what cannot be read comes out as it is: the session's check then names it
 */

/** @param {string} text */
const number = (text) => (text.trim() === '' ? text : Number.isNaN(Number(text)) ? text : Number(text));
/** @param {string} text */
const word = (text) => text.trim();
/** @param {string} text */
const list = (text) => text.split(/[\s,]+/).filter((item) => item !== '');

/** @type {readonly Option[]} */
export const options = Object.freeze([
  { attribute: 'preset', property: 'preset', kind: 'data', key: 'preset', parse: word },
  { attribute: 'noise', property: 'noise', kind: 'data', key: 'noise', parse: number },
  { attribute: 'n', property: 'n', kind: 'data', key: 'n', parse: number },
  { attribute: 'flip', property: 'flip', kind: 'data', key: 'flip', parse: number },
  { attribute: 'seed', property: 'seed', kind: 'data', key: 'seed', parse: number },
  { attribute: 'points', property: 'points', kind: 'data', key: 'points', parse: parsePoints },
  { attribute: 'hidden-units', property: 'hiddenUnits', kind: 'setting', key: 'hidden', parse: number },
  { attribute: 'classes', property: 'classes', kind: 'setting', key: 'classes', parse: number },
  { attribute: 'activation', property: 'activation', kind: 'setting', key: 'activation', parse: word },
  { attribute: 'init', property: 'init', kind: 'setting', key: 'init', parse: word },
  { attribute: 'learning-rate', property: 'learningRate', kind: 'setting', key: 'learningRate', parse: number },
  { attribute: 'optimizer', property: 'optimizer', kind: 'setting', key: 'optimizer', parse: word },
  { attribute: 'momentum', property: 'momentum', kind: 'setting', key: 'momentum', parse: number },
  {
    attribute: 'batch-size',
    property: 'batchSize',
    kind: 'setting',
    key: 'batchSize',
    parse: (text) => (word(text) === 'all' ? 0 : number(text)),
  },
  { attribute: 'l1', property: 'l1', kind: 'setting', key: 'l1', parse: number },
  { attribute: 'l2', property: 'l2', kind: 'setting', key: 'l2', parse: number },
  { attribute: 'test-split', property: 'testSplit', kind: 'setting', key: 'testSplit', parse: number },
  { attribute: 'features', property: 'features', kind: 'setting', key: 'features', parse: list },
  { attribute: 'session', property: 'session', kind: 'page', key: 'session', parse: word },
  { attribute: 'pace', property: 'pace', kind: 'page', key: 'pace', parse: parsePace },
  { attribute: 'autoplay', property: 'autoplay', kind: 'page', key: 'autoplay', parse: () => true },
  { attribute: 'theme', property: 'theme', kind: 'page', key: 'theme', parse: word },
  { attribute: 'show', property: 'show', kind: 'page', key: 'show', parse: word },
  { attribute: 'lock', property: 'lock', kind: 'page', key: 'lock', parse: word },
  { attribute: 'ask', property: 'ask', kind: 'page', key: 'ask', parse: word },
  { attribute: 'standalone', property: 'standalone', kind: 'page', key: 'standalone', parse: () => true },
]);

/** Attributes that are true by being there. */
export const booleans = Object.freeze(['autoplay', 'standalone']);

/**
 * Points as an author writes them: JSON, or rows "x, y, A" parted by semicolons or lines.
 *
 * @param {string} text
 * @returns {unknown} a list of { x, y, class }, or the text itself where it is neither
 */
export function parsePoints(text) {
  const clean = text.trim();
  if (clean.startsWith('[')) {
    try {
      return JSON.parse(clean);
    } catch {
      return text; // the session's check says that this is no list of points
    }
  }
  return clean
    .split(/[;\n]+/)
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const [x, y, label = ''] = row.trim().split(/[\s,]+/);
      const letter = 'ABCD'.indexOf(label.toUpperCase());
      return { x: Number(x), y: Number(y), class: letter >= 0 && label !== '' ? letter : Number(label) };
    });
}

/** A property's value as its attribute's text. @param {unknown} value */
export function attributeText(value) {
  if (value === Infinity) return 'max';
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'string') ? value.join(' ') : JSON.stringify(value);
  }
  return String(value);
}
