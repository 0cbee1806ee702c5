/**
 * A table of text, read as a stream: records with their line numbers, in bounded memory. It finds where records
 * end, as a quoted field may hold line ends; their cells are d3-dsv's.
 */
import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { dsvFormat } from 'd3-dsv';
import { CommandError, InterruptedError, reasonOf } from './errors.js';

/**
 * @typedef {object} Row
 * @property {number} line of the file, from 1
 * @property {string[]} cells
 * @property {boolean} amiss something follows a closing quote: the cells are not to be trusted
 */

/** Longer than any honest record, unless a quote was opened and never closed. */
const maxRecord = 1_000_000;

/** In order of preference: a semicolon leaves the comma to the numbers. */
const delimiters = Object.freeze(['\t', ';', ',', '|']);

/**
 * The records of a file, in blocks as they come. Empty lines are left out.
 * @param {string} path '-' is the standard input
 * @param {string | undefined} delimiter guessed from the first lines where it is not given
 * @param {AbortSignal} signal ends the wait for more, too
 * @returns {AsyncGenerator<{ rows: Row[], delimiter: string }>}
 * @throws {CommandError} for a file that cannot be read, or is not text
 * @throws {InterruptedError}
 */
export async function* readTable(path, delimiter, signal) {
  const name = path === '-' ? 'standard input' : path;
  const splitter = new RecordSplitter(name, delimiter);
  for await (const text of readText(path, name, signal)) {
    const rows = splitter.push(text);
    if (rows.length > 0) yield { rows, delimiter: splitter.delimiter };
  }
  const rows = splitter.finish();
  if (rows.length > 0) yield { rows, delimiter: splitter.delimiter };
}

/**
 * @param {string} path
 * @param {string} name
 * @param {AbortSignal} signal
 */
async function* readText(path, name, signal) {
  const stream = addAbortSignal(signal, path === '-' ? process.stdin : createReadStream(path));
  /** @type {TextDecoder | undefined} */
  let decoder;
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      const text = decoder.decode(chunk, { stream: true });
      if (text.includes('\0')) throw new CommandError(`${name}: it is not a text file`);
      bytes += chunk.length;
      yield text;
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch (error) {
    if (signal.aborted) throw new InterruptedError(`interrupted while reading ${name}`);
    if (error instanceof TypeError) {
      throw new CommandError(
        `${name}: it is not UTF-8 text, somewhere after byte ${bytes}; save it as "CSV UTF-8" and try again`,
      );
    }
    const reason = reasonOf(error);
    throw reason === undefined ? error : new CommandError(`${name}: ${reason}`);
  } finally {
    if (stream !== process.stdin) stream.destroy();
  }
}

/** By the mark that spreadsheets put first, if any. @param {Uint8Array} chunk */
function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

class RecordSplitter {
  /** @type {string} */ #name;
  /** @type {string | undefined} */ #delimiter;
  /** @type {ReturnType<typeof dsvFormat> | undefined} */ #format;
  /** @type {RegExp | undefined} */ #fieldEnd;
  #text = '';
  #line = 1;
  #found = { amiss: false };

  /**
   * @param {string} name of the file, in errors
   * @param {string | undefined} delimiter
   */
  constructor(name, delimiter) {
    this.#name = name;
    this.#delimiter = delimiter;
  }

  get delimiter() {
    return this.#delimiter ?? ',';
  }

