/**
 * The <two-layer> element: the one module that knows the order of things.
 *
 *     events from people and authors -> session.edit -> session.train (in the scheduler's slices) -> views draw
 *
 * The session holds what the network and the points are; this element holds what is only on screen (the tool, the chosen
 * point, the open drawer); the views hold nothing.
 */

import { html, nothing } from 'lit';
import { loadCore } from '../engine/core.js';
import { openSessionOn } from '../engine/open-session.js';
import { presetNames } from '../engine/presets.js';
import { Address, isLinkable, MAX_LINK } from './address.js';
import { planeAxes } from './axes.js';
import { barView } from './bar-view.js';
import { captionView, spokenCaption } from './caption-view.js';
import { chooseCaption, smallerRate } from './captions.js';
import { copyText } from './clipboard.js';
import { placeInWords, runInWords } from './describe.js';
import { isSession, looksLikeSession, saveFile } from './files.js';
import { ERASER_RADIUS } from './gestures.js';
import { headerView } from './header-view.js';
import { Notes } from './notes.js';
import { formatLoss, formatStep } from './numbers.js';
import { OPENING } from './opening.js';
import { options } from './options.js';
import { OptionsElement } from './options-element.js';
import { DEFAULT_PACE } from './pace.js';
import { dressPage } from './page-dress.js';
import { palettes } from './palette.js';
import { PlotInput } from './plot-input.js';
import { plotView } from './plot-view.js';
import { convertTable, guessMapping, readTable, writeCsv } from './points-file.js';
import { pointsView } from './points-view.js';
import { printedView } from './printed-view.js';
import { railView } from './rail-view.js';
import { pageScheduler } from './scheduler.js';
import { sessionFromAttributes } from './session-from-attributes.js';
import { settingsView } from './settings-view.js';
import { shareView } from './share-view.js';
import { sideView } from './side-view.js';
import { Speech } from './speech.js';
import { SPRAY_RADIUS } from './spray.js';
import { Stage } from './stage.js';
import { classLetters, strings } from './strings.js';
import { styles } from './styles.js';
import { ticksView } from './ticks-view.js';
import { Travel } from './travel.js';
import { MAX_POINTS, readTypedNumber } from './typed-number.js';
import { unavailableView } from './unavailable-view.js';
import { LEARNED } from './watch.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('./view-state.js').ViewState} ViewState */

/** Texts and chart follow the training this often; faster than can be read is only work. ms */
const TEXT_INTERVAL = 66;
/** How often the run is looked at for what the caption should say. ms */
const WATCH_INTERVAL = 250;
/** Reduced motion: the picture is repainted twice a second. ms */
const CALM_INTERVAL = 500;
/** two-layer-step comes at most four times a second. ms */
const EVENT_INTERVAL = 250;
/** Packing a long run for the Share drawer may take this share of the time. */
const SHARE_OF_TIME = 0.05;
/** Training rests after so long without a person's doing: sooner once it has learned. ms */
const REST_LEARNED = 20_000;
const REST = 120_000;
/** An opened link is replayed by itself for so long, and further when asked. ms */
const PROMPT_REPLAY = 3000;
/** Steps times examples times units, about nanoseconds: of longer runs a link brings the end along, too. */
const LONG_RUN = 2e9;

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') === true;

/** @returns {import('./view-state.js').Page} */
const newPage = () => ({
  playing: false,
  pace: DEFAULT_PACE,
  tool: 0,
  selected: undefined,
  moving: false,
  cursor: { x: 0, y: 0 },
  drawer: undefined,
  errors: {},
  tablePage: 0,
  draft: undefined,
  csv: '',
  isCopied: false,
  shared: { link: '', isLinkable: true, step: 0, hash: '', file: undefined, warnings: [] },
  drawsByTouch: false,
  caption: { said: [], next: [], actions: [], urgent: false },
});

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

export class TwoLayerElement extends OptionsElement {
  /** @override */
  static styles = styles;

  /** @type {Session | undefined} */
  #session;
  /** @type {unknown} why there is no session */
  #failure;
  /** @type {Promise<void> | undefined} */
  #ready;
  #notes = new Notes();

