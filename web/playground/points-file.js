/**
 * Points from a table of text and back: CSV or TSV, whatever the columns are called. Rows that cannot be taken are named
 * by their number in the file; nothing is guessed in their place.
 */

import { REACH, snap } from './plane.js';
import { classLetters, strings } from './strings.js';

/** @typedef {{ header: string[], rows: string[][], firstRow: number }} Table firstRow: the file's number of rows[0], from 1 */
/** @typedef {'plane' | 'standard' | 'none'} Scaling */
/** @typedef {{ x: number, y: number, label: number, scaling: Scaling }} Mapping column numbers; label -1: all class A */
/** @typedef {{ points: { x: number, y: number, class: number }[], names: string[], rejected: { row: number, why: string }[] }} Conversion */

const MAX_CLASSES = 4;
/** Different words in a column, beyond which it is none of labels. */
const MANY_LABELS = 20;
const MAX_POINTS = 20000;

/** @param {string} text @returns {number} NaN if it is not one */
function number(text) {
  const clean = text.trim();
  if (clean === '') return Number.NaN;
  // A decimal comma, where it cannot be a separator of thousands.
  return Number(/^[-+]?\d*,\d+$/.test(clean) ? clean.replace(',', '.') : clean);
}

/** The delimiter that parts the first lines most evenly. @param {string} text */
function guessDelimiter(text) {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best = ',';
  let most = 0;
  for (const delimiter of ['\t', ';', ',', '|']) {
    const fields = lines.map((line) => line.split(delimiter).length);
    const least = Math.min(...fields);
    if (least > 1 && least > most) {
      best = delimiter;
      most = least;
    }
  }
  return best;
}

/**
 * Rows of cells, RFC 4180: quotes around a cell let it hold delimiters, lines and, doubled, quotes.
 *
 * @param {string} text
 * @param {string} delimiter one sign
 * @returns {string[][]}
 */
