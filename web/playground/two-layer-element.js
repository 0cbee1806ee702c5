/**
 * The <two-layer> element: the one module that knows the order of things.
 *
 *     events from people and authors -> session.edit -> session.train (in the scheduler's slices) -> views draw
 *
 * The session holds what the network and the points are; this element holds what is only on screen (the tool, the chosen
 * point, the open drawer); the views hold nothing.
 */

import { html, LitElement, nothing } from 'lit';
import { loadCore } from '../engine/core.js';
import { presetNames } from '../engine/presets.js';
import { createSession } from '../engine/session.js';
import { barView } from './bar-view.js';
import { captionView, spokenCaption } from './caption-view.js';
import { chooseCaption, smallerRate } from './captions.js';
import { describe, sharesOfPlane } from './describe.js';
import { Field, wholePlane } from './field.js';
import { flagText } from './flags.js';
import { ERASER_RADIUS } from './gestures.js';
import { headerView } from './header-view.js';
import { Lines } from './lines.js';
import { LossChart } from './loss-chart.js';
import { Marks } from './marks.js';
import { equations } from './mathematics.js';
import { formatLoss, formatNumber, formatStep, parseNumber } from './numbers.js';
import { OPENING } from './opening.js';
import { attributeText, booleans, options } from './options.js';
import { DEFAULT_PACE } from './pace.js';
import { fieldColours, palettes } from './palette.js';
import { PlotInput } from './plot-input.js';
import { convertTable, guessMapping, readTable, writeCsv } from './points-file.js';
import { pointsView } from './points-view.js';
import { railView } from './rail-view.js';
import { pageScheduler } from './scheduler.js';
import { settingsView } from './settings-view.js';
import { sideView } from './side-view.js';
import { SPRAY_RADIUS } from './spray.js';
import { strings } from './strings.js';
import { styles } from './styles.js';
import { unavailableView } from './unavailable-view.js';
import { isFlapping, LEARNED, labelEntropy, presentClasses, saturatedShare } from './watch.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('./view-state.js').ViewState} ViewState */
/** @typedef {{ stroke: number, class: number, ids: number[], step: number, won: number }} Stroke the latest one that drew */
/** @typedef {{ least: number, most: number, open?: boolean, whole?: boolean }} Limit */

const MAX_POINTS = 20000;
/** Texts and chart follow the training this often; faster than can be read is only work. ms */
const TEXT_INTERVAL = 66;
/** How often the run is looked at for what the caption should say. ms */
const WATCH_INTERVAL = 250;
/** Reduced motion: the picture is repainted twice a second. ms */
const CALM_INTERVAL = 500;
/** two-layer-step comes at most this often. ms */
const EVENT_INTERVAL = 250;
/** At most one spoken message in this time. ms */
const SPEECH_INTERVAL = 5000;
/** Training rests after so long without a person's doing: sooner once it has learned. ms */
const REST_LEARNED = 20_000;
const REST = 120_000;
/** While J flaps, each frame adds this share of the new picture to the old one. */
const BLEND = 0.12;

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

export class TwoLayerElement extends LitElement {
  /** @override */
  static styles = styles;

  /** @override */
  static get observedAttributes() {
    // biome-ignore lint/complexity/noThisInStatic: Lit finalizes the class that asks, which must be this one
    return [...super.observedAttributes, ...options.map(({ attribute }) => attribute)];
  }

  /** @type {Session | undefined} */
  #session;
  /** @type {unknown} why there is no session */
  #failure;
  /** @type {Promise<void> | undefined} */
  #ready;

  // What is on screen and in no session.
  #playing = false;
  #resting = false;
  #pace = DEFAULT_PACE;
  /** @type {number | 'erase'} */
  #tool = 0;
  /** @type {number | undefined} */
  #selected;
  #isMoving = false;
  #cursor = { x: 0, y: 0 };
  #hasCursor = false;
  /** @type {'settings' | 'points' | undefined} */
  #drawer;
  /** @type {Record<string, string | undefined>} */
  #errors = {};
  #tablePage = 0;
  /** @type {import('./points-view.js').Draft | undefined} */
  #draft;
  #csv = '';
  #isArmed = false;
  #isPrinting = false;
  #spoken = '';

  // What was noticed.
  /** @type {string | undefined} */
  #diverged;
  /** @type {string | undefined} */
  #notice;
  #isFlapping = false;
  #isSaturated = false;
  #touched = false;
  /** The points as the preset gave them. */
  /** @type {readonly unknown[] | undefined} */
  #presetPoints;
  #starts = 0;
  /** @type {Stroke | undefined} */
  #stroke;
  /** @type {number | undefined} the step before the stroke that was undone */
  #undoneStep;
  /** @type {{ rate: number, step: number } | undefined} */
  #rateBefore;
  /** @type {{ step: number, text: string } | undefined} when J first came low */
  #found;
  /** @type {import('./captions.js').Caption} */
  #caption = { said: [], next: [], actions: [], urgent: false };

  // When things were last done, ms.
  #lastInput = 0;
  #lastText = 0;
  #lastWatch = 0;
  #lastPaint = 0;
  #lastEvent = 0;
  #lastSpeech = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speech;

  #isVisible = true;
  /** @type {Field | undefined} */
  #field;
  /** @type {Lines | undefined} */
  #lines;
  /** @type {Marks | undefined} */
  #marks;
  /** @type {LossChart | undefined} */
  #chart;
  /** @type {PlotInput | undefined} */
  #input;
  /** @type {Uint32Array | undefined} */
  #colours;
  #coloursKey = '';
  #isReflecting = false;
  /** @type {AbortController | undefined} */
  #abort;
  #darkScheme = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  #reducedMotion = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