  /** What is on screen and in no session. */
  #page = newPage();
  /** @type {Address | undefined} */
  #address;
  #travel = new Travel((share) => {
    this.#notes.replay = share;
    this.#changed();
  });
  /** @type {readonly import('../engine/session.js').Flag[]} */
  #flags = [];
  #flagsKey = '';
  /** Whether anything was pressed yet: until then the address need not remember what the page does by itself. */
  #isUsed = false;
  #isResting = false;
  #isTouched = false;
  #hasCursor = false;
  #isPrinting = false;
  #isVisible = true;
  #starts = 0;

  // When things were last done, ms.
  #lastInput = 0;
  #lastText = 0;
  #lastWatch = 0;
  #lastPaint = 0;
  #lastEvent = 0;
  /** Whether texts have not followed the latest change. */
  #isBehind = false;
  #nextShare = 0;

  #speech = new Speech(() => this.requestUpdate());
  /** @type {Stage | undefined} */
  #stage;
  /** @type {PlotInput | undefined} */
  #input;
  /** @type {AbortController | undefined} */
  #abort;
  #darkScheme = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  #reducedMotion = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

  /** @type {import('./scheduler.js').Client} */
  #client = {
    isTraining: () => this.#page.playing && this.#isVisible && this.isConnected && !document.hidden,
    pace: () => this.#page.pace,
    train: (steps) => this.#train(steps),
    draw: (now) => this.#draw(now),
    isTextDue: (now) => this.#isTextDue(now),
    showText: () => this.#showText(),
  };

  // ---- Life -------------------------------------------------------------------------

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    // An arrow in a field must not turn the host page's slide.
    for (const type of ['keydown', 'keyup', 'keypress']) {
      this.addEventListener(type, (event) => event.stopPropagation(), { signal });
    }
    this.addEventListener('keydown', (event) => this.#shortcut(event), { signal });
    for (const type of ['pointerdown', 'pointermove', 'keydown']) {
      this.addEventListener(type, () => this.#noteInput(), { signal, passive: true });
    }
    for (const type of ['pointerdown', 'keydown']) {
      this.addEventListener(type, () => this.#noteUse(), { signal, passive: true });
    }
    this.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    this.addEventListener('drop', (event) => this.#drop(event), { signal });
    this.#darkScheme?.addEventListener('change', () => this.#changed(), { signal });
    window.addEventListener('beforeprint', () => this.#setPrinting(true), { signal });
    window.addEventListener('afterprint', () => this.#setPrinting(false), { signal });
    // A tap elsewhere gives one finger back to scrolling.
    document.addEventListener('pointerdown', (event) => this.#disarmOutside(event), { signal });
    document.addEventListener('visibilitychange', () => pageScheduler.wake(), { signal });
    const sight = new IntersectionObserver((entries) => {
      this.#isVisible = entries.at(-1)?.isIntersecting ?? true;
      pageScheduler.wake();
    });
    sight.observe(this);
    signal.addEventListener('abort', () => sight.disconnect());
    this.#page.drawsByTouch = this.#isStandalone;
    if (this.#isStandalone) {
      dressPage(signal);
      this.#address = new Address((payload) => this.#openSession(payload, strings.addressLink), signal);
    }
    this.#ready ??= this.#begin();
    pageScheduler.add(this.#client);
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    pageScheduler.remove(this.#client);
    this.#abort?.abort();
    this.#speech.stop();
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
    const link = this.getAttribute('session') || this.#address?.payload || '';
    try {
      const core = await loadCore();
      this.#session =
        link === ''
          ? sessionFromAttributes(core, this, (error) => this.refuseOption(error))
          : openSessionOn(core, link);
    } catch (error) {
      this.#failure = error;
      this.#announce('two-layer-error', { message: messageOf(error) });
      return;
    }
    this.#noteInput();
    const pace = super.readOption(
      /** @type {import('./options.js').Option} */ (options.find(({ key }) => key === 'pace')),
    );
    if (typeof pace === 'number' && pace > 0) this.#page.pace = pace;
    this.#page.playing = link === '' && this.hasAttribute('autoplay') && this.#reducedMotion?.matches !== true;
    if (link !== '') this.#showLink(this.#session);
    this.updateComplete.then(() => this.#announce('two-layer-ready'));
  }

  get #isStandalone() {
    return this.hasAttribute('standalone');
  }

  // ---- Attributes and properties --------------------------------------------------------

  /** @override @param {unknown} error */
  refuseOption(error) {
    this.#notes.notice = messageOf(error);
    this.#announce('two-layer-error', { message: messageOf(error) });
    this.#changed();
  }

  /** @override @param {import('./options.js').Option} option */
  readOption(option) {
    const session = this.#session;
    const { kind, key } = option;
    if (key === 'pace') return this.#page.pace;
    if (kind === 'page' || session === undefined) return super.readOption(option);
    if (key === 'points') return session.points.map((point) => ({ x: point.x, y: point.y, class: point.class }));
    return Reflect.get(kind === 'data' ? this.#data.data : session.settings, key);
  }

  /** @override @param {import('./options.js').Option} option @param {any} value */
  applyOption({ kind, key }, value) {
    const session = this.#session;
    if (session === undefined) return; // the attributes are read when the session is made
    if (key === 'session') {
      if (value !== undefined) this.#openLink(value);
    } else if (kind === 'setting') {
      if (value !== undefined) session.edit(key === 'hidden' ? { hidden: value } : { set: { [key]: value } });
    } else if (key === 'points') {
      if (value !== undefined) this.#replacePoints(value);
    } else if (kind === 'data') {
      if (value !== undefined) this.#setData({ [key]: value });
    } else if (key === 'pace') {
      if (Number.isNaN(value)) throw new RangeError('pace: a positive number of steps a second, or "max"');
      this.#page.pace = value ?? DEFAULT_PACE;
    } else if (key === 'autoplay' && value === true && !this.#isTouched) {
      this.play();
    }
    this.#changed();
  }

  /** What is known of the points: preset and numbers, names and axes; without a preset, what a next one would have. */
  get #data() {
    const data = this.#session?.data;
    return {
      data: {
        preset: data?.preset,
        n: data?.n ?? 200,
        noise: data?.noise ?? 0.1,
        flip: data?.flip ?? 0,
        seed: data?.seed ?? 1,
      },
      names: classLetters.map((letter, k) => data?.names[k] ?? letter),
      // Real data names its classes; drawn points and computed presets have letters.
      hasNames: (data?.source ?? '') !== '',
      axes: data?.axes ?? planeAxes,
    };
  }

  // ---- Methods --------------------------------------------------------------------------

  play() {
    if (this.#session === undefined) return;
    this.#page.playing = true;
    this.#isResting = false;
    this.#notes.diverged = undefined;
    this.#notes.opened = undefined;
    this.#noteInput();
    this.#changed();
  }

  pause() {
    this.#page.playing = false;
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

  /** A new session, as the attributes say. */
  async reset() {
    const core = await loadCore();
    const old = this.#session;
    this.#forget();
    this.#session = sessionFromAttributes(core, this, (error) => this.refuseOption(error));
    old?.free();
    this.#changed();
  }

  /**
   * Where it takes long its progress is shown, and a person may stop it.
   *
   * @param {number} step of the run, 0 … the last it has come to
   * @returns {Promise<void>}
   * @throws {DOMException} AbortError: it was stopped, or overtaken; then nothing has changed
   */
  async seek(step) {
    if (this.#session !== undefined) await this.#travel.to(this.#session, step);
    this.#forget();
    this.#changed();
  }

  /**
   * @param {number[][]} X
   * @returns {Float32Array | undefined} probabilities of class 1, or a row of them a class
   */
  predict(X) {
    return this.#session?.network.predict(X);
  }

  /** The run as the fragment of a link: what `session` and the address of the page take. */
  link() {
    const session = this.#session;
    if (session === undefined) return '';
    const link = session.link();
    if (session.end * session.points.length * session.settings.hidden < LONG_RUN) return link;
    const shown = session.link({ checkpoint: true });
    return shown.length <= MAX_LINK / 2 ? shown : link;
  }

  /** Opaque: what setState takes. */
  getState() {
    return this.#session?.toJSON();
  }

  /**
   * @param {import('../engine/open-session.js').SessionSource} state
   * @returns {Promise<void>} when its step is shown
   */
  async setState(state) {
    await this.#adopt(state);
  }

  // ---- Links ------------------------------------------------------------------------------

  /** @param {string} payload @param {(notes: Notes) => void} [note] */
  async #openLink(payload, note) {
    await this.#adopt(payload, note);
    this.#announce('two-layer-change');
  }

  /**
   * Another run in the place of this one.
   *
   * @param {import('../engine/open-session.js').SessionSource} source
   * @param {(notes: Notes) => void} [note] what to remember of it
   */
  async #adopt(source, note) {
    const session = openSessionOn(await loadCore(), source);
    this.#session?.free();
    this.#session = session;
    this.#page.playing = false;
    if (typeof this.#page.tool === 'number' && this.#page.tool >= session.settings.classes) this.#page.tool = 0;
    this.#page.shared.file = undefined;
    this.#forget();
    note?.(this.#notes);
    await this.#showLink(session);
  }

  /** Replays an opened link to the step that it shows: at once where that is soon done, else when asked. @param {Session} session */
  async #showLink(session) {
    if (session.warnings.length > 0) this.#notes.notice = strings.dropped(session.warnings);
    this.#isTouched = true;
    if (session.shownStep > session.step || !session.replayed) {
      this.#notes.unreplayed = session.shownStep;
      await this.#replayLink(session, PROMPT_REPLAY);
    }
    this.#changed();
  }

  /** @param {Session} session @param {number} [patience] ms */
  async #replayLink(session, patience) {
    try {
      const { status, parameter, agrees } = await this.#travel.to(session, session.shownStep, patience);
      this.#notes.unreplayed = undefined;
      if (status === 'diverged') this.#notes.diverged = parameter || 'J';
      if (agrees === false) this.#notes.notice = strings.dropped(session.warnings);
    } catch (error) {
      // Stopped, or overtaken by an edit: the run stands where it stood, and the caption says that it is not replayed.
      if (!(error instanceof DOMException)) throw error;
    }
    this.#changed();
  }

  /** The whole address on a page of our own, else what the `session` attribute takes. */
  get #shareLink() {
    return this.#isStandalone ? `${location.href.split('#')[0]}#${this.link()}` : this.link();
  }

  async #copyLink() {
    const isCopied = await copyText(this.#shareLink, this.#part('link'));
    if (!isCopied) this.#notes.notice = strings.selected;
    this.#page.isCopied = isCopied;
    this.#speech.say(isCopied ? strings.copied : strings.selected, true);
    this.#changed();
  }

  /**
   * The Share drawer follows the training, unless somebody is about to copy from it by hand.
   *
   * @param {number} now
   */
  #followShare(now) {
    const isCopying = this.shadowRoot?.activeElement instanceof HTMLTextAreaElement;
    if (this.#page.drawer !== 'share' || isCopying || now < this.#nextShare) return;
    const start = performance.now();
    this.#share();
    this.#nextShare = now + Math.max(EVENT_INTERVAL, (performance.now() - start) / SHARE_OF_TIME);
  }

  /**
   * The run as the Share drawer shows it.
   *
   * @param {{ text: string, step: number }} [file]
   */
  #share(file = this.#page.shared.file) {
    const session = this.#session;
    if (session === undefined) return;
    const link = this.#shareLink;
    this.#page.shared = {
      link,
      isLinkable: isLinkable(link),
      step: session.step - session.startStep,
      hash: session.hash(),
      file,
      warnings: session.warnings,
    };
  }

  // ---- Files ------------------------------------------------------------------------------

  #saveSession() {
    const session = this.#session;
    if (session === undefined) return;
    const text = JSON.stringify(session);
    saveFile('two-layer-run.json', 'application/json', text);
    this.#share({ text, step: session.step - session.startStep });
    this.#changed();
  }

  /**
   * Opens a saved run. What is damaged in it is dropped and named, what is none changes nothing, and the run that was here
   * can be gone back to.
   *
   * @param {string} text
   * @param {string} name of where it comes from
   */
  async #openSession(text, name) {
    if (text.trim() === '') return;
    if (!isSession(text)) {
      this.#refuse(strings.notASession(name));
      return;
    }
    const before = this.#session?.toJSON();
    await this.#openLink(text, (notes) => {
      notes.before = before;
      notes.opened = name;
    });
  }

  /** A file that somebody picked or dropped: a run, or a table of points. @param {File} file */
  async #takeFile(file) {
    const text = await file.text();
    if (looksLikeSession(text)) await this.#openSession(text, file.name);
    else if (this.#isLocked('points')) this.#refuse(strings.pointsLocked);
    else {
      if (this.#page.drawer !== 'points') await this.#open('points');
      this.#readTable(text);
    }
  }

  /** Without this a file that misses its place would replace the page, and the run with it. @param {DragEvent} event */
  #drop(event) {
    const [file] = event.dataTransfer?.files ?? [];
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    if (file !== undefined) this.#takeFile(file);
  }

  /** @param {string} why */
  #refuse(why) {
    this.#notes.notice = why;
    this.#changed();
  }

  /** What happened, for flags; made anew only when something has. */
  get #happened() {
    const session = this.#session;
    if (session === undefined) return [];
    const key = `${session.pointsVersion} ${session.settingsVersion} ${session.startStep} ${session.canUndo} ${session.canRedo}`;
    if (key !== this.#flagsKey) {
      this.#flags = session.flags;
      this.#flagsKey = key;
    }
    return this.#flags;
  }

  // ---- Training and drawing: what the scheduler calls -------------------------------------

  /** @param {number} steps */
  #train(steps) {
    const session = this.#session;
    if (session === undefined) return 0;
    const result = session.train(steps);
    if (result.status === 'diverged') {
      this.#notes.diverged = result.parameter || 'J';
      this.#page.playing = false;
      this.#announce('two-layer-diverged', { parameter: this.#notes.diverged });
      this.#changed();
    }
    return result.steps;
  }

  /** @param {number} now @returns {boolean} whether another frame is wanted */
  #draw(now) {
    const session = this.#session;
    if (session === undefined || this.#stage === undefined || !this.#isVisible) return false;
    const isSpraying = this.#input?.tick() ?? false;
    const isMoving = this.#isMovingOn;
    let again = true;
    if (isMoving && this.#isCalm && now - this.#lastPaint < CALM_INTERVAL) {
      this.#stage.drawMarks(session, this.#palette);
    } else {
      this.#lastPaint = now;
      again = this.#paint(isMoving);
    }
    if (now - this.#lastWatch >= WATCH_INTERVAL) {
      this.#lastWatch = now;
      this.#watch(session, now);
    }
    return again || isSpraying || this.#isBehind;
  }

  /** Whether the picture changes with every frame. */
  get #isMovingOn() {
    return this.#client.isTraining() && this.#session !== undefined && this.#session.points.length > 0;
  }

  get #isCalm() {
    return this.#reducedMotion?.matches === true;
  }

  /** @param {number} now */
  #isTextDue(now) {
    const isMoving = this.#isMovingOn;
    const isWanted = this.#stage !== undefined && this.#isVisible && (isMoving || this.#isBehind);
    return isWanted && now - this.#lastText >= (isMoving && this.#isCalm ? CALM_INTERVAL : TEXT_INTERVAL);
  }

  #showText() {
    const now = performance.now();
    if (this.#isMovingOn && now - this.#lastEvent >= EVENT_INTERVAL) {
      this.#lastEvent = now;
      this.#announce('two-layer-step');
    }
    this.#refresh();
    // Now, not in a microtask: the scheduler measures what it costs.
    this.performUpdate();
  }

  /** @param {boolean} isMoving @param {boolean} [isNow] @returns {boolean} whether another frame is wanted */
  #paint(isMoving, isNow = false) {
    if (this.#session === undefined || this.#stage === undefined) return false;
    return this.#stage.drawPlot(this.#session, {
      palette: this.#palette,
      isMoving,
      isNow,
      isFlapping: this.#notes.isFlapping,
      isHatched: this.#isPrinting,
      cursor: this.#hasCursor ? this.#page.cursor : undefined,
      selected: this.#page.selected,
      brush: this.#brush,
    });
  }

  #paintChart() {
    if (this.#session !== undefined)
      this.#stage?.drawChart(this.#session, this.#palette, this.#happened, this.#notes.found);
  }

  /** The ring around the pointer, or the invitation at rest. */
  get #brush() {
    if (this.#isLocked('points') || this.#isPrinting) return undefined;
    if (this.#isOpening && this.#notes.found !== undefined) {
      return { place: OPENING.corner, radius: SPRAY_RADIUS, class: 0, inviting: true };
    }
    const place = this.#input?.hover;
    if (place === undefined) return undefined;
    const isErasing = this.#page.tool === 'erase' || this.#input?.isErasing === true;
    const kind = this.#page.tool === 'erase' || isErasing ? undefined : this.#page.tool;
    return { place, radius: isErasing ? ERASER_RADIUS : SPRAY_RADIUS, class: kind, inviting: false };
  }

  /** Whether the person has not done anything yet, and the ring is what they see. */
  get #isOpening() {
    return !this.#isTouched && this.#data.data.preset === 'ring';
  }

  /** @param {Session} session @param {number} now */
  #watch(session, now) {
    this.#notes.look(session, { isPlaying: this.#page.playing, isOpening: this.#isOpening });
    const idle = performance.now() - this.#lastInput;
    if (this.#page.playing && idle > (session.loss < LEARNED ? REST_LEARNED : REST)) {
      this.#page.playing = false;
      this.#isResting = true;
      this.requestUpdate();
    }
    this.#recaption();
    this.#lastWatch = now;
  }

  #recaption() {
    if (this.#session === undefined) return;
    const names = this.#data.names;
    const before = spokenCaption(this.#page.caption, names);
    this.#page.caption = chooseCaption(
      this.#notes.scene(this.#session, {
        isPlaying: this.#page.playing,
        isResting: this.#isResting,
        isTouched: this.#isTouched,
        selected: this.#page.selected,
        isMoving: this.#page.moving,
      }),
    );
    const words = spokenCaption(this.#page.caption, names);
    if (words === before) return;
    this.#speech.say(words);
    this.requestUpdate();
  }

  #noteInput() {
    this.#lastInput = performance.now();
  }

  #noteUse() {
    this.#isUsed = true;
    this.#followAddress();
  }

  #followAddress() {
    // Where something of a link was dropped the address still has it, until something is done.
    const isOpen = this.#isTouched && this.#session?.warnings.length === 0;
    if (this.#isUsed || isOpen) this.#address?.follow(() => this.link());
  }

  /** Something is to be seen: texts now, canvases with the next frame. */
  #changed() {
    pageScheduler.wake();
    // A stroke changes something with every event: faster than can be read.
    this.#isBehind = this.#input?.isBusy === true && performance.now() - this.#lastText < TEXT_INTERVAL;
    if (!this.#isBehind) this.#refresh();
  }

  #refresh() {
    this.#isBehind = false;
    this.#lastText = performance.now();
    this.#followAddress();
    if (this.#isMovingOn) this.#followShare(this.#lastText);
    else if (this.#page.drawer === 'share') this.#share();
    this.#recaption();
    this.requestUpdate();
  }

  /** @param {boolean} on */
  #setPrinting(on) {
    this.#isPrinting = on;
    this.#stage?.measure();
    this.#paint(false, true);
    this.#paintChart();
  }

  get #palette() {
    const theme = this.getAttribute('theme');
    const isDark = theme === 'dark' || (theme !== 'light' && this.#darkScheme?.matches === true);
    return palettes[isDark && !this.#isPrinting ? 'dark' : 'light'];
  }

  // ---- Edits --------------------------------------------------------------------------------

  /**
   * One edit, and all that follows from it.
   *
   * @param {Record<string, any>} wish
   * @returns {boolean} whether it was taken
   */
  #edit(wish) {
    const session = this.#session;
    if (session === undefined) return false;
    const room = MAX_POINTS - session.points.length;
    const isTooMuch = wish.add !== undefined && wish.add.length > room;
    this.#notes.notice = isTooMuch ? strings.caption.full(MAX_POINTS).flat().join(' ') : undefined;
    /** @type {Record<string, any>} */
    const edit = { stroke: session.stroke(), ...wish, ...(isTooMuch ? { add: wish.add.slice(0, room) } : {}) };
    const last = session.points.at(-1)?.id ?? -1;
    try {
      if (!isTooMuch || room > 0) session.edit(edit);
    } catch (error) {
      this.#notes.notice = messageOf(error);
      this.#changed();
      return false;
    }
    this.#notes.undoneStep = undefined;
    this.#notes.diverged = undefined;
    if (edit.add !== undefined) this.#notes.drew(session, edit.stroke, last);
    else if (edit.set === undefined && edit.hidden === undefined) this.#notes.stroke = undefined;
    this.#afterEdit();
    return true;
  }

  #afterEdit() {
    this.#isTouched = true;
    this.#noteInput();
    if (this.#isResting) {
      this.#isResting = false;
      this.#page.playing = true;
    }
    if (this.#page.selected !== undefined && !this.#session?.points.some(({ id }) => id === this.#page.selected))
      this.#deselect();
    this.#page.csv = '';
    this.#notes.unreplayed = undefined;
    this.#notes.opened = undefined;
    this.#notes.before = undefined;
    this.#page.shared.file = undefined;
    this.#announce('two-layer-change');
    this.#changed();
  }

  /** After a seek or a new start nothing noticed before holds. */
  #forget() {
    this.#notes = new Notes();
    this.#deselect();
    this.#page.errors = {};
    this.#page.csv = '';
    this.#flagsKey = '';
  }

  #deselect() {
    this.#page.selected = undefined;
    this.#page.moving = false;
  }

  /**
   * @param {any} points
   * @throws {RangeError | TypeError}
   */
  #replacePoints(points) {
    const session = /** @type {Session} */ (this.#session);
    if (!Array.isArray(points)) throw new TypeError(`points: ${points} is not a list of points`);
    const stroke = session.stroke();
    const most = Math.max(...points.map((point) => point.class));
    if (most >= session.settings.classes) session.edit({ set: { classes: most + 1 }, stroke });
    if (session.points.length > 0) session.edit({ clear: true, stroke });
    if (points.length > 0) session.edit({ add: points, stroke });
  }

  /** What pointer and keys meant. @param {import('./plot-input.js').Intent[]} intents */
  #act(intents) {
    for (const intent of intents) {
      switch (intent.kind) {
        case 'add':
          if (this.#edit({ add: intent.points, stroke: intent.stroke }) && this.#hasCursor) this.#sayPlace();
          break;
        case 'move':
          this.#edit({ move: intent.moves, stroke: intent.stroke });
          break;
        case 'erase':
          this.#edit({ erase: intent.ids, stroke: intent.stroke });
          break;
        case 'relabel':
          this.#edit({ relabel: intent.labels, stroke: intent.stroke });
          break;
        case 'select':
          if (intent.id === undefined) this.#deselect();
          this.#page.selected = intent.id;
          break;
        case 'moving':
          this.#page.moving = intent.on;
          if (!intent.on) this.#deselect();
          break;
        case 'cursor':
          this.#page.cursor = intent.place;
          this.#sayPlace();
          break;
        case 'brush':
          this.#choose(intent.class);
          break;
        case 'undo':
        case 'undo-stroke':
          this.#undo();
          break;
        case 'redo':
          this.#redo();
          break;
        case 'describe':
          this.#describe();
          break;
        default: // 'hold-spray' is the plot input's own affair
      }
      this.#changed();
    }
  }

  #undo() {
    const session = this.#session;
    if (session === undefined || !session.undo()) return;
    this.#notes.undid(session);
    this.#afterEdit();
  }

  #redo() {
    if (!this.#session?.redo()) return;
    this.#notes.undoneStep = undefined;
    this.#notes.stroke = undefined;
    this.#afterEdit();
  }

  /** @param {number | 'erase'} tool */
  #choose(tool) {
    this.#page.tool = tool;
    this.#speech.say(tool === 'erase' ? strings.erase : strings.brush(this.#data.names[tool], tool), true);
    this.#changed();
  }

  #sayPlace() {
    if (this.#session !== undefined) this.#speech.say(placeInWords(this.#session, this.#page, this.#data), true);
  }

  #describe() {
    if (this.#session === undefined) return;
    const words = runInWords(this.#session, this.#data.names);
    this.#notes.notice = words;
    this.#speech.say(words, true);
    this.#changed();
  }

  /**
   * Ctrl+Z anywhere in the element but in a text field, which has an undo of its own; Escape stops what takes long, or closes
   * the drawer.
   *
   * @param {KeyboardEvent} event
   */
  #shortcut(event) {
    const [target] = event.composedPath();
    const hasOwnUndo = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const key = event.key.toLowerCase();
    if (event.defaultPrevented) return;
    if (key === 'escape' && this.#travel.isUnderway) this.#travel.stop();
    else if (key === 'escape' && this.#page.drawer !== undefined) this.#open(undefined);
    else if (hasOwnUndo || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    else if (key === 'y' || (key === 'z' && event.shiftKey)) this.#redo();
    else if (key === 'z') this.#undo();
    else return;
    event.preventDefault();
  }

  // ---- Settings -------------------------------------------------------------------------------

  /** @param {string} key @param {string} text */
  #typeSetting(key, text) {
    const { value, error } = readTypedNumber(key, text);
    this.#page.errors = { ...this.#page.errors, [key]: error };
    if (value === undefined) this.#changed();
    else if (key === 'hidden') this.#edit({ hidden: value });
    else this.#set({ [key]: value });
  }

  /** @param {string} key @param {string} text */
  #typeData(key, text) {
    const { value, error } = readTypedNumber(key, text);
    this.#page.errors = { ...this.#page.errors, [`data-${key}`]: error };
    if (value === undefined) this.#changed();
    else this.#edit({ data: { ...this.#data.data, [key]: value } });
  }

  /** @param {Record<string, unknown>} change */
  #set(change) {
    const session = this.#session;
    if (session === undefined) return;
    const { step } = session;
    const { learningRate } = session.settings;
    if (!this.#edit({ set: change })) return;
    const { classes } = session.settings;
    if (session.settings.learningRate !== learningRate) this.#notes.rateBefore = { rate: learningRate, step };
    if (typeof this.#page.tool === 'number' && this.#page.tool >= classes) this.#page.tool = 0;
    // What cannot be kept is said: other inputs or classes make another network.
    if (session.startStep === step && step > 0 && ('classes' in change || 'features' in change)) {
      this.#forget();
      this.#notes.notice = strings.caption
        .startedAnew('classes' in change ? strings.classes : strings.features)
        .flat()
        .join(' ');
      this.#changed();
    }
  }

  /**
   * Other data. Another preset is another run: a network that knows the old points would start from its mistakes.
   *
   * @param {Record<string, any>} change
   */
  #setData(change) {
    const session = this.#session;
    if (session === undefined) return;
    const isOther = change.preset !== undefined;
    const seed = change.preset === 'ring' ? OPENING.seed : 1;
    const data = isOther
      ? { seed, ...change }
      : { ...this.#data.data, preset: this.#data.data.preset ?? 'ring', ...change };
    if (!this.#edit({ data })) return;
    this.#page.tablePage = 0;
    if (!isOther) return;
    session.edit({ start: { seed: data.seed } });
    this.#forget();
    this.#isTouched = change.preset !== 'ring';
    this.#changed();
  }

  #newStart() {
    const session = this.#session;
    if (session === undefined) return;
    // One that the run has not had, be it opened from a link.
    const had = this.#happened.filter(({ kind }) => kind === 'start').length;
    this.#starts = Math.max(this.#starts, had) + 1;
    this.#edit({ start: { seed: session.seed + this.#starts } });
    this.#forget();
    this.#changed();
  }

  /** @param {import('./captions.js').Action['id']} id */
  async #followCaption(id) {
    const session = this.#session;
    if (session === undefined) return;
    const { rateBefore, undoneStep } = this.#notes;
    if (id === 'before-rate' && rateBefore !== undefined) {
      if (!(await this.#rewind(rateBefore.step))) return;
      if (session.settings.learningRate !== rateBefore.rate) session.edit({ set: { learningRate: rateBefore.rate } });
      this.play();
    } else if (id === 'smaller-rate') {
      this.#set({ learningRate: smallerRate(session.settings.learningRate) });
      this.play();
    } else if (id === 'new-start') this.#newStart();
    else if (id === 'replay') await this.#replayLink(session);
    else if (id === 'stop-replay') this.#travel.stop();
    else if (id === 'run-before' && this.#notes.before !== undefined) await this.setState(this.#notes.before);
    else if (id === 'rewind' && undoneStep !== undefined) {
      // There the stroke has just been drawn: without it, and without what was learned from it.
      if (await this.#rewind(undoneStep)) session.undo();
      this.#changed();
    }
  }

  /** @param {number} step @returns {Promise<boolean>} whether it got there */
  async #rewind(step) {
    const wasPlaying = this.#page.playing;
    this.#page.playing = false;
    try {
      await this.seek(step);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // stopped: the run stands where it stood
      return false;
    } finally {
      this.#page.playing = wasPlaying;
      this.#changed();
    }
    this.#announce('two-layer-change');
    return true;
  }

  // ---- Drawers ----------------------------------------------------------------------------------

  /** @param {import('./view-state.js').Drawer} drawer */
  async #open(drawer) {
    const before = this.#page.drawer;
    this.#page.drawer = drawer;
    this.#page.draft = undefined;
    this.#page.isCopied = false;
    this.#page.shared.file = undefined;
    this.#nextShare = 0;
    this.#changed();
    await this.updateComplete;
    if (drawer !== undefined) this.#part('drawer-close')?.focus();
    // Back to what opened it: one button in the bar, one in the header; focus finds the one that is shown.
    else for (const id of [`${before}-button`, `${before}-button-narrow`]) this.#part(id)?.focus();
  }

  /** @param {string} text */
  #readTable(text) {
    const table = readTable(text);
    if (table === undefined) this.#notes.notice = strings.emptyTable;
    else this.#page.draft = { table, mapping: guessMapping(table) };
    this.#changed();
  }

  /** @param {boolean} isTaken */
  #closeDraft(isTaken) {
    const draft = this.#page.draft;
    this.#page.draft = undefined;
    if (isTaken && draft !== undefined) {
      this.#forget();
      this.#replacePoints(convertTable(draft.table, draft.mapping).points);
      this.#page.tablePage = 0;
      this.#afterEdit();
    }
    this.#changed();
  }

  #saveCsv() {
    this.#page.csv = writeCsv(this.#session?.points ?? []);
    saveFile('points.csv', 'text/csv', this.#page.csv);
    this.#changed();
  }

  // ---- What is on screen ----------------------------------------------------------------------------

  /** @param {string} id @returns {HTMLElement | null} */
  #part(id) {
    return this.renderRoot?.querySelector(`#${id}`) ?? null;
  }

  /** @param {'show' | 'lock'} list @param {string} part */
  #lists(list, part) {
    return (this.getAttribute(list) ?? '').split(/[\s,]+/).includes(part);
  }

  /** @param {string} part */
  #isLocked(part) {
    return this.#lists('lock', part) || (part === 'hidden' && this.#lists('lock', 'hidden-units'));
  }

  /** @param {string} part */
  #shows(part) {
    return !this.hasAttribute('show') || this.#lists('show', part);
  }

  /** @param {Session} session @returns {ViewState} */
  #viewState(session) {
    return {
      ...this.#page,
      ...this.#data,
      settings: session.settings,
      isDrawn: this.#happened.findLast(({ kind }) => kind === 'points' || kind === 'data')?.kind === 'points',
      points: session.points,
      step: session.step - session.startStep,
      loss: session.loss,
      testLoss: session.testLoss,
      accuracy: session.accuracy,
      canPlay: session.points.length > 0,
      canUndo: session.canUndo,
      canRedo: session.canRedo,
      theme: this.getAttribute('theme') || 'auto',
      ask: this.getAttribute('ask') ?? '',
      shows: (part) => this.#shows(part),
      isLocked: (part) => this.#isLocked(part),
    };
  }

  /** @type {import('./view-state.js').Actions} */
  #actions = {
    togglePlay: () => (this.#page.playing ? this.pause() : this.play()),
    stepOnce: () => {
      this.#page.playing = false;
      this.step(1);
    },
    newStart: () => this.#newStart(),
    setPace: (pace) => {
      this.#page.pace = pace;
      this.#changed();
    },
    typeSetting: (key, text) => this.#typeSetting(key, text),
    set: (change) => this.#set(change),
    setHidden: (hidden) => {
      this.#page.errors = { ...this.#page.errors, hidden: undefined };
      this.#edit({ hidden });
    },
    setData: (change) => this.#setData(change),
    typeData: (key, text) => this.#typeData(key, text),
    choose: (tool) => this.#choose(tool),
    drawByTouch: (on) => this.#drawByTouch(on),
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
      this.#page.tablePage = page;
      this.#changed();
    },
    readTable: (text) => this.#readTable(text),
    readFile: (file) => this.#takeFile(file),
    changeDraft: (change) => {
      if (this.#page.draft !== undefined) this.#page.draft = { ...this.#page.draft, ...change };
      this.#changed();
    },
    closeDraft: (isTaken) => this.#closeDraft(isTaken),
    saveCsv: () => this.#saveCsv(),
    copyLink: () => this.#copyLink(),
    saveSession: () => this.#saveSession(),
    openSession: async (source) =>
      typeof source === 'string'
        ? this.#openSession(source, strings.pastedText)
        : this.#openSession(await source.text(), source.name),
  };

  /** @override */
  render() {
    if (this.#session === undefined) return unavailableView(this.#failure);
    const level = this.#isStandalone ? 1 : 2;
    const act = this.#actions;
    const state = this.#viewState(this.#session);
    const hasRail = state.shows('tools') && !state.isLocked('points');
    const asksForTap = hasRail && !this.#isStandalone && matchMedia('(pointer: coarse)').matches;
    return html`<div class="frame ${hasRail ? 'has-rail' : ''} ${state.drawer === undefined ? '' : 'has-drawer'}">
      ${state.shows('header') ? headerView(state, act, presetNames, level) : nothing}
      ${hasRail ? railView(state, act) : nothing} ${plotView(state, act, asksForTap)}
      ${ticksView(state.axes)}
      ${state.shows('caption') ? captionView(state, act) : nothing} ${sideView(state, act, level + 1)}
      ${state.drawer === 'settings' ? settingsView(state, act, level + 1) : nothing}
      ${state.drawer === 'share' ? shareView(state, act, level + 1) : nothing}
      ${state.drawer === 'points' ? pointsView(state, act, level + 1) : nothing} ${barView(state, act)}
      <div class="unseen" role="status" aria-live="polite">${this.#speech.words}</div>
      ${printedView(state, this.#isStandalone ? location.href : '')}
    </div>`;
  }

  /** @override */
  firstUpdated() {
    const plot = this.#part('plot');
    if (plot === null) return; // the message that it cannot run has no plot
    const canvas = (/** @type {string} */ id) => /** @type {HTMLCanvasElement} */ (this.#part(id));
    const chart = this.#part('chart') === null ? null : canvas('chart');
    this.#stage = new Stage(plot, { field: canvas('field'), lines: canvas('lines'), marks: canvas('marks'), chart });
    this.#input = new PlotInput(plot, {
      surface: () => this.#surface(),
      act: (intents) => this.#act(intents),
      drawsByTouch: () => this.#page.drawsByTouch,
      armTouch: () => this.#drawByTouch(true),
      wake: () => pageScheduler.wake(),
    });
    for (const type of ['focus', 'blur']) {
      plot.addEventListener(type, () => {
        this.#hasCursor = type === 'focus' && plot.matches(':focus-visible');
        this.#changed();
      });
    }
    const sizes = new ResizeObserver(() => {
      this.#stage?.measure();
      // At once, not with the next frame: a canvas stretched for a frame is seen.
      this.#paint(this.#client.isTraining());
      this.#paintChart();
      pageScheduler.wake();
    });
    for (const part of [this, plot, ...(chart === null ? [] : [chart])]) sizes.observe(part);
    this.#paint(false);
    this.#changed();
  }

  /** @override */
  updated() {
    const session = this.#session;
    if (session === undefined) return;
    this.#paintChart();
    const [first] = session.losses.values;
    const step = formatStep(session.step - session.startStep);
    const words =
      first === undefined ? strings.noLossYet : strings.chart(formatLoss(session.loss), formatLoss(first), step);
    this.#part('chart')?.setAttribute('aria-label', words);
  }

  #surface() {
    const session = /** @type {Session} */ (this.#session);
    return {
      points: session.points,
      tool: this.#page.tool,
      selected: this.#page.selected,
      classes: session.settings.classes,
      pointsLocked: this.#isLocked('points'),
      stroke: () => session.stroke(),
      cursor: this.#page.cursor,
      moving: this.#page.moving,
      brush: this.#page.tool === 'erase' ? 0 : this.#page.tool,
    };
  }

  /** @param {boolean} on */
  #drawByTouch(on) {
    this.#page.drawsByTouch = on;
    this.#changed();
  }

  /** @param {PointerEvent} event */
  #disarmOutside(event) {
    if (this.#page.drawsByTouch && !this.#isStandalone && !event.composedPath().includes(this))
      this.#drawByTouch(false);
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
}
