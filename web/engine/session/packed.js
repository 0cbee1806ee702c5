/**
 * Points and events of a log as packed text: 26 bits a point and class, and short stamps,
 * so that a drawing fits into a link. Each text ends in a check of what stands before it.
 */
import { maxExamples, planeEdge, planeGrid } from '../limits.js';
import { parameterNames } from '../parameters.js';
import { presetNames } from '../presets.js';
import { BitReader, BitWriter } from './bits.js';
import { editKinds, kindOf } from './events.js';
import { settingNames } from './settings.js';

/** @typedef {import('./events.js').EditKind} EditKind */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./events.js').NewPoint} NewPoint */
/** @typedef {import('../parameters.js').Place} Place */

/** Coordinates: [-3, 3] in steps of 1/512 are 3073 numbers. */
const coordinateBits = 12;
const classBits = 2;
const pointBits = 2 * coordinateBits + classBits;

/**
 * @param {readonly NewPoint[]} points
 * @returns {string}
 */
export function packPoints(points) {
  const writer = new BitWriter();
  writer.writeInteger(points.length);
  for (const point of points) writePoint(writer, point);
  return withCheck(writer.finish());
}

/**
 * @param {string} text
 * @returns {{ points: NewPoint[], problem: string }} problem: what is wrong with the text, or ''
 */
export function unpackPoints(text) {
  const { body, problem } = withoutCheck(text);
  const reader = new BitReader(body);
  /** @type {NewPoint[]} */
  const points = [];
  try {
    const count = reader.readInteger();
    while (points.length < Math.min(count, maxExamples)) points.push(readPoint(reader));
    return { points, problem: count > maxExamples ? `it announces ${count} points` : problem };
  } catch (error) {
    return { points, problem: `${problem || messageOf(error)}, after ${points.length} points` };
  }
}

/**
 * Each event: its step as a distance from the one before, and its kind. One more point
 * of a stroke, the most frequent event, has a short form of its own.
 * @param {readonly LogEvent[]} events
 * @returns {string}
 */
export function packEvents(events) {
  const writer = new BitWriter();
  let step = 0;
  for (const event of events) {
    const distance = event.step - step;
    step = event.step;
    if (event.joins && 'add' in event && event.add.length === 1) {
      writer.write(distance === 0 ? 0b11 : 0b10, 2);
      if (distance > 0) writer.writeInteger(distance);
      writePoint(writer, event.add[0]);
      continue;
    }
    const kind = kindOf(event);
    writer.write(0b01, 2);
    writer.write(editKinds.indexOf(kind), 4);
    writer.write(event.joins ? 1 : 0, 1);
    writer.writeInteger(distance);
    formats[kind].write(writer, /** @type {any} */ (event)[kind]);
  }
  // 00 ends the events: what follows it is filling.
  writer.write(0b00, 2);
  return withCheck(writer.finish());
}

/**
 * @param {string} text
 * @param {number} most events to read
 * @returns {{ events: Record<string, unknown>[], problem: string }} events whose contents are still to be checked;
 *   problem: what is wrong with the text, or ''
 */
export function unpackEvents(text, most) {
  const { body, problem } = withoutCheck(text);
  const reader = new BitReader(body);
  /** @type {Record<string, unknown>[]} */
  const events = [];
  let step = 0;
  try {
    for (;;) {
      const form = reader.read(2);
      if (form === 0b00) return { events, problem };
      if (events.length === most) return { events, problem: `it holds more than ${most} events` };
      if (form !== 0b01) {
        if (form === 0b10) step += reader.readInteger();
        events.push({ step, add: [readPoint(reader)], joins: true });
        continue;
      }
      const kind = editKinds[reader.read(4)];
      if (kind === undefined) throw new RangeError('it holds an unknown kind of event');
      const joins = reader.read(1) === 1;
      step += reader.readInteger();
      events.push({ step, [kind]: formats[kind].read(reader), ...(joins ? { joins } : {}) });
    }
  } catch (error) {
    return { events, problem: `${problem || messageOf(error)}, after ${events.length} events` };
  }
}

/**
 * A list: its length, then its items. A length beyond what the text can hold ends in an error soon.
 * @template Item
 * @param {(writer: BitWriter, item: Item) => void} write
 * @param {(reader: BitReader) => Item} read
 */
const list = (write, read) => ({
  write: (/** @type {BitWriter} */ writer, /** @type {readonly Item[]} */ items) => {
    writer.writeInteger(items.length);
    for (const item of items) write(writer, item);
  },
  read: (/** @type {BitReader} */ reader) => {
    const length = reader.readInteger();
    if (length > reader.left) throw new RangeError('it is cut short');
    return Array.from({ length }, () => read(reader));
  },
});

const nothing = { write: () => undefined, read: () => true };

