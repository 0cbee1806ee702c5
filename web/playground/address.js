/**
 * The page's address follows the run, on a page of our own: a reload, a bookmark or a copied address opens the same run.
 * The address follows after a while; what a reload must bring back exactly, and a run that is too long for an address,
 * stands in the history's entry. In an embed the address is the host's and is never written.
 */

/** Browsers limit how often the address may change (Safari: 100 times in 30 s). ms */
const INTERVAL = 1000;
/** Writing may take this share of the time: packing a long run is not free. */
const SHARE = 0.02;
/** Longer links are cut by mail programs and refused by servers: the page then offers a file. Characters. */
export const MAX_LINK = 8192;
/** How long a page that is left may still be there, as its server is slow. ms */
const LEAVING = 10_000;
/** What the history's entry is called in its state, which others may have written into. */
const ENTRY = 'two-layer';

export class Address {
  /** What was written or opened last: that is here already. */
  #current = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => string) | undefined} the run's link as it is when it is written */
  #link;
  #interval = INTERVAL;
  /** The address's fragment as it was last seen: where it is another, somebody has gone elsewhere. */
  #fragment = location.hash;
  /** Until then the page is about to be left. ms; Infinity: it is, and its run is not to be kept */
  #leaving = 0;

  /**
   * @param {(payload: string) => void} open another link was put into the address
   * @param {AbortSignal} signal of the element's leaving
   */
  constructor(open, signal) {
    // So that the entry is known again, and not taken for one that somebody has made.
    if (this.payload === '') replaceEntry('', undefined);
    window.addEventListener(
      'hashchange',
      () => {
        this.#fragment = location.hash;
        const { payload } = this;
        const isOpening = history.state?.[ENTRY] === '';
        if (payload === this.#current || (payload === '' && !isOpening)) return;
        // What was to be written is of the run that is left.
        this.#link = undefined;
        this.#current = payload;
        if (isOpening) {
          this.#leaving = Infinity;
          location.reload(); // back to what the page opens by itself
        } else open(payload);
      },
      { signal },
    );
    for (const type of ['beforeunload', 'pagehide']) {
      window.addEventListener(type, () => this.#keep(), { signal });
    }
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The link in the history's entry, which is the newer one, or that in the address, or ''. */
  get payload() {
    const kept = history.state?.[ENTRY];
    return typeof kept === 'string' ? kept : location.hash.slice(1);
  }

  /** Writes the link soon; what comes before that is written with it. @param {() => string} link */
  follow(link) {
    if (this.#leaving === Infinity) return;
    this.#link = link;
    this.#timer ??= setTimeout(() => this.#write(), this.#interval);
  }

  /**
   * A page that is left remembers what it came to since the address was written. Only in the entry: an address that
   * changes now would come too late for a reload, and take the entry with it.
   */
  #keep() {
    this.#leaving = Math.max(this.#leaving, performance.now() + LEAVING);
    if (this.#link !== undefined) replaceEntry(this.#link(), undefined);
  }

  #write() {
    this.#timer = undefined;
    if (this.#link === undefined) return;
    const start = performance.now();
    if (start < this.#leaving) {
      replaceEntry(this.#link(), undefined);
      return;
    }
    if (location.hash !== this.#fragment) {
      this.#fragment = location.hash; // its own event is on the way, and opens what is there
      return;
    }
    const link = this.#link();
    const page = location.href.split('#')[0] ?? '';
    const fits = isLinkable(`${page}#${link}`);
    this.#current = link;
    replaceEntry(fits ? undefined : link, fits ? `#${link}` : page);
    this.#fragment = location.hash;
    this.#interval = Math.max(INTERVAL, (performance.now() - start) / SHARE);
  }
}

/**
 * @param {string | undefined} link to be kept in the history's entry
 * @param {string | undefined} address undefined: as it is
 */
function replaceEntry(link, address) {
  try {
    history.replaceState({ ...history.state, [ENTRY]: link }, '', address);
  } catch {
    // An opaque origin (srcdoc, a sandbox) may not change its address: the link is in the Share drawer all the same.
  }
}

/** @param {string} link */
export function isLinkable(link) {
  return link.length <= MAX_LINK;
}
