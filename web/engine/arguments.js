/**
 * Checks of arguments: each names the argument and its value, and all run before
 * anything changes. A TypeError is a wrong kind of value, a RangeError a value out of range.
 */
import { maxExamples, maxInteger, maxMagnitude } from './limits.js';

/** @typedef {ArrayLike<number>} Numbers a plain or typed array of numbers */
/** @typedef {ArrayLike<ArrayLike<number>> | Float32Array} Examples m rows of numbers, or all of them row by row */

/**
 * Foreign text as a message may hold it: short, and without what would move a terminal's cursor or turn its words.
 * @param {string} text
 */
const tame = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\p{C}/gu, '\ufffd');

/**
 * A value as an error message shows it, at most some 60 characters long.
 * @param {unknown} value
 * @returns {string}
 */
export function show(value) {
  if (typeof value === 'string') return `'${tame(value)}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol' || typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    // Not what is inside what is inside: it may go on for long.
    const items = value.length > 6 ? null : value.map((item) => (Array.isArray(item) ? '[…]' : show(item)));
    return items === null ? `an array of ${value.length}` : `[${items.join(', ')}]`;
  }
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  return 'an object';
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 * @returns {number}
 */
export function checkInteger(name, value, least, most) {
  if (typeof value !== 'number') throw new TypeError(`${name}: ${show(value)} is not a number`);
  if (!Number.isInteger(value)) throw new RangeError(`${name}: ${value} is not an integer`);
  if (value < least || value > most) throw new RangeError(`${name}: ${value} is outside ${least} … ${most}`);
  return withoutSign(value);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 * @returns {number}
 */
export function checkNumber(name, value, least, most) {
  if (typeof value !== 'number') throw new TypeError(`${name}: ${show(value)} is not a number`);
  if (!(value >= least && value <= most)) throw new RangeError(`${name}: ${value} is outside ${least} … ${most}`);
  return withoutSign(value);
}

/** −0 as 0: a link or a file does not tell them apart, and a run must not. @param {number} value */
const withoutSign = (value) => value + 0;

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {boolean}
 */
export function checkBoolean(name, value) {
  if (typeof value !== 'boolean') throw new TypeError(`${name}: ${show(value)} is not true or false`);
  return value;
}

/**
 * @template {string} Name
 * @param {string} name
 * @param {unknown} value
 * @param {readonly Name[]} choices
 * @returns {Name}
 */
export function checkChoice(name, value, choices) {
  if (typeof value !== 'string') throw new TypeError(`${name}: ${show(value)} is not a string`);
  if (!choices.includes(/** @type {Name} */ (value))) {
    throw new RangeError(`${name}: ${show(value)} is not one of ${choices.join(', ')}`);
  }
  return /** @type {Name} */ (value);
}

/**
 * @template {string} Name
 * @param {string} name
 * @param {unknown} value an array of choices
 * @param {readonly Name[]} choices
 * @returns {Name[]} without repetitions, in the order of the choices
 */
export function checkChoices(name, value, choices) {
  if (!Array.isArray(value)) throw new TypeError(`${name}: ${show(value)} is not an array`);
  for (const [k, item] of value.entries()) checkChoice(`${name}[${k}]`, item, choices);
  return choices.filter((choice) => value.includes(choice));
}

/**
 * An object of options that holds no names but these.
 * @param {string} name
 * @param {unknown} value
 * @param {readonly string[]} known
 * @returns {Record<string, unknown>}
 */
export function checkObject(name, value, known) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name}: ${show(value)} is not an object`);
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new TypeError(`${name}.${tame(key)}: unknown; known are ${known.join(', ')}`);
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value */
const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/**
 * m examples of `inputs` numbers each, as the core takes them.
 * @param {string} name
 * @param {unknown} value m rows, or one Float32Array of m * inputs
 * @param {number} inputs
 * @param {number} least fewest examples
 * @param {number} [most] most examples
 * @returns {{ x: Float32Array, m: number }} x (m, inputs) row by row; a copy unless it was a Float32Array
 */
export function checkExamples(name, value, inputs, least, most = maxExamples) {
  if (!isList(value)) throw new TypeError(`${name}: ${show(value)} is not an array of examples`);
  if (value instanceof Float32Array) {
    const m = value.length / inputs;
    if (!Number.isInteger(m)) {
      throw new RangeError(`${name}: ${value.length} numbers are not whole examples of ${inputs}`);
    }
    checkCount(name, m, least, most);
    for (let i = 0; i < value.length; i++) {
      if (!(Math.abs(value[i]) <= maxMagnitude)) refuseNumber(name, value[i], Math.floor(i / inputs), i % inputs);
    }
    return { x: value, m };
  }
  const rows = /** @type {ArrayLike<unknown>} */ (value);
  checkCount(name, rows.length, least, most);
  const x = new Float32Array(rows.length * inputs);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isList(row)) throw new TypeError(`${name}[${i}]: ${show(row)} is not an array of ${inputs} numbers`);
    const numbers = /** @type {ArrayLike<unknown>} */ (row);
    if (numbers.length !== inputs) {
      throw new RangeError(`${name}[${i}]: has ${numbers.length} numbers; an example has ${inputs}`);
    }
    for (let k = 0; k < inputs; k++) {
      const number = numbers[k];
      if (typeof number !== 'number') throw new TypeError(`${name}[${i}][${k}]: ${show(number)} is not a number`);
      if (!(Math.abs(number) <= maxMagnitude)) refuseNumber(name, number, i, k);
      x[i * inputs + k] = number;
    }
  }
  return { x, m: rows.length };
}

/**
 * @param {string} name
 * @param {number} m
 * @param {number} least
 * @param {number} most
 */
function checkCount(name, m, least, most) {
  if (m < least) throw new RangeError(`${name}: ${m} examples; at least ${least} needed`);
  if (m > most) throw new RangeError(`${name}: ${m} examples; at most ${most} are taken`);
}

/**
 * @param {string} name
 * @param {number} number
 * @param {number} i
 * @param {number} k
 * @returns {never}
 */
function refuseNumber(name, number, i, k) {
  const why = Number.isFinite(number) ? `beyond ±${maxMagnitude}` : 'not a finite number';
  throw new RangeError(`${name}[${i}][${k}]: ${number} is ${why}`);
}

/**
 * @param {string} name
 * @param {unknown} value m class numbers
 * @param {number} m
 * @param {number} classes
 * @returns {Uint8Array}
 */
export function checkLabels(name, value, m, classes) {
  if (!isList(value)) throw new TypeError(`${name}: ${show(value)} is not an array of class numbers`);
  const list = /** @type {ArrayLike<unknown>} */ (value);
  if (list.length !== m) throw new RangeError(`${name}: ${list.length} labels for ${m} examples`);
  const y = new Uint8Array(m);
  for (let i = 0; i < m; i++) y[i] = checkInteger(`${name}[${i}]`, list[i], 0, classes - 1);
  return y;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export const checkSeed = (name, value) => checkInteger(name, value, 0, maxInteger);

/**
 * @template Value
 * @param {string} name
 * @param {Value} value a function or undefined
 * @returns {Value}
 */
export function checkFunction(name, value) {
  if (value !== undefined && typeof value !== 'function')
    throw new TypeError(`${name}: ${show(value)} is not a function`);
  return value;
}

/** @param {unknown} signal an AbortSignal or undefined */
export function checkSignal(signal) {
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`signal: ${show(signal)} is not an AbortSignal`);
  }
}
