/** The run on its way out: as a link, in the address, in the Share drawer and as a file. */

import { isLinkable, MAX_LINK } from './address.js';
import { copyText } from './clipboard.js';
import { saveFile } from './files.js';
import { EVENT_INTERVAL } from './frames.js';
import { strings } from './strings.js';

/** Packing a long run for the Share drawer may take this share of the time. */
const SHARE_OF_TIME = 0.05;
/** Steps times examples times units, about nanoseconds: of longer runs a link brings the end along, too. */
const LONG_RUN = 2e9;

/**
 * @typedef {object} Host what sharing asks of the element
 * @property {() => boolean} isStandalone
 * @property {() => boolean} isCopying whether a text to copy has the focus
 * @property {(id: string) => HTMLElement | null} part
 * @property {(words: string) => void} say
 * @property {() => void} changed
 */

export class Sharing {
  #run;
  #page;
  #host;
  /** Of a page of our own. @type {import('./address.js').Address | undefined} */
  address;
  /** Whether anything was pressed yet: until then the address need not remember what the page does by itself. */
  #isUsed = false;
  #next = 0;

  /**
   * @param {import('./view-state.js').Run} run
   * @param {import('./view-state.js').Page} page
   * @param {Host} host
   */
  constructor(run, page, host) {
    this.#run = run;
    this.#page = page;
    this.#host = host;
  }

  noteUse() {
    this.#isUsed = true;
    this.#followAddress();
  }

  /** Something has changed. @param {boolean} isMoving whether it goes on changing with every frame */
  follow(isMoving) {
    this.#followAddress();
    if (this.#page.drawer !== 'share') return;
    if (!isMoving) {
      this.#show();
      return;
    }
    // The drawer follows the training, unless somebody is about to copy from it by hand.
    const now = performance.now();
    if (this.#host.isCopying() || now < this.#next) return;
    this.#show();
    this.#next = now + Math.max(EVENT_INTERVAL, (performance.now() - now) / SHARE_OF_TIME);
  }

  /** The drawer is opened: it shows what is, whenever it was that it last did. */
  refresh() {
    this.#next = 0;
  }

  link() {
    const { session } = this.#run;
    if (session === undefined) return '';
    const link = session.link();
    if (session.end * session.points.length * session.settings.hidden < LONG_RUN) return link;
    const shown = session.link({ checkpoint: true });
    return shown.length <= MAX_LINK / 2 ? shown : link;
  }

  async copyLink() {
    const isCopied = await copyText(this.#fullLink, this.#host.part('link'));
    if (!isCopied) this.#run.notes.notice = strings.selected;
    this.#page.isCopied = isCopied;
    this.#host.say(isCopied ? strings.copied : strings.selected);
    this.#host.changed();
  }

  saveSession() {
    const { session } = this.#run;
    if (session === undefined) return;
    const text = JSON.stringify(session);
    saveFile('two-layer-run.json', 'application/json', text);
    this.#show({ text, step: session.step - session.startStep });
    this.#host.changed();
  }

  #followAddress() {
    // Where something of a link was dropped the address still has it, until something is done.
    const isOpen = this.#page.touched && this.#run.session?.warnings.length === 0;
    if (this.#isUsed || isOpen) this.address?.follow(() => this.link());
  }

  /** The whole address on a page of our own, else what the `session` attribute takes. */
  get #fullLink() {
    return this.#host.isStandalone() ? `${location.href.split('#')[0]}#${this.link()}` : this.link();
  }

  /** The run as the Share drawer shows it. @param {{ text: string, step: number }} [file] */
  #show(file = this.#page.shared.file) {
    const { session } = this.#run;
    if (session === undefined) return;
    const link = this.#fullLink;
    this.#page.shared = {
      link,
      isLinkable: isLinkable(link),
      step: session.step - session.startStep,
      hash: session.hash(),
      file,
      warnings: session.warnings,
    };
  }
}
