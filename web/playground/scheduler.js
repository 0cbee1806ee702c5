/**
 * One scheduler for the page: all elements together train for at most 8 ms a frame.
 *
 * Pace is kept by the clock, not by the frame, so 60 and 120 Hz train equally fast. What a slice could not do is
 * dropped, never owed: after a hidden tab, a long task or a pace that the machine cannot hold there is no catching up.
 */

/** Of a frame of 16.7 ms; the rest is for drawing, input and the host page. */
export const SLICE = 8;
/**
 * Training and drawing together take about this much of a frame, as layout and what the browser does with the canvases come
 * to it: where drawing is dear, the slice is shorter. ms
 */
const FRAME_WORK = 11;
/** While somebody draws, the events between the frames are work, too, of about so many ms. */
const STROKE = 3;
/** But never so short that training starves. ms */
const LEAST_SLICE = 2;
/** Longest span of clock, in ms, that one frame makes good: a stutter, but not an absence. */
const LONGEST_GAP = 100;
/** Steps are handed out in chunks of about this many ms, so that a slice ends on time. */
const CHUNK = 1;

/**
 * @typedef {object} Client
 * @property {() => boolean} isTraining
 * @property {() => number} pace in steps a second, Infinity for as many as fit
 * @property {() => boolean} isDrawnOn whether somebody is drawing on it
 * @property {(steps: number) => number} train takes at most that many; returns how many it took
 * @property {(now: number) => boolean} draw after training; true if it wants another frame
 * @property {(now: number) => boolean} isTextDue whether this frame shows texts, too, which not every frame does
 * @property {() => void} showText after drawing, where that is due
 */

/**
 * @typedef {object} Entry
 * @property {Client} client
 * @property {number} due steps, with a fraction
 * @property {number} cost estimated ms a step
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now in ms
 * @property {(callback: (now: number) => void) => number} requestFrame
 * @property {(handle: number) => void} cancelFrame
 */

/** @returns {Clock} */
function pageClock() {
  return {
    now: () => performance.now(),
    requestFrame: (callback) => requestAnimationFrame(callback),
    cancelFrame: (handle) => cancelAnimationFrame(handle),
  };
}

export class Scheduler {
  /** @type {Map<Client, Entry>} */
  #entries = new Map();
  /** @type {Clock | undefined} */
  #clock;
  /** @type {number | undefined} */
  #frame;
  /** When the previous frame trained; undefined after a rest, so that the next one starts its span anew. */
  /** @type {number | undefined} */
  #last;
  /** ms that drawing takes at its dearest, forgotten slowly. */
  #drawing = 0;
  /** The same of texts, in the frames that show them. */
  #showing = 0;
  /** Whose turn it is to go first, so that no element starves the others. */
  #turn = 0;

  /** @param {Clock} [clock] the page's own unless given */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {Client} client */
  add(client) {
    this.#entries.set(client, { client, due: 0, cost: 0.001 });
    this.wake();
  }

  /** @param {Client} client */
  remove(client) {
    this.#entries.delete(client);
    if (this.#entries.size === 0 && this.#frame !== undefined) {
      this.#clock?.cancelFrame(this.#frame);
      this.#frame = undefined;
      this.#last = undefined;
    }
  }

  /** Asks for a frame: a client has begun to train or has something to draw. */
  wake() {
    if (this.#frame !== undefined || this.#entries.size === 0) return;
    this.#clock ??= pageClock();
    this.#frame = this.#clock.requestFrame((now) => this.#tick(now));
  }

  /** @param {number} now */
  #tick(now) {
    this.#frame = undefined;
    const entries = [...this.#entries.values()];
    const training = entries.filter(({ client }) => client.isTraining());
    const showing = entries.filter(({ client }) => client.isTextDue(now));
    if (training.length > 0) {
      const elapsed = Math.min(LONGEST_GAP, Math.max(0, now - (this.#last ?? now)));
      this.#last = now;
      const stroke = entries.some(({ client }) => client.isDrawnOn()) ? STROKE : 0;
      this.#train(training, elapsed, stroke + (showing.length > 0 ? this.#showing : 0));
    } else {
      this.#last = undefined;
    }
    const clock = /** @type {Clock} */ (this.#clock);
    const start = clock.now();
    let again = false;
    for (const { client } of entries) {
      const wants = client.draw(now);
      again = wants || client.isTraining() || again;
    }
    const drawn = clock.now();
    this.#drawing = Math.max(drawn - start, 0.97 * this.#drawing);
    for (const { client } of showing) client.showText();
    if (showing.length > 0) this.#showing = Math.max(clock.now() - drawn, 0.9 * this.#showing);
    if (again) this.wake();
  }

  /** @param {Entry[]} training @param {number} elapsed ms @param {number} taken ms that texts and events take of this frame */
  #train(training, elapsed, taken) {
    const clock = /** @type {Clock} */ (this.#clock);
    const end = clock.now() + Math.min(SLICE, Math.max(LEAST_SLICE, FRAME_WORK - this.#drawing - taken));
    for (const entry of training) {
      const pace = entry.client.pace();
      entry.due = pace === Infinity ? Infinity : entry.due + (pace * elapsed) / 1000;
    }
    this.#turn += 1;
    const order = training.map((_, i) => /** @type {Entry} */ (training[(i + this.#turn) % training.length]));
    let open = order.filter(({ due }) => due >= 1);
    while (open.length > 0 && clock.now() < end) {
      for (const entry of open) {
        const start = clock.now();
        const room = end - start;
        if (room <= 0) break;
        const steps = Math.max(1, Math.min(Math.floor(entry.due), Math.floor(Math.min(CHUNK, room) / entry.cost)));
        const done = entry.client.train(steps);
        const spent = clock.now() - start;
        // A clock coarser than a chunk (Firefox: 1 ms) reads 0; the estimate then shrinks, and the chunk doubles.
        if (done > 0) entry.cost = Math.max(1e-5, spent > 0 ? 0.5 * (entry.cost + spent / done) : entry.cost / 2);
        entry.due = done < steps ? 0 : entry.due - done;
      }
      open = open.filter(({ due, client }) => due >= 1 && client.isTraining());
    }
    for (const entry of training) entry.due = entry.due === Infinity ? 0 : entry.due % 1;
  }
}

/** The page's own. It asks nothing of the page until an element joins. */
export const pageScheduler = new Scheduler();