  /**
   * @param {string} text
   * @returns {Row[]} the records that are complete now
   */
  push(text) {
    this.#text += text;
    // The first lines are needed whole, to tell the delimiter.
    if (this.#format === undefined && !/[\r\n]./s.test(this.#text) && this.#text.length < maxRecord) return [];
    return this.#take(false);
  }

  /** @returns {Row[]} the last record, if no line end follows it */
  finish() {
    return this.#take(true);
  }

  /**
   * @param {boolean} final nothing follows
   * @returns {Row[]}
   */
  #take(final) {
    if (this.#format === undefined) this.#takeSeparatorLine();
    const text = this.#text;
    this.#delimiter ??= guessDelimiter(text);
    this.#format ??= dsvFormat(this.#delimiter);
    this.#fieldEnd ??= new RegExp(`[\\r\\n${this.#delimiter.replace(/[\\\]^-]/, '\\$&')}]`, 'g');
    /** @type {Row[]} */
    const rows = [];
    let start = 0;
    while (start < text.length) {
      this.#found.amiss = false;
      let end = endOfRecord(text, start, this.#fieldEnd, final, this.#found);
      if (end === -1) {
        if (!final && text.length - start < maxRecord) break;
        if (hasOpenQuote(text, start, this.#fieldEnd)) {
          throw new CommandError(`${this.#name}, line ${this.#line}: a quote is opened and never closed`);
        }
        if (text.length - start >= maxRecord) {
          throw new CommandError(`${this.#name}, line ${this.#line}: it has more than ${maxRecord} characters`);
        }
        end = text.length;
      }
      const record = text.slice(start, end);
      const [cells = []] = this.#format.parseRows(record);
      const { amiss } = this.#found;
      if (amiss || cells.some((cell) => cell.trim() !== '')) rows.push({ line: this.#line, cells, amiss });
      this.#line += record.includes('"') ? (record.match(/\r\n|\r|\n/g)?.length ?? 0) : 1;
      start = end;
    }
    this.#text = text.slice(start);
    return rows;
  }

  /** A first line such as "sep=;", by which spreadsheets are told the delimiter. */
  #takeSeparatorLine() {
    const [line, delimiter] = /^"?sep=(.)"?(?:\r\n|\r|\n)/i.exec(this.#text) ?? [];
    if (line === undefined) return;
    this.#delimiter ??= delimiter;
    this.#text = this.#text.slice(line.length);
    this.#line = 2;
  }
}

/**
 * Where the record that begins at `start` ends, its line end included.
 * @param {string} text
 * @param {number} start
 * @param {RegExp} fieldEnd finds the delimiter or a line end
 * @param {boolean} final nothing follows the text
 * @param {{ amiss: boolean }} found set where something follows a closing quote
 * @returns {number} -1 where the text does not hold the end
 */
function endOfRecord(text, start, fieldEnd, final, found) {
  for (let i = start; ; i++) {
    const quoted = text[i] === '"';
    if (quoted) {
      i = endOfQuotes(text, i, final);
      if (i === -1) return -1;
    }
    fieldEnd.lastIndex = i;
    const end = fieldEnd.exec(text);
    if (quoted && (end?.index ?? text.length) > i) found.amiss = true;
    if (end === null) return -1;
    i = end.index;
    if (end[0] === '\n') return i + 1;
    if (end[0] === '\r') {
      if (i + 1 === text.length && !final) return -1; // a \n may follow
      return text[i + 1] === '\n' ? i + 2 : i + 1;
    }
  }
}

/**
 * @param {string} text
 * @param {number} open the place of a quote that opens a field
 * @param {boolean} final
 * @returns {number} the place after the closing quote, -1 where the text does not hold it
 */
function endOfQuotes(text, open, final) {
  for (let i = open; ; ) {
    i = text.indexOf('"', i + 1);
    if (i === -1 || (i + 1 === text.length && !final)) return -1;
    if (text[i + 1] !== '"') return i + 1;
    i++;
  }
}

/**
 * Whether the last record, without a line end, stops inside quotes.
 * @param {string} text
 * @param {number} start
 * @param {RegExp} fieldEnd
 */
const hasOpenQuote = (text, start, fieldEnd) =>
  endOfRecord(`${text}\n`, start, fieldEnd, true, { amiss: false }) === -1;

/**
 * The first delimiter that parts each of the first lines into as many fields, two at least.
 * @param {string} text
 */
function guessDelimiter(text) {
  const lines = text
    .slice(0, 65536)
    .replaceAll(/"(?:[^"]|"")*"/g, '') // what stands in quotes parts nothing
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const counts = delimiters.map((delimiter) => lines.map((line) => line.split(delimiter).length));
  const even = counts.findIndex(([first, ...others]) => first > 1 && others.every((count) => count === first));
  if (even !== -1) return delimiters[even];
  // None does: the one that the first line, perhaps a header, has most of.
  const most = Math.max(...counts.map(([first]) => first));
  return most > 1 ? delimiters[counts.findIndex(([first]) => first === most)] : ',';
}
