/**
 * Numbers packed bit by bit into the characters of base64url, six to a character, most
 * significant first. Reading past the end throws a RangeError: the text was cut short.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const valueOfCharacter = new Map(Array.from(alphabet, (character, value) => [character, value]));

/** Bits of a group in a number of free length; one more says whether another group follows. */
const groupBits = 4;
const groupSize = 16;

export class BitWriter {
  #text = '';
  #pending = 0;
  #count = 0;

  /**
   * @param {number} value an integer, 0 … 2^bits − 1
   * @param {number} bits up to 32
   */
  write(value, bits) {
    for (let k = bits - 1; k >= 0; k--) {
      this.#pending = this.#pending * 2 + ((value >>> k) & 1);
      if (++this.#count === 6) this.#flush();
    }
  }

  /** @param {number} value an integer, 0 … 2^53; small ones are short */
  writeInteger(value) {
    for (let rest = value; ; ) {
      const group = rest % groupSize;
      rest = Math.floor(rest / groupSize);
      this.write(rest > 0 ? 1 : 0, 1);
      this.write(group, groupBits);
      if (rest === 0) return;
    }
  }

  /** @param {number} value any double, by its bits; integers from 0 are shorter */
  writeNumber(value) {
    const plain = Number.isInteger(value) && value >= 0 && value < 2 ** 32 && !Object.is(value, -0);
    this.write(plain ? 0 : 1, 1);
    if (plain) {
      this.writeInteger(value);
      return;
    }
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.write(view.getUint32(0), 32);
    this.write(view.getUint32(4), 32);
  }

  /** @param {number} value a float32, by its bits */
  writeFloat(value) {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value);
    this.write(view.getUint32(0), 32);
  }

  /** @returns {string} everything so far, filled up with zeros */
  finish() {
    while (this.#count > 0) this.write(0, 1);
    return this.#text;
  }

  #flush() {
    this.#text += alphabet[this.#pending];
    this.#pending = 0;
    this.#count = 0;
  }
}

export class BitReader {
  /** @type {string} */ #text;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** Bits not yet read. */
  get left() {
    return this.#text.length * 6 - this.#at;
  }

  /**
   * @param {number} bits up to 32
   * @returns {number}
   */
  read(bits) {
    let value = 0;
    for (let k = 0; k < bits; k++) {
      const character = this.#text[Math.floor(this.#at / 6)];
      const six = valueOfCharacter.get(character);
      if (six === undefined) {
        throw new RangeError(
          character === undefined ? 'it is cut short' : 'it holds a character that is none of its own',
        );
      }
      value = value * 2 + ((six >> (5 - (this.#at % 6))) & 1);
      this.#at++;
    }
    return value;
  }

  /** @returns {number} */
  readInteger() {
    let value = 0;
    let scale = 1;
    for (let more = 1; more === 1; scale *= groupSize) {
      more = this.read(1);
      value += this.read(groupBits) * scale;
      if (value > 2 ** 53) throw new RangeError('it holds a number that is too large');
    }
    return value;
  }

  /** @returns {number} */
  readNumber() {
    if (this.read(1) === 0) return this.readInteger();
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, this.read(32));
    view.setUint32(4, this.read(32));
    return view.getFloat64(0);
  }

  /** @returns {number} */
  readFloat() {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, this.read(32));
    return view.getFloat32(0);
  }
}
