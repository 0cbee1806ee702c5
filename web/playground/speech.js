/**
 * What is said to who listens: politely, the latest word only, at most one message in five seconds; what a person asked
 * for comes at once.
 */

const INTERVAL = 5000; // ms

export class Speech {
  #words = '';
  #last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #changed;

  /** @param {() => void} changed called when there is something new to say */
  constructor(changed) {
    this.#changed = changed;
  }

  /** What stands in the live region. */
  get words() {
    return this.#words;
  }

  /** @param {string} words @param {boolean} [isAsked] */
  say(words, isAsked = false) {
    clearTimeout(this.#timer);
    if (isAsked) this.#speak(words);
    else if (words !== this.#words.trimEnd()) {
      const wait = Math.max(0, this.#last + INTERVAL - performance.now());
      this.#timer = setTimeout(() => this.#speak(words), wait);
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {string} words */
  #speak(words) {
    this.#last = performance.now();
    // The same words again would not be a change, and so not be spoken.
    this.#words = words === this.#words ? `${words}\u00A0` : words;
    this.#changed();
  }
}
