/** Going to another step of a run: it says how far it is, and can be stopped. */

export class Travel {
  /** @type {AbortController | undefined} */
  #underway;
  /** @type {(share: number | undefined) => void} */
  #tell;

  /** @param {(share: number | undefined) => void} tell how much of the way is done; undefined: it has ended */
  constructor(tell) {
    this.#tell = tell;
  }

  get isUnderway() {
    return this.#underway !== undefined;
  }

  stop() {
    this.#underway?.abort();
  }

  /**
   * @param {import('../engine/session.js').Session} session
   * @param {number} step
   * @param {number} [patience] ms after which it stops by itself
   * @throws {DOMException} AbortError: it was stopped, or overtaken; then nothing has changed
   */
  async to(session, step, patience) {
    const stop = new AbortController();
    const timer = patience === undefined ? undefined : setTimeout(() => stop.abort(), patience);
    this.#underway = stop;
    const onProgress = (/** @type {number} */ share) => {
      if (share < 1 && this.#underway === stop) this.#tell(share);
    };
    try {
      return await session.seek(step, { signal: stop.signal, onProgress });
    } finally {
      clearTimeout(timer);
      if (this.#underway === stop) {
        this.#underway = undefined;
        this.#tell(undefined);
      }
    }
  }
}