export function parseRows(text, delimiter) {
  const pattern = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^${delimiter}\r\n]*))([${delimiter}]|\r\n?|\n|$)`, 'y');
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let isOpen = false;
  while (isOpen || pattern.lastIndex < text.length) {
    const [, quoted, plain, end] = /** @type {RegExpExecArray} */ (pattern.exec(text));
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    isOpen = end === delimiter;
    if (isOpen) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/**
 * @param {string} text
 * @returns {Table | undefined} undefined: there is no table in it
 */
export function readTable(text) {
  const clean = text.replace(/^\uFEFF/, '');
  const all = parseRows(clean, guessDelimiter(clean));
  const first = all.findIndex((row) => row.some((cell) => cell.trim() !== ''));
  const head = all[first];
  if (head === undefined || head.length < 2) return undefined;
  // A first row without any number is a header.
  const hasHeader = head.every((cell) => Number.isNaN(number(cell)));
  const rows = all.slice(hasHeader ? first + 1 : first);
  if (rows.length === 0) return undefined;
  const columns = Math.max(...all.slice(first, first + 50).map((row) => row.length));
  return {
    header: Array.from({ length: columns }, (_, i) => (hasHeader && head[i]?.trim()) || `column ${i + 1}`),
    rows,
    firstRow: (hasHeader ? first + 1 : first) + 1,
  };
}

/**
 * Which columns are x₁, x₂ and the class: by name where a name says so, else the first two of numbers and the last
 * that has few different values.
 *
 * @param {Table} table
 * @returns {Mapping}
 */
export function guessMapping({ header, rows }) {
  const sample = rows.slice(0, 200);
  const names = header.map((name) => name.trim().toLowerCase());
  const named = (/** @type {string[]} */ list) => names.findIndex((name) => list.includes(name));
  const kinds = header.map((_, column) => {
    const cells = sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
    const numbers = cells.filter((cell) => !Number.isNaN(number(cell))).length;
    return { isNumeric: numbers >= cells.length / 2 && cells.length > 0, values: new Set(cells).size };
  });
  let label = named(['class', 'label', 'y', 'species', 'target', 'category']);
  let x = named(['x1', 'x_1', 'x₁']);
  let y = named(['x2', 'x_2', 'x₂']);
  if (x === -1 && y === -1) {
    x = named(['x']);
    // "x, y" alone are coordinates; "x1, x2, y" has y for the class.
    if (x !== -1 && named(['y']) !== -1) {
      y = named(['y']);
      if (label === y) label = named(['class', 'label', 'species', 'target', 'category']);
    }
  }
  if (label === -1) {
    for (let column = header.length - 1; column >= 0; column -= 1) {
      const { values, isNumeric } = /** @type {typeof kinds[number]} */ (kinds[column]);
      // Words are labels also where there are too many of them: then the preview says so.
      const isFew = values >= 1 && values <= (isNumeric ? MAX_CLASSES : MANY_LABELS);
      if (column !== x && column !== y && isFew && (header.length > 2 || !isNumeric)) {
        label = column;
        break;
      }
    }
  }
  const free = kinds.flatMap(({ isNumeric }, column) =>
    isNumeric && column !== x && column !== y && column !== label ? [column] : [],
  );
  if (x === -1) x = free.shift() ?? 0;
  if (y === -1) y = free.shift() ?? Math.min(1, header.length - 1);
  const inPlane = sample.every((row) => [x, y].every((column) => !(Math.abs(number(row[column] ?? '')) > REACH)));
  return { x, y, label, scaling: inPlane ? 'none' : 'plane' };
}

/**
 * @param {Table} table
 * @param {Mapping} mapping
 * @returns {Conversion}
 */
export function convertTable({ header, rows, firstRow }, mapping) {
  /** @type {Conversion['rejected']} */
  const rejected = [];
  /** @type {{ values: [number, number], label: string, row: number }[]} */
  const taken = [];
  for (const [i, cells] of rows.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const row = firstRow + i;
    const why = [mapping.x, mapping.y]
      .map((column) => {
        const cell = cells[column]?.trim() ?? '';
        const name = header[column] ?? '';
        if (cell === '') return strings.missing(name);
        return Number.isFinite(number(cell)) ? undefined : strings.notNumeric(name, cell);
      })
      .find((reason) => reason !== undefined);
    const label = mapping.label === -1 ? classLetters[0] : (cells[mapping.label]?.trim() ?? '');
    if (why !== undefined) rejected.push({ row, why });
    else if (label === '' || label === undefined) rejected.push({ row, why: strings.missingClass });
    else taken.push({ values: [number(cells[mapping.x] ?? ''), number(cells[mapping.y] ?? '')], label, row });
  }
  const names = nameClasses(taken.map(({ label }) => label));
  const scales = [0, 1].map((k) =>
    fitScale(
      taken.map(({ values }) => /** @type {number} */ (values[k])),
      mapping.scaling,
    ),
  );
  const points = [];
  for (const { values, label, row } of taken) {
    const kind = names.indexOf(label);
    if (kind === -1) rejected.push({ row, why: strings.tooManyClasses(label) });
    else if (points.length === MAX_POINTS) rejected.push({ row, why: strings.beyondCap(MAX_POINTS) });
    else {
      const [x, y] = values.map((value, k) => {
        const { shift, factor } = /** @type {{ shift: number, factor: number }} */ (scales[k]);
        return snap((value - shift) * factor);
      });
      points.push({ x: /** @type {number} */ (x), y: /** @type {number} */ (y), class: kind });
    }
  }
  return { points, names, rejected: rejected.sort((a, b) => a.row - b.row) };
}

/**
 * The first four labels: class numbers and letters in their own order, others as they come.
 * @param {string[]} labels
 */
function nameClasses(labels) {
  const seen = [...new Set(labels)];
  if (seen.every((label) => /^[0-3]$/.test(label)) && seen.length > 0) {
    return Array.from({ length: Math.max(...seen.map(Number)) + 1 }, (_, i) => String(i));
  }
  if (seen.every((label) => classLetters.includes(label)) && seen.length > 0) {
    return classLetters.slice(0, Math.max(...seen.map((label) => classLetters.indexOf(label))) + 1);
  }
  return seen.slice(0, MAX_CLASSES);
}

/** @param {number[]} values @param {Scaling} scaling @returns {{ shift: number, factor: number }} */
function fitScale(values, scaling) {
  if (scaling === 'none' || values.length === 0) return { shift: 0, factor: 1 };
  if (scaling === 'standard') {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { shift: mean, factor: variance > 0 ? 1 / Math.sqrt(variance) : 1 };
  }
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // A little short of the edge: marks there would be cut.
  // By halves: numbers may be as large as numbers get.
  return { shift: low / 2 + high / 2, factor: high > low ? (REACH - 0.25) / (high / 2 - low / 2) : 1 };
}

/** @param {readonly { x: number, y: number, class: number }[]} points @returns {string} CSV with a header */
export function writeCsv(points) {
  const rows = points.map((point) => `${point.x},${point.y},${classLetters[point.class]}`);
  return ['x1,x2,class', ...rows, ''].join('\n');
}
