/**
 * What has been noticed about a run since it began or was rewound: what the caption speaks of and the chart flags. Kept
 * beside the session, not in it: a replay notices the same again.
 */

import { strings } from './strings.js';
import { isFlapping, LEARNED, presentClasses, saturatedShare } from './watch.js';

/** @typedef {import('../engine/session.js').Session} Session */

/** Examples times units up to which saturation is looked for: about a millisecond. */
const CHEAP = 100_000;

/** Time to read a message, while the run goes on. ms */
const READING = 8000;

export class Notes {
  /** The parameter that would have left the numbers. @type {string | undefined} */
  diverged;
  /** @type {string | undefined} */
  #notice;
  /** When it was given, ms. */
  #noticed = 0;
  /** The share of a link's replay that is done. @type {number | undefined} */
  replay;
  /** The step that a link shows, until it is replayed. @type {number | undefined} */
  unreplayed;
  /** The file that was opened last. @type {string | undefined} */
  opened;
  /** The run that it replaced. @type {ReturnType<Session['toJSON']> | undefined} */
  before;
  isFlapping = false;
  isSaturated = false;
  /** When J first came low. @type {{ step: number, text: string } | undefined} */
  found;
  /** The latest stroke that drew. @type {{ stroke: number, class: number, ids: number[], step: number, won: number } | undefined} */
  stroke;
  /** The step before the stroke that was undone, where weights have learned from it since. @type {number | undefined} */
  undoneStep;
  /** α before it was last changed, and when. @type {{ rate: number, step: number } | undefined} */
  rateBefore;

  /** A message that something could not be done, or was asked for. @returns {string | undefined} */
  get notice() {
    return this.#notice;
  }

  set notice(words) {
    this.#notice = words;
    this.#noticed = performance.now();
  }

  /**
   * Looks at the run, a few times a second.
   *
   * @param {Session} session
   * @param {{ isPlaying: boolean, isOpening: boolean }} page isOpening: nothing but the ring has been on it yet
   */
  look(session, { isPlaying, isOpening }) {
    const { points, loss, settings } = session;
    const { values, length } = session.losses;
    // What it said was true when it was said; the run has gone on.
    if (isPlaying && performance.now() - this.#noticed > READING) this.notice = undefined;
    this.isFlapping = isPlaying && settings.batchSize === 0 && isFlapping(values, length);
    if (loss < LEARNED) {
      this.found ??= { step: session.step, text: isOpening ? strings.flagFound : strings.flagLearned };
    }
    this.isSaturated = false;
    const isCheap = points.length * settings.hidden <= CHEAP;
    if (isCheap && points.length > 0 && loss > 0.3 && session.step - session.startStep > 100) {
      const { A1 } = session.network.forward(points.map((point) => [point.x, point.y]));
      this.isSaturated = saturatedShare(A1, settings.activation) === 1;
    }
    if (this.stroke !== undefined && session.step > this.stroke.step) this.stroke.won = this.#countWon(session);
  }

  /** Points were added. @param {Session} session @param {number} stroke @param {number} last the highest id before */
  drew(session, stroke, last) {
    const added = session.points.filter(({ id }) => id > last);
    const ids = added.map(({ id }) => id);
    if (this.stroke !== undefined && this.stroke.stroke === stroke) this.stroke.ids.push(...ids);
    else this.stroke = { stroke, class: added[0]?.class ?? 0, ids, step: session.step, won: 0 };
  }

  /** The latest stroke was undone. @param {Session} session */
  undid(session) {
    const { stroke } = this;
    this.undoneStep = stroke !== undefined && stroke.step < session.step ? stroke.step : undefined;
    this.stroke = undefined;
  }

  /** How many of the latest stroke's points stand on their own side. @param {Session} session */
  #countWon(session) {
    const ids = new Set(this.stroke?.ids);
    const points = session.points.filter(({ id }) => ids.has(id));
    if (points.length === 0) return 0;
    const p = session.network.predict(points.map((point) => [point.x, point.y]));
    const { classes } = session.settings;
    return points.filter((point, i) => {
      if (classes === 2) return (p[i] > 0.5 ? 1 : 0) === point.class;
      const row = p.slice(i * classes, (i + 1) * classes);
      return row.indexOf(Math.max(...row)) === point.class;
    }).length;
  }

  /**
   * All that the caption is chosen by.
   *
   * @param {Session} session
   * @param {import('./view-state.js').Page} page
   * @returns {import('./captions.js').Scene}
   */
  scene(session, { playing, resting, touched, selected, moving }) {
    const { points, settings, step } = session;
    const { stroke } = this;
    return {
      points: points.length,
      present: presentClasses(points),
      classes: settings.classes,
      preset: session.data?.preset,
      playing,
      resting,
      step,
      loss: session.loss,
      learningRate: settings.learningRate,
      previousRate: this.rateBefore?.rate,
      flapping: this.isFlapping,
      saturated: this.isSaturated,
      diverged: this.diverged,
      replay: this.replay,
      unreplayed: this.unreplayed,
      touched,
      stroke:
        stroke === undefined
          ? undefined
          : { count: stroke.ids.length, class: stroke.class, won: stroke.won, age: step - stroke.step },
      undone: this.undoneStep !== undefined && step > this.undoneStep,
      selected,
      moving,
      replaced: this.before !== undefined,
      opened: this.opened,
      notice: this.notice,
    };
  }
}