  /** @type {import('./scheduler.js').Client} */
  #client = {
    isTraining: () => this.#playing && this.#isVisible && this.isConnected && !document.hidden,
    pace: () => this.#pace,
    train: (steps) => this.#train(steps),
    draw: (now) => this.#draw(now),
  };

  // ---- Life -----------------------------------------------------------------

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.#upgradeProperties();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    // An arrow in a field must not turn the host page's slide.
    for (const type of ['keydown', 'keyup', 'keypress'])
      this.addEventListener(type, (event) => event.stopPropagation(), { signal });
    this.addEventListener('keydown', (event) => this.#shortcut(/** @type {KeyboardEvent} */ (event)), { signal });
    for (const type of ['pointerdown', 'pointermove', 'keydown']) {
      this.addEventListener(type, () => (this.#lastInput = performance.now()), { signal, passive: true });
    }
    this.#darkScheme?.addEventListener('change', () => this.#restyle(), { signal });
    window.addEventListener('beforeprint', () => this.#setPrinting(true), { signal });
    window.addEventListener('afterprint', () => this.#setPrinting(false), { signal });
    // A tap elsewhere gives one finger back to scrolling.
    document.addEventListener('pointerdown', (event) => this.#disarmOutside(event), { signal });
    this.#watchVisibility(signal);
    this.#isArmed = this.hasAttribute('standalone');
    if (this.hasAttribute('standalone')) dressPage(signal);
    this.#ready ??= this.#begin();
    pageScheduler.add(this.#client);
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    pageScheduler.remove(this.#client);
    this.#abort?.abort();
    clearTimeout(this.#speech);
  }

  /**
   * Nothing is rendered before there is something to show: points and boundary are there at first paint.
   *
   * @override
   */
  async scheduleUpdate() {
    await this.#ready;
    return super.scheduleUpdate();
  }

  async #begin() {
    try {
      this.#session = this.#createSession(await loadCore());
      this.#presetPoints = this.#session.points;
    } catch (error) {
      this.#failure = error;
      this.#announce('two-layer-error', { message: messageOf(error) });
      return;
    }
    this.#lastInput = performance.now();
    const pace = this.#option('pace');
    if (typeof pace === 'number' && pace > 0) this.#pace = pace;
    this.#playing = this.hasAttribute('autoplay') && this.#reducedMotion?.matches !== true;
    this.updateComplete.then(() => this.#announce('two-layer-ready'));
  }

  /**
   * A session from the attributes. What one of them asks for and cannot have is dropped and named; the rest stands.
   *
   * @param {import('../engine/core.js').Core} core
   */
  #createSession(core) {
    /** @type {Record<string, unknown>} */
    const wishes = {};
    for (const { key, kind, attribute, parse } of options) {
      const text = this.getAttribute(attribute);
      if (kind !== 'page' && text !== null) wishes[key] = parse(text);
    }
    if (wishes.points !== undefined) delete wishes.preset;
    else wishes.preset ??= 'ring';
    if (wishes.seed === undefined && wishes.preset === 'ring') wishes.seed = OPENING.seed;
    for (;;) {
      try {
        return createSession(core, wishes);
      } catch (error) {
        const message = messageOf(error);
        const named = (/** @type {string} */ key) => new RegExp(`^(?:\\w+\\.)?${key}\\b`).test(message);
        const culprit = Object.keys(wishes).find(named);
        if (culprit === undefined) throw error;
        delete wishes[culprit];
        if (culprit === 'preset' || culprit === 'points') wishes.preset = 'ring';
        this.#notice = message;
        this.#announce('two-layer-error', { message });
      }
    }
  }

  /** Properties that were set before this class was there are set again, through their accessors. */
  #upgradeProperties() {
    for (const { property } of options) {
      if (Object.hasOwn(this, property)) {
        const value = /** @type {any} */ (this)[property];
        delete (/** @type {any} */ (this)[property]);
        /** @type {any} */ (this)[property] = value;
      }
    }
  }

  /** @param {AbortSignal} signal */
  #watchVisibility(signal) {
    const observer = new IntersectionObserver((entries) => {
      this.#isVisible = entries.at(-1)?.isIntersecting ?? true;
      if (this.#isVisible) pageScheduler.wake();
    });
    observer.observe(this);
    signal.addEventListener('abort', () => observer.disconnect());
    document.addEventListener('visibilitychange', () => pageScheduler.wake(), { signal });
  }

  // ---- Attributes and properties ----------------------------------------------

  /** @override @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    super.attributeChangedCallback(name, old, value);
    if (this.#isReflecting || old === value) return;
    const option = options.find(({ attribute }) => attribute === name);
    if (option === undefined) return;
    try {
      this.#apply(option, value === null ? undefined : option.parse(value));
    } catch (error) {
      this.#notice = messageOf(error);
      this.#announce('two-layer-error', { message: messageOf(error) });
      this.#changed();
    }
  }

  /**
   * What an option is now: the session's word, else the attribute's.
   *
   * @param {string} property
   * @returns {unknown}
   */
  #option(property) {
    const option = options.find((candidate) => candidate.property === property);
    if (option === undefined) return undefined;
    const { attribute, kind, key, parse } = option;
    if (kind === 'page') {
      if (booleans.includes(attribute)) return this.hasAttribute(attribute);
      if (key === 'pace' && this.#session !== undefined) return this.#pace;
      const text = this.getAttribute(attribute);
      return text === null ? (key === 'pace' ? DEFAULT_PACE : '') : parse(text);
    }
    const session = this.#session;
    if (session === undefined) {
      const text = this.getAttribute(attribute);
      return text === null ? undefined : parse(text);
    }
    if (key === 'points') return session.points.map((point) => ({ x: point.x, y: point.y, class: point.class }));
    return kind === 'data' ? /** @type {any} */ (this.#data)[key] : /** @type {any} */ (session.settings)[key];
  }

  /**
   * @param {string} property
   * @param {unknown} value
   * @throws {RangeError | TypeError} naming what is wrong, before anything changes
   */
  #setOption(property, value) {
    const option = options.find((candidate) => candidate.property === property);
    if (option === undefined) return;
    const { attribute, parse } = option;
    if (booleans.includes(attribute)) {
      this.toggleAttribute(attribute, Boolean(value));
      return;
    }
    // Frameworks hand attributes' texts to properties.
    this.#apply(option, typeof value === 'string' ? parse(value) : value);
    this.#isReflecting = true;
    if (value === undefined || value === null) this.removeAttribute(attribute);
    else this.setAttribute(attribute, attributeText(value));
    this.#isReflecting = false;
  }

  /** @param {import('./options.js').Option} option @param {any} value undefined where the attribute went */
  #apply({ kind, key }, value) {
    const session = this.#session;
    if (session === undefined) return; // the attributes are read when the session is made
    if (kind === 'setting' && value !== undefined) {
      session.edit(key === 'hidden' ? { hidden: value } : { set: { [key]: value } });
    } else if (key === 'points') {
      if (value !== undefined) this.#replacePoints(value);
    } else if (kind === 'data') {
      if (value !== undefined) session.edit({ data: this.#dataWith({ [key]: value }) });
    } else if (key === 'pace') {
      if (Number.isNaN(value)) throw new RangeError('pace: a positive number of steps a second, or "max"');
      this.#pace = value ?? DEFAULT_PACE;
    } else if (key === 'autoplay' && value === true && !this.#touched) {
      this.play();
    } else if (key === 'theme') {
      this.#restyle();
    }
    this.#changed();
  }

  get #data() {
    const { data } = /** @type {Session} */ (this.#session);
    return { preset: undefined, n: 0, noise: 0, flip: 0, seed: 1, ...data };
  }

  /** @param {Record<string, unknown>} change */
  #dataWith(change) {
    const { preset, n, noise, flip, seed } = this.#data;
    // Another preset has its own number of points and noise; the seed goes with it.
    if (change.preset !== undefined && change.preset !== preset) {
      const opens = change.preset === 'ring' ? OPENING.seed : 1;
      return { seed: opens, ...change };
    }
    return { preset: preset ?? 'ring', n, noise, flip, seed, ...change };
  }

  // ---- Methods ----------------------------------------------------------------

  play() {
    if (this.#session === undefined) return;
    this.#playing = true;
    this.#resting = false;
    this.#diverged = undefined;
    this.#lastInput = performance.now();
    this.#changed();
  }

  pause() {
    this.#playing = false;
    this.#changed();
  }

  /**
   * Takes n steps at once.
   *
   * @param {number} [n]
   */
  step(n = 1) {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`step: ${n} is not a positive whole number of steps`);
    this.#train(n);
    this.#changed();
  }

  /** A new session as the attributes say. */
  reset() {
    if (this.#session === undefined) return;
    const old = this.#session;
    loadCore().then((core) => {
      this.#session = this.#createSession(core);
      old.free();
      this.#forget();
      this.#changed();
    });
  }

  /**
   * @param {number} step
   * @returns {Promise<void>}
   */
  async seek(step) {
    await this.#session?.seek(step);
    this.#forget();
    this.#changed();
  }

  /** Opaque: what setState takes. */
  getState() {
    return this.#session?.log;
  }

  /**
   * @param {number[][]} X
   * @returns {Float32Array | undefined} probabilities of class 1, or a row of them a class
   */
  predict(X) {
    return this.#session?.network.predict(X);
  }

  // ---- Training and drawing: what the scheduler calls ---------------------------

  /** @param {number} steps */
  #train(steps) {
    const session = this.#session;
    if (session === undefined) return 0;
    const result = session.train(steps);
    if (result.status === 'diverged') {
      this.#diverged = result.parameter || 'J';
      this.#playing = false;
      this.#announce('two-layer-diverged', { parameter: this.#diverged });
      this.requestUpdate();
    } else if (result.status === 'no-points' && this.#playing) {
      this.requestUpdate();
    }
    return result.steps;
  }

  /** @param {number} now @returns {boolean} whether another frame is wanted */
  #draw(now) {
    const session = this.#session;
    if (session === undefined || this.#field === undefined || !this.#isVisible) return false;
    let again = this.#input?.tick() ?? false;
    const isMoving = this.#client.isTraining() && session.points.length > 0;
    const isCalm = this.#reducedMotion?.matches === true && isMoving && now - this.#lastPaint < CALM_INTERVAL;
    again = this.#paint(session, isMoving, isCalm) || again;
    if (!isCalm) this.#lastPaint = now;
    if (now - this.#lastWatch >= WATCH_INTERVAL) {
      this.#lastWatch = now;
      this.#watch(session, now);
    }
    const textInterval = this.#reducedMotion?.matches === true ? CALM_INTERVAL : TEXT_INTERVAL;
    if (isMoving && now - this.#lastText >= textInterval) {
      this.#lastText = now;
      this.requestUpdate();
      if (now - this.#lastEvent >= EVENT_INTERVAL) {
        this.#lastEvent = now;
        this.#announce('two-layer-step');
      }
    }
    return again;
  }

  /**
   * Pixels → predict → colour, and what lies over it.
   *
   * @param {Session} session @param {boolean} moving @param {boolean} onlyMarks
   * @returns {boolean} whether another frame is wanted
   */
  #paint(session, moving, onlyMarks) {
    const plot = this.#part('plot');
    const side = plot?.clientWidth ?? 0;
    if (side === 0 || this.#field === undefined) return false;
    const ratio = window.devicePixelRatio || 1;
    const palette = this.#palette;
    const { classes } = session.settings;
    this.#marks?.draw(session.points, { side, ratio, palette, version: String(session.pointsVersion) });
    if (onlyMarks) return true;
    const coloursKey = `${palette.background} ${classes}`;
    if (coloursKey !== this.#coloursKey || this.#colours === undefined) {
      this.#colours = fieldColours(palette, classes);
      this.#coloursKey = coloursKey;
    }
    const version = `${session.parametersVersion} ${session.settingsVersion} ${coloursKey}`;
    const blend = this.#isFlapping && moving ? BLEND : 1;
    const colours = this.#colours;
    const again = this.#field.draw(session, { side: Math.round(side * ratio), version, colours, moving, blend });
    this.#lines?.draw(session, {
      side,
      ratio,
      palette,
      version,
      classes,
      moving,
      blend,
      hatched: this.#isPrinting,
      cursor: this.#hasCursor ? this.#cursor : undefined,
      chosen: session.points.find(({ id }) => id === this.#selected),
      brush: this.#brush,
    });
    return again;
  }

  /** The ring around the pointer, or the invitation at rest. */
  get #brush() {
    const isErasing = this.#tool === 'erase' || this.#input?.isErasing === true;
    const kind = isErasing ? undefined : /** @type {number} */ (this.#tool);
    if (this.#isInviting) return { place: OPENING.corner, radius: SPRAY_RADIUS, class: 0, inviting: true };
    const place = this.#input?.hover;
    if (place === undefined || this.#isLocked('points')) return undefined;
    return { place, radius: isErasing ? ERASER_RADIUS : SPRAY_RADIUS, class: kind, inviting: false };
  }

  get #isInviting() {
    return this.#found !== undefined && !this.#touched && this.#data.preset === 'ring' && !this.#isLocked('points');
  }

  /** Looks at the run for what the caption should say. @param {Session} session @param {number} now */
  #watch(session, now) {
    const { points, loss, settings } = session;
    const { values, length } = session.losses;
    this.#isFlapping = this.#playing && settings.batchSize === 0 && isFlapping(values, length);
    if (loss < LEARNED && this.#found === undefined) {
      const isRing = this.#data.preset === 'ring' && !this.#touched;
      this.#found = { step: session.step, text: isRing ? strings.flagFound : strings.flagLearned };
    }
    const isCheap = points.length * settings.hidden <= 100_000;
    this.#isSaturated = false;
    if (isCheap && points.length > 0 && loss > 0.3 && session.step > 100) {
      const { A1 } = session.network.forward(points.map((point) => [point.x, point.y]));
      this.#isSaturated = saturatedShare(A1, settings.activation) === 1;
    }
    if (this.#stroke !== undefined && session.step > this.#stroke.step) this.#stroke.won = this.#countWon(session);
    const idle = now - this.#lastInput;
    if (this.#playing && idle > (loss < LEARNED ? REST_LEARNED : REST)) {
      this.#playing = false;
      this.#resting = true;
      this.requestUpdate();
    }
    this.#recaption();
  }

  /** How many of the latest stroke's points stand on their own side. @param {Session} session */
  #countWon(session) {
    const stroke = /** @type {Stroke} */ (this.#stroke);
    const ids = new Set(stroke.ids);
    const points = session.points.filter(({ id }) => ids.has(id));
    if (points.length === 0) return 0;
    const p = session.network.predict(points.map((point) => [point.x, point.y]));
    const { classes } = session.settings;
    return points.filter((point, i) => {
      if (classes === 2) return /** @type {number} */ (p[i] > 0.5 ? 1 : 0) === point.class;
      const row = p.slice(i * classes, (i + 1) * classes);
      return row.indexOf(Math.max(...row)) === point.class;
    }).length;
  }

  #recaption() {
    const session = this.#session;
    if (session === undefined) return;
    const { points, settings } = session;
    const stroke = this.#stroke;
    const caption = chooseCaption({
      points: points.length,
      present: presentClasses(points),
      classes: settings.classes,
      preset: this.#data.preset,
      playing: this.#playing,
      resting: this.#resting,
      step: session.step,
      loss: session.loss,
      learningRate: settings.learningRate,
      previousRate: this.#rateBefore?.rate,
      flapping: this.#isFlapping,
      saturated: this.#isSaturated,
      diverged: this.#diverged,
      touched: this.#touched,
      stroke:
        stroke === undefined
          ? undefined
          : { count: stroke.ids.length, class: stroke.class, won: stroke.won, age: session.step - stroke.step },
      undone: this.#undoneStep !== undefined && session.step > this.#undoneStep,
      selected: this.#selected,
      moving: this.#isMoving,
      notice: this.#notice,
    });
    const before = spokenCaption(this.#caption);
    this.#caption = caption;
    const words = spokenCaption(caption);
    if (words !== before) {
      this.#say(words);
      this.requestUpdate();
    }
  }

  /** Politely, the latest word only, at most one in five seconds; what a person asked for comes at once. @param {string} words @param {boolean} [asked] */
  #say(words, asked = false) {
    clearTimeout(this.#speech);
    const wait = asked ? 0 : Math.max(0, this.#lastSpeech + SPEECH_INTERVAL - performance.now());
    this.#speech = setTimeout(() => {
      this.#lastSpeech = performance.now();
      // The same words again would not be a change, and so not be spoken.
      this.#spoken = words === this.#spoken ? `${words}\u00A0` : words;
      this.requestUpdate();
    }, wait);
  }

  /** Something is to be seen: texts now, canvases with the next frame. */
  #changed() {
    this.#recaption();
    this.requestUpdate();
    pageScheduler.wake();
  }

  #restyle() {
    this.#changed();
  }

  /** @param {boolean} on */
  #setPrinting(on) {
    this.#isPrinting = on;
    this.#drawChart();
    if (this.#session !== undefined) this.#paint(this.#session, false, false);
  }

  get #palette() {
    const theme = this.getAttribute('theme');
    const isDark = theme === 'dark' || (theme !== 'light' && this.#darkScheme?.matches === true);
    return palettes[isDark && !this.#isPrinting ? 'dark' : 'light'];
  }

  // ---- Edits ------------------------------------------------------------------

  /**
   * One edit, and all that follows from it.
   *
   * @param {Record<string, any>} edit
   * @returns {boolean} whether it was taken
   */
  #edit(edit) {
    const session = this.#session;
    if (session === undefined) return false;
    const stroke = edit.stroke ?? session.stroke();
    const room = MAX_POINTS - session.points.length;
    this.#notice = undefined;
    if (edit.add !== undefined && edit.add.length > room) {
      this.#notice = strings.caption.full(MAX_POINTS).flat().join(' ');
      if (room <= 0) {
        this.#changed();
        return false;
      }
      edit = { ...edit, add: edit.add.slice(0, room) };
    }
    const last = session.points.at(-1)?.id ?? -1;
    try {
      session.edit({ ...edit, stroke });
    } catch (error) {
      this.#notice = messageOf(error);
      this.#changed();
      return false;
    }
    this.#touched = true;
    this.#undoneStep = undefined;
    this.#diverged = undefined;
    if (edit.add !== undefined) {
      const ids = session.points.filter(({ id }) => id > last).map(({ id }) => id);
      const latest = this.#stroke;
      if (latest !== undefined && latest.stroke === stroke) latest.ids.push(...ids);
      else this.#stroke = { stroke, class: edit.add[0]?.class ?? 0, ids, step: session.step, won: 0 };
    } else if (edit.set === undefined && edit.hidden === undefined) {
      this.#stroke = undefined;
    }
    this.#afterEdit();
    return true;
  }

  #afterEdit() {
    this.#lastInput = performance.now();
    if (this.#resting) {
      this.#resting = false;
      this.#playing = true;
    }
    const ids = this.#session?.points;
    if (this.#selected !== undefined && !ids?.some(({ id }) => id === this.#selected)) {
      this.#selected = undefined;
      this.#isMoving = false;
    }
    this.#csv = '';
    this.#announce('two-layer-change');
    this.#changed();
  }

  /** After a seek or a new session nothing noticed before holds. */
  #forget() {
    this.#stroke = undefined;
    this.#undoneStep = undefined;
    this.#rateBefore = undefined;
    this.#found = undefined;
    this.#diverged = undefined;
    this.#notice = undefined;
    this.#selected = undefined;
    this.#isMoving = false;
    this.#errors = {};
    this.#csv = '';
  }

  /** @param {unknown} points */
  #replacePoints(points) {
    const session = /** @type {Session} */ (this.#session);
    const stroke = session.stroke();
    const most = Math.max(1, .../** @type {{ class: number }[]} */ (points).map((point) => point.class));
    if (most >= session.settings.classes) session.edit({ set: { classes: most + 1 }, stroke });
    if (session.points.length > 0) session.edit({ clear: true, stroke });
    session.edit({ add: /** @type {any} */ (points), stroke });
  }

  /** What pointer and keys meant. @param {import('./plot-input.js').Intent[]} intents */
  #act(intents) {
    for (const intent of intents) {
      if (intent.kind === 'add') {
        if (this.#edit({ add: intent.points, stroke: intent.stroke }) && this.#hasCursor) this.#sayPlace();
      } else if (intent.kind === 'move') this.#edit({ move: intent.moves, stroke: intent.stroke });
      else if (intent.kind === 'erase') this.#edit({ erase: intent.ids, stroke: intent.stroke });
      else if (intent.kind === 'relabel') this.#edit({ relabel: intent.labels, stroke: intent.stroke });
      else if (intent.kind === 'select') {
        this.#selected = intent.id;
        if (intent.id === undefined) this.#isMoving = false;
        this.#changed();
      } else if (intent.kind === 'moving') {
        this.#isMoving = intent.on;
        if (!intent.on) this.#selected = undefined;
        this.#changed();
      } else if (intent.kind === 'cursor') {
        this.#cursor = intent.place;
        this.#sayPlace();
        this.#changed();
      } else if (intent.kind === 'brush') this.#choose(intent.class);
      else if (intent.kind === 'undo' || intent.kind === 'undo-stroke') this.#undo();
      else if (intent.kind === 'redo') this.#redo();
      else if (intent.kind === 'describe') this.#describe();
    }
  }

  /** Where the cross-hair is, for the ear. */
  #sayPlace() {
    const session = this.#session;
    if (session === undefined) return;
    const { x, y } = this.#cursor;
    const point = session.points.find(({ id }) => id === this.#selected);
    if (point !== undefined) {
      this.#say(strings.pointAt(point.id, point.class, formatNumber(point.x, 2), formatNumber(point.y, 2)), true);
      return;
    }
    const p = session.network.predict([[x, y]]);
    const list =
      session.settings.classes === 2 ? [1 - /** @type {number} */ (p[0]), /** @type {number} */ (p[0])] : [...p];
    const best = list.indexOf(Math.max(...list));
    this.#say(
      strings.cursorAt(
        formatNumber(x, 1),
        formatNumber(y, 1),
        best,
        formatNumber(/** @type {number} */ (list[best]), 2),
      ),
      true,
    );
  }

  #undo() {
    const session = this.#session;
    if (session === undefined || !session.undo()) return;
    const stroke = this.#stroke;
    this.#undoneStep = stroke !== undefined && stroke.step < session.step ? stroke.step : undefined;
    this.#stroke = undefined;
    this.#touched = true;
    this.#afterEdit();
  }

  #redo() {
    if (!this.#session?.redo()) return;
    this.#undoneStep = undefined;
    this.#stroke = undefined;
    this.#afterEdit();
  }

  /** @param {number | 'erase'} tool */
  #choose(tool) {
    this.#tool = tool;
    if (tool !== 'erase') this.#say(strings.brush(tool), true);
    this.#changed();
  }

  #describe() {
    const session = this.#session;
    if (session === undefined) return;
    const words = describe({
      shares: sharesOfPlane(session.logits(wholePlane(60)), session.settings.classes),
      loss: session.loss,
      step: session.step,
      accuracy: session.accuracy.train,
      points: session.points.length,
      hidden: session.settings.hidden,
    });
    this.#say(words, true);
    this.#notice = words;
    this.#changed();
  }

  /** Ctrl+Z anywhere in the element but in a text field, which has an undo of its own; Escape closes the drawer. @param {KeyboardEvent} event */
  #shortcut(event) {
    const [target] = event.composedPath();
    const inField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const isPlot = target === this.#part('plot');
    if (event.key === 'Escape' && this.#drawer !== undefined && !event.defaultPrevented) {
      this.#open(undefined);
      event.preventDefault();
      return;
    }
    if (inField || isPlot || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && event.shiftKey) this.#redo();
    else if (key === 'z') this.#undo();
    else if (key === 'y') this.#redo();
    else return;
    event.preventDefault();
  }

  // ---- Settings -----------------------------------------------------------------

  /** Limits of what is typed, for words beside the field; the session checks for itself. @type {Record<string, Limit>} */
  static #limits = {
    hidden: { least: 1, most: 256, whole: true },
    learningRate: { least: 0, most: 1e6, open: true },
    momentum: { least: 0, most: 1 },
    batchSize: { least: 0, most: MAX_POINTS, whole: true },
    l1: { least: 0, most: 1e6 },
    l2: { least: 0, most: 1e6 },
    n: { least: 1, most: MAX_POINTS, whole: true },
    noise: { least: 0, most: 3 },
    flip: { least: 0, most: 1 },
    seed: { least: 0, most: 2 ** 53, whole: true },
  };

  /**
   * @param {string} key of a limit
   * @param {string} text
   * @returns {{ value: number } | { error: string }}
   */
  #readNumber(key, text) {
    const value = parseNumber(text);
    const limit = /** @type {Limit} */ (TwoLayerElement.#limits[key]);
    if (Number.isNaN(value)) return { error: strings.notANumber };
    if (limit.open ? value <= limit.least : value < limit.least) {
      return { error: limit.open ? strings.above(limit.least) : strings.atLeast(limit.least) };
    }
    if (value > limit.most) return { error: strings.atMost(limit.most) };
    if (limit.whole && !Number.isInteger(value)) return { error: strings.wholeNumber };
    return { value };
  }

  /** @param {string} key @param {string} text */
  #typeSetting(key, text) {
    const read = this.#readNumber(key, text);
    this.#errors = { ...this.#errors, [key]: 'error' in read ? read.error : undefined };
    if ('value' in read) {
      if (key === 'hidden') this.#edit({ hidden: read.value });
      else this.#set({ [key]: read.value });
    }
    this.#changed();
  }

  /** @param {string} key @param {string} text */
  #typeData(key, text) {
    const read = this.#readNumber(key, text);
    this.#errors = { ...this.#errors, [`data-${key}`]: 'error' in read ? read.error : undefined };
    if ('value' in read) this.#edit({ data: this.#dataWith({ [key]: read.value }) });
    this.#changed();
  }

  /** @param {Record<string, unknown>} change */
  #set(change) {
    const session = this.#session;
    if (session === undefined) return;
    const { learningRate } = session.settings;
    const { step } = session;
    if (!this.#edit({ set: change })) return;
    if (session.settings.learningRate !== learningRate) {
      this.#rateBefore = { rate: learningRate, step };
      this.#errors = { ...this.#errors, learningRate: undefined };
    }
    if (change.classes !== undefined && typeof this.#tool === 'number' && this.#tool >= session.settings.classes)
      this.#tool = 0;
  }

  /** @param {Record<string, unknown>} change */
  #setData(change) {
    const session = this.#session;
    if (session === undefined) return;
    const stroke = session.stroke();
    const data = this.#dataWith(change);
    if (!this.#edit({ data, stroke })) return;
    this.#presetPoints = session.points;
    // Other points, another run: a network that knows the old ones would start from its mistakes.
    if (change.preset !== undefined) {
      session.edit({ start: { seed: data.seed } });
      this.#forget();
      this.#touched = change.preset !== 'ring';
      this.#errors = {};
      this.#changed();
    }
  }

  #newStart() {
    const session = this.#session;
    if (session === undefined) return;
    this.#starts += 1;
    this.#edit({ start: { seed: session.seed + this.#starts } });
    this.#forget();
    this.#changed();
  }

  /** @param {import('./captions.js').Action['id']} id */
  async #followCaption(id) {
    const session = this.#session;
    if (session === undefined) return;
    const back = this.#rateBefore;
    if (id === 'before-rate' && back !== undefined) await this.#rewind(back.step, { learningRate: back.rate });
    else if (id === 'smaller-rate') {
      this.#diverged = undefined;
      this.#set({ learningRate: smallerRate(session.settings.learningRate) });
      this.play();
    } else if (id === 'new-start') this.#newStart();
    else if (id === 'rewind' && this.#undoneStep !== undefined) await this.#rewind(this.#undoneStep);
  }

  /** @param {number} step @param {Record<string, unknown>} [set] */
  async #rewind(step, set) {
    const session = /** @type {Session} */ (this.#session);
    const wasPlaying = this.#playing;
    this.#playing = false;
    await session.seek(step);
    this.#forget();
    if (set !== undefined) session.edit({ set });
    this.#playing = wasPlaying;
    this.#announce('two-layer-change');
    this.#changed();
  }

  // ---- Drawers --------------------------------------------------------------------

  /** @param {'settings' | 'points' | undefined} drawer */
  async #open(drawer) {
    const before = this.#drawer;
    this.#drawer = drawer;
    this.#draft = undefined;
    this.#changed();
    await this.updateComplete;
    if (drawer !== undefined) this.#part('drawer-close')?.focus();
    else if (before !== undefined) for (const button of this.#openers(before)) button.focus();
  }

  /** The buttons that open a drawer: one in the bar, one in the header; focus finds the one that is shown. @param {string} drawer */
  #openers(drawer) {
    return [this.#part(`${drawer}-button`), this.#part(`${drawer}-button-narrow`)].filter((button) => button !== null);
  }

  /** @param {string} text */
  #readTable(text) {
    const table = readTable(text);
    if (table === undefined) this.#notice = strings.emptyTable;
    else this.#draft = { table, mapping: guessMapping(table) };
    this.#changed();
  }

  /** @param {boolean} take */
  #closeDraft(take) {
    const draft = this.#draft;
    this.#draft = undefined;
    if (take && draft !== undefined) {
      const { points } = convertTable(draft.table, draft.mapping);
      try {
        this.#replacePoints(points);
        this.#forget();
        this.#touched = true;
        this.#afterEdit();
      } catch (error) {
        this.#notice = messageOf(error);
      }
    }
    this.#changed();
  }

  #saveCsv() {
    const csv = writeCsv(/** @type {Session} */ (this.#session).points);
    // A sandboxed frame swallows downloads without a word: the text stands beside, to be copied.
    this.#csv = csv;
    const link = document.createElement('a');
    const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
    link.href = url;
    link.download = 'points.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    this.#changed();
  }

  // ---- What is on screen ------------------------------------------------------------

  /** @param {string} id @returns {HTMLElement | null} */
  #part(id) {
    return this.renderRoot?.querySelector(`#${id}`) ?? null;
  }

  /** @param {string} list @param {string} part */
  #lists(list, part) {
    return (this.getAttribute(list) ?? '').split(/[\s,]+/).includes(part);
  }

  /** @param {string} part */
  #isLocked(part) {
    const name = part === 'hidden' && this.#lists('lock', 'hidden-units') ? 'hidden-units' : part;
    return this.#lists('lock', name);
  }

  /** @param {string} part */
  #shows(part) {
    return !this.hasAttribute('show') || this.#lists('show', part);
  }

  /** @returns {ViewState} */
  #viewState() {
    const session = /** @type {Session} */ (this.#session);
    return {
      settings: session.settings,
      data: this.#data,
      isDrawn: session.canUndo && session.points !== this.#presetPoints,
      points: session.points,
      step: session.step - session.startStep,
      loss: session.loss,
      testLoss: session.testLoss,
      accuracy: session.accuracy,
      playing: this.#playing,
      canPlay: session.points.length > 0,
      pace: this.#pace,
      tool: this.#tool,
      canUndo: session.canUndo,
      canRedo: session.canRedo,
      drawer: this.#drawer,
      errors: this.#errors,
      theme: this.getAttribute('theme') || 'auto',
      ask: this.getAttribute('ask') ?? '',
      shows: (part) => this.#shows(part),
      isLocked: (part) => this.#isLocked(part),
      caption: this.#caption,
      tablePage: this.#tablePage,
      draft: this.#draft,
      csv: this.#csv,
    };
  }

  /** @type {import('./view-state.js').Actions} */
  #actions = {
    togglePlay: () => (this.#playing ? this.pause() : this.play()),
    stepOnce: () => {
      this.#playing = false;
      this.step(1);
    },
    newStart: () => this.#newStart(),
    setPace: (pace) => {
      this.#pace = pace;
      this.#changed();
    },
    typeSetting: (key, text) => this.#typeSetting(key, text),
    set: (change) => this.#set(change),
    setHidden: (hidden) => this.#edit({ hidden }),
    setData: (change) => this.#setData(change),
    typeData: (key, text) => this.#typeData(key, text),
    choose: (tool) => this.#choose(tool),
    undo: () => this.#undo(),
    redo: () => this.#redo(),
    clear: () => this.#edit({ clear: true }),
    open: (drawer) => this.#open(drawer),
    setTheme: (theme) => {
      if (theme === 'auto') this.removeAttribute('theme');
      else this.setAttribute('theme', theme);
    },
    caption: (id) => this.#followCaption(id),
    describe: () => this.#describe(),
    edit: (edit) => this.#edit(edit),
    turnTable: (page) => {
      this.#tablePage = page;
      this.#changed();
    },
    readTable: (text) => this.#readTable(text),
    readFile: async (file) => this.#readTable(await file.text()),
    changeDraft: (change) => {
      if (this.#draft !== undefined) this.#draft = { ...this.#draft, ...change };
      this.#changed();
    },
    closeDraft: (take) => this.#closeDraft(take),
    saveCsv: () => this.#saveCsv(),
  };

  /** @override */
  render() {
    if (this.#session === undefined) return unavailableView(this.#failure);
    const level = this.hasAttribute('standalone') ? 1 : 2;
    const state = this.#viewState();
    const hasRail = state.shows('tools') && !state.isLocked('points');
    const isTouch = matchMedia('(pointer: coarse)').matches;
    return html`<div class="frame ${hasRail ? 'has-rail' : ''} ${state.drawer === undefined ? '' : 'has-drawer'}">
      ${state.shows('header') ? headerView(state, this.#actions, presetNames, level) : nothing}
      ${hasRail ? railView(state, this.#actions) : nothing}
      <div
        class="plot ${this.#isArmed ? '' : 'scrolls'}"
        id="plot"
        part="plot"
        tabindex="0"
        role="application"
        aria-label=${strings.plot}
        aria-roledescription=${strings.plotRole}
        aria-describedby="plot-help"
      >
        <canvas id="field"></canvas><canvas id="lines"></canvas><canvas id="marks"></canvas>
        ${
          isTouch && hasRail && !this.hasAttribute('standalone')
            ? html`<button type="button" class="tap" @click=${() => this.#arm(!this.#isArmed)}>
                ${this.#isArmed ? strings.doneDrawing : strings.tapToDraw}
              </button>`
            : nothing
        }
      </div>
      ${ticks}
      <span class="unseen" id="plot-help">${strings.plotHelp}</span>
      ${state.shows('caption') ? captionView(state, this.#actions) : nothing}
      ${sideView(state, this.#actions, level + 1)}
      ${state.drawer === 'settings' ? settingsView(state, this.#actions, level + 1) : nothing}
      ${state.drawer === 'points' ? pointsView(state, this.#actions, level + 1) : nothing}
      ${barView(state, this.#actions)}
      <div class="unseen" role="status" aria-live="polite">${this.#spoken}</div>
      <div class="print-only">${equations(state.settings.activation)}${this.#printedSettings(state)}</div>
    </div>`;
  }

  /** @param {ViewState} state */
  #printedSettings({ settings, data, step, loss }) {
    return html`<p>
      ${strings.printed({
        preset: data.preset ?? strings.drawn,
        hidden: settings.hidden,
        activation: settings.activation,
        optimizer: strings.optimizers[settings.optimizer] ?? settings.optimizer,
        rate: formatNumber(settings.learningRate, 6),
        step: formatStep(step),
        loss: formatLoss(loss),
      })}
      ${this.hasAttribute('standalone') ? location.href : nothing}
    </p>`;
  }

  /** @override */
  firstUpdated() {
    const canvas = (/** @type {string} */ id) => /** @type {HTMLCanvasElement | null} */ (this.#part(id));
    const field = canvas('field');
    const lines = canvas('lines');
    const marks = canvas('marks');
    const plot = this.#part('plot');
    if (field === null || lines === null || marks === null || plot === null) return;
    this.#field = new Field(field);
    this.#lines = new Lines(lines);
    this.#marks = new Marks(marks);
    this.#input = new PlotInput(plot, {
      surface: () => this.#surface(),
      act: (intents) => this.#act(intents),
      drawsByTouch: () => this.#isArmed,
      armTouch: () => this.#arm(true),
      wake: () => pageScheduler.wake(),
    });
    plot.addEventListener('focus', () => {
      this.#hasCursor = plot.matches(':focus-visible');
      this.#changed();
    });
    plot.addEventListener('blur', () => {
      this.#hasCursor = false;
      this.#changed();
    });
    const sizes = new ResizeObserver(() => {
      this.#drawChart();
      // At once, not with the next frame: a canvas stretched for a frame is seen.
      if (this.#session !== undefined) this.#paint(this.#session, this.#client.isTraining(), false);
      pageScheduler.wake();
    });
    sizes.observe(this);
    sizes.observe(plot);
    const chart = canvas('chart');
    if (chart !== null) {
      this.#chart = new LossChart(chart);
      sizes.observe(chart);
    }
    if (this.#session !== undefined) this.#paint(this.#session, false, false);
    this.#recaption();
    pageScheduler.wake();
  }

  /** @override */
  updated() {
    this.#drawChart();
  }

  /** points → X, Y → train → loss → chart. */
  #drawChart() {
    const session = this.#session;
    if (session === undefined || this.#chart === undefined) return;
    const { steps, values, testSteps, testValues } = sinceStart(session.losses, session.startStep);
    this.#chart.draw(
      {
        steps,
        values,
        testSteps,
        testValues,
        step: session.step - session.startStep,
        loss: session.loss,
        entropy: session.points.length === 0 ? Number.NaN : labelEntropy(session.points),
        flags: this.#flags(session),
      },
      this.#palette,
    );
    const first = values[0];
    this.#part('chart')?.setAttribute(
      'aria-label',
      first === undefined
        ? strings.noLossYet
        : strings.chart(formatLoss(session.loss), formatLoss(first), formatStep(session.step - session.startStep)),
    );
  }

  /** @param {Session} session @returns {import('./loss-chart.js').Flag[]} */
  #flags(session) {
    const start = session.startStep;
    const flags = session.flags
      .filter(({ step, kind }) => step > start && kind !== 'start')
      .map((flag) => ({ step: flag.step - start, text: flagText(flag), isPerson: true }));
    if (this.#found !== undefined) flags.push({ ...this.#found, step: this.#found.step - start, isPerson: false });
    return flags;
  }

  #surface() {
    const session = /** @type {Session} */ (this.#session);
    return {
      points: session.points,
      tool: this.#tool,
      selected: this.#selected,
      classes: session.settings.classes,
      pointsLocked: this.#isLocked('points'),
      stroke: () => session.stroke(),
      cursor: this.#cursor,
      moving: this.#isMoving,
      brush: this.#tool === 'erase' ? 0 : this.#tool,
    };
  }

  /** @param {boolean} on */
  #arm(on) {
    this.#isArmed = on;
    this.#changed();
  }

  /** @param {PointerEvent} event */
  #disarmOutside(event) {
    if (this.#isArmed && !this.hasAttribute('standalone') && !event.composedPath().includes(this)) this.#arm(false);
  }

  /** @param {string} type @param {Record<string, unknown>} [more] */
  #announce(type, more = {}) {
    const session = this.#session;
    const state =
      session === undefined
        ? {}
        : {
            step: session.step,
            loss: session.loss,
            testLoss: session.testLoss,
            accuracy: session.accuracy.train,
            hidden: session.settings.hidden,
          };
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail: { ...state, ...more } }));
  }

  /** @param {string} property */
  readOption(property) {
    return this.#option(property);
  }

  /** @param {string} property @param {unknown} value */
  writeOption(property, value) {
    this.#setOption(property, value);
  }
}

