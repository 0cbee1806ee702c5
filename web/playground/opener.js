/** Another run in the place of this one: from a link, a file, a pasted text, or what getState gave. */

import { loadCore } from '../engine/core.js';
import { openSessionOn } from '../engine/open-session.js';
import { isSession, looksLikeSession } from './files.js';
import { strings } from './strings.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('../engine/open-session.js').SessionSource} SessionSource */
/** @typedef {import('./notes.js').Notes} Notes */

/** An opened link is replayed by itself for so long, and further when asked. ms */
const PROMPT_REPLAY = 3000;

/** @param {DragEvent} event */
export const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') === true;

/**
 * @typedef {object} Host what the opener asks of the element
 * @property {(part: string) => boolean} isLocked
 * @property {(text: string) => Promise<void>} takeTable shows a table of points, to be taken or left
 * @property {(type: string) => void} announce
 * @property {() => void} forget what was noticed of the run before
 * @property {() => void} changed
 */

export class Opener {
  #run;
  #page;
  #travel;
  #host;

  /**
   * @param {import('./view-state.js').Run} run
   * @param {import('./view-state.js').Page} page
   * @param {import('./travel.js').Travel} travel
   * @param {Host} host
   */
  constructor(run, page, travel, host) {
    this.#run = run;
    this.#page = page;
    this.#travel = travel;
    this.#host = host;
  }

  /** @param {string} payload @param {(notes: Notes) => void} [note] */
  async openLink(payload, note) {
    await this.adopt(payload, note);
    this.#host.announce('two-layer-change');
  }

  /**
   * @param {SessionSource} source
   * @param {(notes: Notes) => void} [note] what to remember of it
   * @returns {Promise<void>} when the step that it shows is on screen
   */
  async adopt(source, note) {
    const session = openSessionOn(await loadCore(), source);
    this.#run.session?.free();
    this.#run.session = session;
    this.#page.playing = false;
    if (typeof this.#page.tool === 'number' && this.#page.tool >= session.settings.classes) this.#page.tool = 0;
    this.#page.shared.file = undefined;
    this.#host.forget();
    note?.(this.#run.notes);
    await this.showLink(session);
  }

  /** Replays an opened link to the step that it shows: at once where that is soon done, else when asked. @param {Session} session */
  async showLink(session) {
    if (session.warnings.length > 0) this.#run.notes.notice = strings.dropped(session.warnings);
    this.#page.touched = true;
    if (session.shownStep > session.step || !session.replayed) {
      this.#run.notes.unreplayed = session.shownStep;
      await this.replayLink(session, PROMPT_REPLAY);
    }
    this.#host.changed();
  }

  /** @param {Session} session @param {number} [patience] ms */
  async replayLink(session, patience) {
    try {
      const { status, parameter, agrees } = await this.#travel.to(session, session.shownStep, patience);
      this.#run.notes.unreplayed = undefined;
      if (status === 'diverged') this.#run.notes.diverged = parameter || 'J';
      if (agrees === false) this.#run.notes.notice = strings.dropped(session.warnings);
    } catch (error) {
      // Stopped, or overtaken by an edit: the run stands where it stood, and the caption says that it is not replayed.
      if (!(error instanceof DOMException)) throw error;
    }
    this.#host.changed();
  }

  /**
   * Opens a saved run. What is damaged in it is dropped and named, what is none changes nothing, and the run that was here
   * can be gone back to.
   *
   * @param {string} text
   * @param {string} name of where it comes from
   */
  async openSession(text, name) {
    if (text.trim() === '') return;
    if (!isSession(text)) {
      this.#refuse(strings.notASession(name));
      return;
    }
    const before = this.#run.session?.toJSON();
    await this.openLink(text, (notes) => {
      notes.before = before;
      notes.opened = name;
    });
  }

  /** A file that somebody picked or dropped: a run, or a table of points. @param {File} file */
  async takeFile(file) {
    const text = await file.text();
    if (looksLikeSession(text)) await this.openSession(text, file.name);
    else if (this.#host.isLocked('points')) this.#refuse(strings.pointsLocked);
    else await this.#host.takeTable(text);
  }

  /** Without this a file that misses its place would replace the page, and the run with it. @param {DragEvent} event */
  drop(event) {
    const [file] = event.dataTransfer?.files ?? [];
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    if (file !== undefined) this.takeFile(file);
  }

  /** @param {string} why */
  #refuse(why) {
    this.#run.notes.notice = why;
    this.#host.changed();
  }
}
