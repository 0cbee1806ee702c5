/** What a cell says: a number, a gap, or neither. Nothing is guessed where a cell may mean two things. */

/** @typedef {'comma' | 'point'} Decimal */
/** @typedef {{ number: number } | { gap: true } | { problem: string }} Reading */

const gaps = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', '.']);

/** As a label, a mark such as "?" may be a class like any other. */
const labelGaps = new Set(['', 'na', 'n/a', 'nan', 'null', 'none']);

/** @param {string} label trimmed */
export const isLabelGap = (label) => labelGaps.has(label.toLowerCase());

const plain = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/i;

/** 1,234 and 12.345,6 and 1 234: a separator between groups of three. */
const ambiguous = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** Reads the numbers of one file, which has one decimal sign. */
export class NumberReader {
  /** @type {Decimal | undefined} */ #decimal;
  #given;
  #line = 0;
  #commaParts;

  /**
   * @param {string} delimiter between the file's fields
   * @param {Decimal} [decimal] told by the user; else the first number that shows one decides
   */
  constructor(delimiter, decimal) {
    this.#decimal = decimal;
    this.#given = decimal !== undefined;
    this.#commaParts = delimiter === ',';
  }

  /**
   * @param {string} cell
   * @param {number} line of the file
   * @returns {Reading}
   */
  read(cell, line) {
    const text = cell.trim().replace('\u2212', '-');
    if (gaps.has(text.toLowerCase())) return { gap: true };
    if (!plain.test(text)) return { problem: `'${shorten(cell)}' is not a number` };
    const sign = text.includes(',') ? 'comma' : text.includes('.') ? 'point' : undefined;
    if (sign !== undefined && sign !== this.#decimal) {
      if (this.#decimal !== undefined) {
        const [name, other] = sign === 'comma' ? ['comma', 'point'] : ['point', 'comma'];
        const why = this.#given ? `--decimal ${other} was given` : `line ${this.#line} has a decimal ${other}`;
        return { problem: `'${text}' has a decimal ${name}, but ${why}` };
      }
      // Where commas part the fields, one within quotes may as well part thousands.
      if (sign === 'comma' && this.#commaParts && ambiguous.test(text)) {
        return {
          problem: `'${text}' may be ${text.replace(',', '.')} or ${text.replace(',', '')}; say --decimal comma if it is the first`,
        };
      }
      this.#decimal = sign;
      this.#line = line;
    }
    const number = Number(text.replace(',', '.'));
    return Number.isFinite(number) ? { number } : { problem: `'${text}' is too large` };
  }
}

/** @param {string} text */
export const shorten = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
