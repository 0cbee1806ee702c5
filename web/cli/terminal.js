/** Where a command speaks: results on the standard output, words and a progress bar on the standard error. */
import { once } from 'node:events';
import { CommandError, InterruptedError, reasonOf } from './errors.js';

const barWidth = 24;

/** Time between two pictures of the bar, in milliseconds. */
const barPause = 100;

export class Terminal {
  #interrupted = false;
  #controller = new AbortController();
  #barShown = false;
  #barTime = 0;
  #stopListening;

  constructor() {
    const onInterrupt = () => {
      if (this.#interrupted) process.exit(130); // asked twice
      this.#interrupted = true;
      this.#controller.abort(new InterruptedError('interrupted'));
    };
    process.on('SIGINT', onInterrupt);
    this.#stopListening = () => process.off('SIGINT', onInterrupt);
  }

  /** Aborts at Ctrl-C. */
  get signal() {
    return this.#controller.signal;
  }

  /**
   * A pause in long work, in which Ctrl-C is heard.
   * @param {() => string} [state] what to say of the work when it is interrupted
   * @throws {InterruptedError}
   */
  async pause(state = () => '') {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#interrupted) throw new InterruptedError(['interrupted', state()].filter(Boolean).join(' '));
  }

  /**
   * A result, to the standard output.
   * @param {string} text with its line ends
   */
  async print(text) {
    try {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    } catch (error) {
      throw unprintable(error); // thrown at once by some releases of Node, an event in others
    }
  }

  /** A word to the person, to the standard error. @param {string} text may hold names from anybody's file */
  say(text) {
    this.clearBar();
    utter(`${text.replace(/(?!\n)\p{C}/gu, '\ufffd')}\n`);
  }

  /**
   * A bar on the standard error, if that is a terminal.
   * @param {number} share 0 … 1
   * @param {string} text
   */
  showProgress(share, text) {
    if (!process.stderr.isTTY) return;
    const now = performance.now();
    if (this.#barShown && now - this.#barTime < barPause) return;
    this.#barTime = now;
    this.#barShown = true;
    const full = Math.round(share * barWidth);
    const bar = '█'.repeat(full).padEnd(barWidth, '░');
    const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${text}`;
    utter(`\r${line.slice(0, (process.stderr.columns || 80) - 1)}\x1b[K`);
  }

  clearBar() {
    if (this.#barShown) utter('\r\x1b[K');
    this.#barShown = false;
  }

  close() {
    this.clearBar();
    this.#stopListening();
  }
}

/** @param {string} text */
function utter(text) {
  try {
    process.stderr.write(text);
  } catch {
    // A full disk behind it: words that cannot be said are no reason to lose the work.
  }
}

/** @param {unknown} error of the standard output */
export const unprintable = (error) =>
  new CommandError(`the standard output cannot be written: ${reasonOf(error) ?? error}`);

/** @param {number} value */
export const percent = (value) => `${(value * 100).toFixed(1)} %`;

/** @param {number} count @param {string} one @param {string} [many] */
export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
