/**
 * The page's address follows the run, on a page of our own: a reload, a bookmark or a copied address opens the same run.
 * In an embed the address is the host's and is never written.
 */

/** Browsers limit how often the address may change (Safari: 100 times in 30 s). ms */
const INTERVAL = 1500;

export class Address {
  /** What was written last: our own change is nobody's wish to open another run. */
  #written = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {(payload: string) => void} open another link was put into the address
   * @param {AbortSignal} signal of the element's leaving
   */
  constructor(open, signal) {
    window.addEventListener(
      'hashchange',
      () => {
        if (this.payload !== '' && this.payload !== this.#written) open(this.payload);
      },
      { signal },
    );
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The link in the address, or ''. */
  get payload() {
    return location.hash.slice(1);
  }

  /** Writes the link soon; what comes before that is written with it. @param {() => string} link */
  follow(link) {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#written = link();
      try {
        history.replaceState(history.state, '', `#${this.#written}`);
      } catch {
        // An opaque origin (srcdoc, a sandbox) may not change its address: the link is in the Share drawer all the same.
      }
    }, INTERVAL);
  }
}
