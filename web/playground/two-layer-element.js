/**
 * The <two-layer> element: the one module that knows the order of things.
 *
 *     events from people and authors -> session.edit -> session.train (in the scheduler's slices) -> views draw
 *
 * The session holds what the network and the points are, Page (view-state.js) what is only on screen: the tool, the chosen
 * point, the open drawer. Frames moves from frame to frame, Editor changes the run, Opener brings another, Sharing carries it
 * out; the views hold nothing.
 */

import { html, nothing } from 'lit';
import { loadCore } from '../engine/core.js';
import { openSessionOn } from '../engine/open-session.js';
import { presetNames } from '../engine/presets.js';
import { Address } from './address.js';
import { barView } from './bar-view.js';
import { captionView, spokenCaption } from './caption-view.js';
import { chooseCaption, smallerRate } from './captions.js';
import { dataOf } from './data-of.js';
import { Editor } from './editor.js';
import { saveFile } from './files.js';
import { Happened } from './flags.js';
import { Frames } from './frames.js';
import { headerView } from './header-view.js';
import { messageOf } from './message-of.js';
import { Notes } from './notes.js';
import { formatLoss, formatStep } from './numbers.js';
import { hasFiles, Opener } from './opener.js';
import { options } from './options.js';
import { OptionsElement } from './options-element.js';
import { DEFAULT_PACE } from './pace.js';
import { dressPage } from './page-dress.js';
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
import { Sharing } from './sharing.js';
import { sideView } from './side-view.js';
import { Speech } from './speech.js';
import { Stage } from './stage.js';
import { strings } from './strings.js';
import { styles } from './styles.js';
import { ticksView } from './ticks-view.js';
import { Travel } from './travel.js';
import { unavailableView } from './unavailable-view.js';
import { newPage } from './view-state.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('./view-state.js').ViewState} ViewState */

export class TwoLayerElement extends OptionsElement {
  /** @override */
  static styles = styles;

  /** @type {import('./view-state.js').Run} */
  #run = { session: undefined, notes: new Notes() };
  /** @type {unknown} why there is no session */
  #failure;
  /** @type {Promise<void> | undefined} */
  #ready;