for (const { property } of options) {
  Object.defineProperty(TwoLayerElement.prototype, property, {
    configurable: true,
    enumerable: true,
    /** @this {TwoLayerElement} */
    get() {
      return this.readOption(property);
    },
    /** @this {TwoLayerElement} @param {unknown} value */
    set(value) {
      this.writeOption(property, value);
    },
  });
}

/**
 * The traces of this start alone, counted from it.
 *
 * @param {import('../engine/session.js').Losses} losses
 * @param {number} start
 */
function sinceStart({ steps, values, testSteps, testValues }, start) {
  if (start === 0) return { steps, values, testSteps, testValues };
  const first = steps.findIndex((step) => step >= start);
  const firstTest = testSteps.findIndex((step) => step >= start);
  const from = (/** @type {number[]} */ list, /** @type {number} */ at) => (at === -1 ? [] : list.slice(at));
  return {
    steps: from(steps, first).map((step) => step - start),
    values: from(values, first),
    testSteps: from(testSteps, firstTest).map((step) => step - start),
    testValues: from(testValues, firstTest),
  };
}

/** −3 … 3 along both axes, and their names. */
const ticks = html`<div class="ticks ticks-2" aria-hidden="true">${[-3, -2, -1, 0, 1, 2, 3].map((x) => html`<span>${formatNumber(x)}</span>`)}</div>
  <div class="ticks ticks-1" aria-hidden="true">${[-3, -2, -1, 0, 1, 2, 3].map((x) => html`<span>${formatNumber(x)}</span>`)}</div>
  <span class="axis-name axis-1" aria-hidden="true">x₁</span><span class="axis-name axis-2" aria-hidden="true">x₂</span>`;

/** The page around a standalone element: no margin, the same paper. @param {AbortSignal} signal */
function dressPage(signal) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `body { margin: 0; background: ${palettes.light.background} }
    @media (prefers-color-scheme: dark) { body { background: ${palettes.dark.background} } }
    body:has(two-layer[theme=light]) { background: ${palettes.light.background} }
    body:has(two-layer[theme=dark]) { background: ${palettes.dark.background} }
    @media print { body { background: none } }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  signal.addEventListener('abort', () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });
}