const place = {
  write: (/** @type {BitWriter} */ writer, /** @type {Place} */ { parameter, row, col }) => {
    writer.write(parameterNames.indexOf(parameter), 2);
    writer.writeInteger(row);
    writer.writeInteger(col);
  },
  read: (/** @type {BitReader} */ reader) => ({
    parameter: parameterNames[reader.read(2)],
    row: reader.readInteger(),
    col: reader.readInteger(),
  }),
};

/** How each kind of edit is packed.
 * @type {Record<EditKind, { write: (writer: BitWriter, value: any) => void, read: (reader: BitReader) => unknown }>} */
const formats = {
  add: list(writePoint, readPoint),
  move: list(
    (writer, { id, x, y }) => {
      writer.writeInteger(id);
      writeCoordinate(writer, x);
      writeCoordinate(writer, y);
    },
    (reader) => ({ id: reader.readInteger(), x: readCoordinate(reader), y: readCoordinate(reader) }),
  ),
  erase: list(
    (writer, id) => writer.writeInteger(id),
    (reader) => reader.readInteger(),
  ),
  relabel: list(
    (writer, { id, class: label }) => {
      writer.writeInteger(id);
      writer.write(label, classBits);
    },
    (reader) => ({ id: reader.readInteger(), class: reader.read(classBits) }),
  ),
  clear: nothing,
  set: {
    write: (writer, settings) => {
      const names = settingNames.filter((name) => settings[name] !== undefined);
      writer.writeInteger(names.length);
      for (const name of names) {
        writer.writeInteger(settingNames.indexOf(name));
        writeText(writer, JSON.stringify(settings[name]));
      }
    },
    read: (reader) => {
      const count = reader.readInteger();
      if (count > settingNames.length) throw new RangeError('it holds too many settings at once');
      return Object.fromEntries(
        Array.from({ length: count }, () => {
          const name = settingNames[reader.readInteger()];
          if (name === undefined) throw new RangeError('it holds an unknown setting');
          return [name, JSON.parse(readText(reader))];
        }),
      );
    },
  },
  weight: {
    write: (writer, { value, ...where }) => {
      place.write(writer, where);
      writer.writeFloat(value);
    },
    read: (reader) => ({ ...place.read(reader), value: reader.readFloat() }),
  },
  pin: place,
  release: place,
  start: {
    write: (writer, { seed }) => writer.writeInteger(seed),
    read: (reader) => ({ seed: reader.readInteger() }),
  },
  data: {
    write: (writer, { preset, n, noise, flip, seed }) => {
      writer.write(presetNames.indexOf(preset), 4);
      writer.writeInteger(n);
      writer.writeNumber(noise);
      writer.writeNumber(flip);
      writer.writeInteger(seed);
    },
    read: (reader) => ({
      preset: presetNames[reader.read(4)],
      n: reader.readInteger(),
      noise: reader.readNumber(),
      flip: reader.readNumber(),
      seed: reader.readInteger(),
    }),
  },
  undo: nothing,
  redo: nothing,
};

/** @param {BitWriter} writer @param {NewPoint} point */
function writePoint(writer, point) {
  writeCoordinate(writer, point.x);
  writeCoordinate(writer, point.y);
  writer.write(point.class, classBits);
}

/** @param {BitReader} reader @returns {NewPoint} */
function readPoint(reader) {
  if (reader.left < pointBits) throw new RangeError('it is cut short');
  return { x: readCoordinate(reader), y: readCoordinate(reader), class: reader.read(classBits) };
}

/** @param {BitWriter} writer @param {number} value on the plane's grid */
const writeCoordinate = (writer, value) => writer.write((value + planeEdge) * planeGrid, coordinateBits);

/** @param {BitReader} reader */
const readCoordinate = (reader) => reader.read(coordinateBits) / planeGrid - planeEdge;

/** @param {BitWriter} writer @param {string} text of ASCII */
function writeText(writer, text) {
  writer.writeInteger(text.length);
  for (const character of text) writer.write(character.charCodeAt(0), 7);
}

/** @param {BitReader} reader */
function readText(reader) {
  const length = reader.readInteger();
  if (length * 7 > reader.left) throw new RangeError('it is cut short');
  return Array.from({ length }, () => String.fromCharCode(reader.read(7))).join('');
}

/** Two characters that tell a damaged text: twelve bits of its FNV-1a. @param {string} body */
function withCheck(body) {
  const writer = new BitWriter();
  writer.write(checkOf(body), 12);
  return body + writer.finish();
}

/** @param {string} text @returns {{ body: string, problem: string }} */
function withoutCheck(text) {
  const body = text.slice(0, -2);
  return { body, problem: withCheck(body) === text ? '' : 'it is damaged' };
}

/** @param {string} body */
function checkOf(body) {
  let hash = 0x811c9dc5;
  for (let k = 0; k < body.length; k++) hash = Math.imul(hash ^ body.charCodeAt(k), 0x01000193);
  return (hash >>> 0) % 4096;
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));