  /** What is on screen and in no session. */
  #page = newPage();
  #travel = new Travel((share) => {
    this.#run.notes.replay = share;
    this.#changed();
  });
  #happened = new Happened();
  #speech = new Speech(() => this.requestUpdate());
  /** @type {ResizeObserver | undefined} */
  #sizes;
  /** @type {AbortController | undefined} */
  #abort;
  #frames = new Frames(this.#run, this.#page, {
    isHere: () => this.isConnected && !document.hidden,
    theme: () => this.getAttribute('theme'),
    isLocked: (part) => this.#isLocked(part),
    happened: () => this.#happened.in(this.#run.session),
    announce: (type, more) => this.#announce(type, more),
    changed: () => this.#changed(),
    recaption: () => this.#recaption(),
    showText: () => {
      this.#refresh();
      // Now, not in a microtask: the scheduler measures what it costs.
      this.performUpdate();
    },
  });
  #editor = new Editor(this.#run, this.#page, {
    happened: () => this.#happened.in(this.#run.session),
    announce: (type) => this.#announce(type),
    changed: () => this.#changed(),
    say: (words, isAsked) => this.#speech.say(words, isAsked),
  });
  #opener = new Opener(this.#run, this.#page, this.#travel, {
    isLocked: (part) => this.#isLocked(part),
    takeTable: async (text) => {
      if (this.#page.drawer !== 'points') await this.#open('points');
      this.#readTable(text);
    },
    announce: (type) => this.#announce(type),
    forget: () => this.#editor.forget(),
    changed: () => this.#changed(),
  });
  #sharing = new Sharing(this.#run, this.#page, {
    isStandalone: () => this.#isStandalone,
    isCopying: () => this.shadowRoot?.activeElement instanceof HTMLTextAreaElement,
    part: (id) => this.#part(id),
    say: (words) => this.#speech.say(words, true),
    changed: () => this.#changed(),
  });

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
      this.addEventListener(type, () => this.#sharing.noteUse(), { signal, passive: true });
    }
    this.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    this.addEventListener('drop', (event) => this.#opener.drop(event), { signal });
    this.#frames.darkScheme.addEventListener('change', () => this.#changed(), { signal });
    window.addEventListener('beforeprint', () => this.#frames.setPrinting(true), { signal });
    window.addEventListener('afterprint', () => this.#frames.setPrinting(false), { signal });
    // A tap elsewhere gives one finger back to scrolling.
    document.addEventListener('pointerdown', (event) => this.#disarmOutside(event), { signal });
    document.addEventListener('visibilitychange', () => pageScheduler.wake(), { signal });
    const sight = new IntersectionObserver((entries) => {
      this.#page.visible = entries.at(-1)?.isIntersecting ?? true;
      pageScheduler.wake();
    });
    sight.observe(this);
    signal.addEventListener('abort', () => sight.disconnect());
    this.#page.drawsByTouch = this.#isStandalone;
    if (this.#isStandalone) {
      dressPage(signal);
      this.#sharing.address = new Address((payload) => this.#opener.openSession(payload, strings.addressLink), signal);
    }
    this.#ready ??= this.#begin();
    pageScheduler.add(this.#frames);
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    pageScheduler.remove(this.#frames);
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
    const link = this.getAttribute('session') || this.#sharing.address?.payload || '';
    try {
      const core = await loadCore();
      this.#run.session =
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
    this.#page.playing = link === '' && this.hasAttribute('autoplay') && !this.#frames.isCalm;
    if (link !== '') this.#opener.showLink(this.#run.session);
    this.updateComplete.then(() => this.#announce('two-layer-ready'));
  }

  get #isStandalone() {
    return this.hasAttribute('standalone');
  }

  // ---- Attributes and properties --------------------------------------------------------

  /** @override @param {unknown} error */
  refuseOption(error) {
    this.#run.notes.notice = messageOf(error);
    this.#announce('two-layer-error', { message: messageOf(error) });
    this.#changed();
  }

  /** @override @param {import('./options.js').Option} option */
  readOption(option) {
    const session = this.#run.session;
    const { kind, key } = option;
    if (key === 'pace') return this.#page.pace;
    if (kind === 'page' || session === undefined) return super.readOption(option);
    if (key === 'points') return session.points.map((point) => ({ x: point.x, y: point.y, class: point.class }));
    return Reflect.get(kind === 'data' ? dataOf(this.#run.session).data : session.settings, key);
  }

  /** @override @param {import('./options.js').Option} option @param {any} value */
  applyOption({ kind, key }, value) {
    const session = this.#run.session;
    if (session === undefined) return; // the attributes are read when the session is made
    this.#run.notes.notice = undefined;
    if (key === 'session') {
      if (value !== undefined) this.#opener.openLink(value);
    } else if (kind === 'setting') {
      if (value !== undefined) this.#editor.change({ [key]: value });
    } else if (key === 'points') {
      if (value !== undefined) this.#editor.replacePoints(value);
    } else if (kind === 'data') {
      if (value !== undefined) this.#editor.setData({ [key]: value });
    } else if (key === 'pace') {
      if (Number.isNaN(value)) throw new RangeError('pace: a positive number of steps a second, or "max"');
      this.#page.pace = value ?? DEFAULT_PACE;
    } else if (key === 'autoplay' && value === true && !this.#page.touched) {
      this.play();
    }
    this.#changed();
  }

  // ---- Methods --------------------------------------------------------------------------

  play() {
    if (this.#run.session === undefined) return;
    this.#page.playing = true;
    this.#page.resting = false;
    this.#run.notes.diverged = undefined;
    this.#run.notes.opened = undefined;
    this.#run.notes.notice = undefined;
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
    this.#run.notes.notice = undefined;
    this.#frames.train(n);
    this.#changed();
  }

  /** A new session, as the attributes say. */
  async reset() {
    const core = await loadCore();
    const old = this.#run.session;
    this.#editor.forget();
    this.#run.session = sessionFromAttributes(core, this, (error) => this.refuseOption(error));
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
    if (this.#run.session !== undefined) await this.#travel.to(this.#run.session, step);
    this.#editor.forget();
    this.#changed();
  }

  /**
   * @param {number[][]} X
   * @returns {Float32Array | undefined} probabilities of class 1, or a row of them a class
   */
  predict(X) {
    return this.#run.session?.network.predict(X);
  }

  /** The run as the fragment of a link: what `session` and the address of the page take. */
  link() {
    return this.#sharing.link();
  }

  /** Opaque: what setState takes. */
  getState() {
    return this.#run.session?.toJSON();
  }

  /**
   * @param {import('../engine/open-session.js').SessionSource} state
   * @returns {Promise<void>} when its step is shown
   */
  async setState(state) {
    await this.#opener.adopt(state);
  }

  // ---- Words ------------------------------------------------------------------------------

  /** @param {string} why */
  #refuse(why) {
    this.#run.notes.notice = why;
    this.#changed();
  }

  #recaption() {
    if (this.#run.session === undefined) return;
    const names = dataOf(this.#run.session).names;
    const before = spokenCaption(this.#page.caption, names);
    this.#page.caption = chooseCaption(this.#run.notes.scene(this.#run.session, this.#page));
    const words = spokenCaption(this.#page.caption, names);
    if (words === before) return;
    this.#speech.say(words);
    this.requestUpdate();
  }

  #noteInput() {
    this.#page.lastInput = performance.now();
  }

  /** Something is to be seen: texts now, or with the next frame while a stroke is drawn; canvases with the next frame. */
  #changed() {
    pageScheduler.wake();
    if (!this.#frames.isTooSoon) this.#refresh();
  }

  #refresh() {
    this.#frames.textsFollow();
    this.#sharing.follow(this.#frames.isMoving);
    this.#recaption();
    this.requestUpdate();
  }

  // ---- What a person does ---------------------------------------------------------------------

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
    else if (key === 'y' || (key === 'z' && event.shiftKey)) this.#editor.redo();
    else if (key === 'z') this.#editor.undo();
    else return;
    event.preventDefault();
  }

  /** @param {import('./captions.js').Action['id']} id */
  async #followCaption(id) {
    const session = this.#run.session;
    if (session === undefined) return;
    const { rateBefore, undoneStep } = this.#run.notes;
    if (id === 'before-rate' && rateBefore !== undefined) {
      if (!(await this.#rewind(rateBefore.step))) return;
      if (session.settings.learningRate !== rateBefore.rate) session.edit({ set: { learningRate: rateBefore.rate } });
      this.play();
    } else if (id === 'smaller-rate') {
      this.#editor.set({ learningRate: smallerRate(session.settings.learningRate) });
      this.play();
    } else if (id === 'new-start') this.#editor.newStart();
    else if (id === 'replay') {
      // What trains overtakes it.
      this.#page.playing = false;
      await this.#opener.replayLink(session);
    } else if (id === 'stop-replay') this.#travel.stop();
    else if (id === 'run-before' && this.#run.notes.before !== undefined) await this.setState(this.#run.notes.before);
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
    this.#sharing.refresh();
    this.#changed();
    await this.updateComplete;
    if (drawer !== undefined) this.#part('drawer-close')?.focus();
    // Back to what opened it: one button in the bar, one in the header; focus finds the one that is shown.
    else for (const id of [`${before}-button`, `${before}-button-narrow`]) this.#part(id)?.focus();
  }

  /** @param {string} text */
  #readTable(text) {
    const table = readTable(text);
    this.#run.notes.notice = table === undefined ? strings.emptyTable : undefined;
    if (table !== undefined) this.#page.draft = { table, mapping: guessMapping(table) };
    this.#changed();
  }

  /** @param {boolean} isTaken */
  #closeDraft(isTaken) {
    const draft = this.#page.draft;
    this.#page.draft = undefined;
    if (isTaken && draft !== undefined) {
      this.#editor.forget();
      this.#editor.replacePoints(convertTable(draft.table, draft.mapping).points);
      this.#page.tablePage = 0;
      this.#editor.afterEdit();
    }
    this.#changed();
  }

  #saveCsv() {
    this.#page.csv = writeCsv(this.#run.session?.points ?? []);
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
      ...dataOf(this.#run.session),
      settings: session.settings,
      isDrawn:
        this.#happened.in(session).findLast(({ kind }) => kind === 'points' || kind === 'data')?.kind === 'points',
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
    newStart: () => this.#editor.newStart(),
    setPace: (pace) => {
      this.#page.pace = pace;
      this.#changed();
    },
    typeSetting: (key, text) => this.#editor.typeSetting(key, text),
    set: (change) => this.#editor.set(change),
    setHidden: (hidden) => {
      this.#page.errors = { ...this.#page.errors, hidden: undefined };
      this.#editor.edit({ hidden });
    },
    setData: (change) => this.#editor.setData(change),
    typeData: (key, text) => this.#editor.typeData(key, text),
    choose: (tool) => this.#editor.choose(tool),
    drawByTouch: (on) => this.#drawByTouch(on),
    undo: () => this.#editor.undo(),
    redo: () => this.#editor.redo(),
    clear: () => this.#editor.edit({ clear: true }),
    open: (drawer) => this.#open(drawer),
    setTheme: (theme) => {
      if (theme === 'auto') this.removeAttribute('theme');
      else this.setAttribute('theme', theme);
    },
    caption: (id) => this.#followCaption(id),
    describe: () => this.#editor.describe(),
    edit: (edit) => this.#editor.edit(edit),
    turnTable: (page) => {
      this.#page.tablePage = page;
      this.#changed();
    },
    readTable: (text) => this.#readTable(text),
    readFile: (file) => this.#opener.takeFile(file),
    changeDraft: (change) => {
      if (this.#page.draft !== undefined) this.#page.draft = { ...this.#page.draft, ...change };
      this.#changed();
    },
    closeDraft: (isTaken) => this.#closeDraft(isTaken),
    saveCsv: () => this.#saveCsv(),
    refuse: (why) => this.#refuse(why),
    copyLink: () => this.#sharing.copyLink(),
    saveSession: () => this.#sharing.saveSession(),
    openSession: async (source) =>
      typeof source === 'string'
        ? this.#opener.openSession(source, strings.pastedText)
        : this.#opener.openSession(await source.text(), source.name),
  };

  /** @override */
  render() {
    if (this.#run.session === undefined) return unavailableView(this.#failure);
    const level = this.#isStandalone ? 1 : 2;
    const act = this.#actions;
    const state = this.#viewState(this.#run.session);
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
    this.#frames.attach(
      new Stage(plot, { field: canvas('field'), lines: canvas('lines'), marks: canvas('marks') }),
      new PlotInput(plot, {
        surface: () => this.#surface(),
        act: (intents) => this.#editor.act(intents),
        drawsByTouch: () => this.#page.drawsByTouch,
        armTouch: () => this.#drawByTouch(true),
        setCursor: (place) => {
          this.#page.cursor = place ?? this.#page.cursor;
          this.#page.hasCursor = place === undefined;
        },
        wake: () => pageScheduler.wake(),
      }),
    );
    for (const type of ['focus', 'blur']) {
      plot.addEventListener(type, () => {
        this.#page.hasCursor = type === 'focus' && plot.matches(':focus-visible');
        this.#changed();
      });
    }
    this.#sizes = new ResizeObserver(() => this.#frames.resize());
    for (const part of [this, plot]) this.#sizes.observe(part);
    this.#changed();
  }

  /** @override @param {Map<PropertyKey, unknown>} changes */
  update(changes) {
    const focused = this.shadowRoot?.activeElement;
    super.update(changes);
    // Where the button with the focus is gone, or has nothing more to do, the keys go on with the plot.
    if (focused instanceof HTMLElement && (!focused.isConnected || focused.matches(':disabled'))) {
      this.#part('plot')?.focus({ preventScroll: true });
    }
  }

  /** @override */
  updated() {
    const session = this.#run.session;
    if (session === undefined) return;
    // The chart comes and goes with what is to be shown.
    const chart = /** @type {HTMLCanvasElement | null} */ (this.#part('chart'));
    if (this.#frames.takeChart(chart) && chart !== null) this.#sizes?.observe(chart);
    const [first] = session.losses.values;
    const step = formatStep(session.step - session.startStep);
    const words =
      first === undefined ? strings.noLossYet : strings.chart(formatLoss(session.loss), formatLoss(first), step);
    chart?.setAttribute('aria-label', words);
  }

  #surface() {
    const session = /** @type {Session} */ (this.#run.session);
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
    const session = this.#run.session;
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
