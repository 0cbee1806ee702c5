/**
 * The page's address follows the run, on a page of our own: a reload, a bookmark or a copied address opens the same run.
 * A run that is too long for an address stands in the history's entry instead, which a reload brings back too.
 * In an embed the address is the host's and is never written.
 */

/** Browsers limit how often the address may change (Safari: 100 times in 30 s). ms */
const INTERVAL = 1000;
/** Writing may take this share of the time: packing a long run is not free. */
const SHARE = 0.02;
/** Longer links are cut by mail programs and refused by servers: the page then offers a file. Characters. */
export const MAX_LINK = 8192;
/** What the history's entry is called in its state, which others may have written into. */
const ENTRY = 'two-layer';

export class Address {
  /** What was written last: our own change is nobody's wish to open another run. */
  #written = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => string) | undefined} what is to be written */
  #next;
  #interval = INTERVAL;

  /**
   * @param {(payload: string) => void} open another link was put into the address
   * @param {AbortSignal} signal of the element's leaving
   */
  constructor(open, signal) {
    window.addEventListener(
      'hashchange',
      () => {
        const payload = location.hash.slice(1);
        if (payload !== '' && payload !== this.#written) open(payload);
      },
      { signal },
    );
    window.addEventListener('pagehide', () => this.#write(), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The link in the address, or the one in its history entry, or ''. */
  get payload() {
    const kept = history.state?.[ENTRY];
    return location.hash.slice(1) || (typeof kept === 'string' ? kept : '');
  }

  /** Writes the link soon; what comes before that is written with it. @param {() => string} link */
  follow(link) {
    this.#next = link;
    this.#timer ??= setTimeout(() => this.#write(), this.#interval);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#next === undefined) return;
    const start = performance.now();
    const link = this.#next();
    this.#next = undefined;
    const page = location.href.split('#')[0] ?? '';
    const fits = isLinkable(`${page}#${link}`);
    this.#written = fits ? link : '';
    try {
      history.replaceState({ ...history.state, [ENTRY]: fits ? undefined : link }, '', fits ? `#${link}` : page);
    } catch {
      // An opaque origin (srcdoc, a sandbox) may not change its address: the link is in the Share drawer all the same.
    }
    this.#interval = Math.max(INTERVAL, (performance.now() - start) / SHARE);
  }
}

/** @param {string} link */
export function isLinkable(link) {
  return link.length <= MAX_LINK;
}
