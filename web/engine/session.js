/**
 * A run: an append-only log of edits, each stamped with its step, and the state that is the
 * log's replay. Training goes on at the end of the log; seeking returns to any step;
 * training or editing there forks, and the old future stays as a ghost.
 */
import { checkBoolean, checkFunction, checkInteger, checkObject, checkSignal } from './arguments.js';
import { dispose } from './dispose.js';
import { maxInteger } from './limits.js';
import { NetworkView } from './network-view.js';
import { nextTask } from './next-task.js';
import { describePreset } from './presets.js';
import { readCheckpoint, writeCheckpoint } from './session/checkpoint.js';
import { checkEdit } from './session/events.js';
import { Keyframes, keyframeWork } from './session/keyframes.js';
import { headOptions, writeLink } from './session/link.js';
import { createHead } from './session/log.js';
import { Player } from './session/player.js';
import { Traces } from './session/traces.js';

/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./core-structs.js').Grid} Grid */
/** @typedef {import('./session/log.js').Log} Log */
/** @typedef {import('./session/log.js').SessionArguments} SessionArguments */
/** @typedef {import('./session/events.js').LogEvent} LogEvent */
/** @typedef {import('./session/player.js').Status} Status */
/** @typedef {import('./session/scene.js').Happening} Happening */
/** @typedef {import('./session/settings.js').KeptSettings} KeptSettings */

/** @typedef {{ steps: number, status: Status, parameter: string }} TrainResult parameter: what diverged, or '' */

/** @typedef {{ step: number } & Happening} Flag */

/**
 * A curve that is no longer the run's: of an old future, or of the run before a new start.
 * @typedef {object} Ghost
 * @property {'fork' | 'start'} kind
 * @property {number} start the step at which its network had started
 * @property {number[]} steps
 * @property {number[]} values J
 */

/** @typedef {{ steps: number[], values: number[], testSteps: number[], testValues: number[], length: number }} Losses */

const maxGhosts = 5;

/** Losses of so many steps at a time pass through memory. */
const maxChunk = 4096;

/** Work between two pauses of a long seek, in the player's unit: about 8 ms. */
const sliceWork = 8e6;

/**
 * @param {Core} core
 * @param {SessionArguments & Partial<KeptSettings>} [options]
 * @returns {Session} at step 0
 * @throws {TypeError | RangeError} naming the option and its value
 */
export const createSession = (core, options) =>
  new Session(core, { log: { head: createHead(options), events: [], step: 0 } });

export class Session {
  /** @type {Core} */ #core;
  /** @type {import('./session/log.js').LogHead} */ #head;
  /** @type {LogEvent[]} */ #events;
  /** @type {Happening[]} one an event */ #happenings;
  #end;
  /** @type {Player} */ #player;
  /** @type {Player | null} where seeks are played, until they are complete */ #spare = null;
  /** @type {Keyframes} */ #keyframes;
  #traces = new Traces();
  /** @type {Losses | null} */ #losses = null;
  /** @type {Ghost[]} */ #ghosts = [];
  #strokes = 0;
  /** @type {number | null} the stroke of the log's last event */ #stroke = null;
  /** @type {object | null} */ #seeking = null;
  #replayed = true;
  #untouched = true;
  /** @type {string[]} */ #warnings;

  /** A number that grows when points change. */
  pointsVersion = 0;

  /** A number that grows when settings change. */
  settingsVersion = 0;

  /** A number that grows when parameters, or what the network makes of them, change. */
  parametersVersion = 0;

  /** The step that the link or file shows: where to seek to when it has been opened. @type {number} */
  shownStep;

  /** A view of the network; its mutators throw. @type {SessionNetwork} */
  network;

  /**
   * @param {Core} core
   * @param {Pick<import('./session/draft.js').Opened, 'log'> & Partial<import('./session/draft.js').Opened>} opened
   *   a log whose events are known to apply, and what came with it
   */
  constructor(core, { log, happenings = [], warnings = [], at = log.step, checkpoint = null }) {
    this.#core = core;
    this.#head = log.head;
    this.#events = [...log.events];
    this.#happenings = [...happenings];
    this.#end = log.step;
    this.#player = new Player(core, log.head);
    this.#keyframes = new Keyframes(this.#player.capture());
    this.#warnings = [...warnings];
    this.shownStep = at;
    this.network = new SessionNetwork(core, () => this.#player.network);
    if (checkpoint === null || !this.#adopt(checkpoint)) while (this.#applyNext(this.#player));
  }

  /** As they are now, α by the optimiser where it was not set.
   * @returns {Readonly<import('./session/settings.js').Settings>} */
  get settings() {
    return this.#player.scene.settings;
  }

  /** In ascending order of id; another array after each change.
   * @returns {readonly import('./session/points.js').Point[]} */
  get points() {
    return this.#player.scene.points;
  }

  /** The preset that the points came from with its axes, class names and source; null for drawn points. */
  get data() {
    const { data } = this.#player.scene;
    return data === null ? null : { ...data, ...describePreset(data.preset) };
  }

  /** The parameters that training holds still. */
  get pins() {
    return this.#player.scene.pins;
  }

  /** The run's seed: of its first weights and of the test split. */
  get seed() {
    return this.#head.seed;
  }

  /** In words such as "loss<0.1 & hidden<=3", or ''. */
  get goal() {
    return this.#head.goal;
  }

  /** Names of settings that the task fixes. */
  get lock() {
    return this.#head.lock;
  }

  /** Updates since the run began, over all its starts. */
  get step() {
    return this.#player.step;
  }

  /** The step at which the network's weights were last drawn. */
  get startStep() {
    return this.#player.scene.start.step;
  }

  /** The last step of the log: beyond `step` after a rewind or when a link has just been opened. */
  get end() {
    return this.#end;
  }

  /** What was dropped when the run was opened, in words.
   * @returns {readonly string[]} */
  get warnings() {
    return this.#warnings;
  }

  /** Whether this state is the log's replay; false while it is the word of a link's checkpoint. */
  get replayed() {
    return this.#replayed;
  }

  /** Passes over the training points since the start. */
  get epoch() {
    return this.#player.network.epoch;
  }

  /** J of the training points now, before the next update; NaN without points. */
  get loss() {
    return this.#player.evaluation.dataLoss;
  }

  /** J of the test points; NaN without any. */
  get testLoss() {
    return this.#player.testEvaluation.dataLoss;
  }

  /** Shares of points whose class is found; NaN without points. */
  get accuracy() {
    return { train: this.#player.evaluation.accuracy, test: this.#player.testEvaluation.accuracy };
  }

  /**
   * J before each step of this branch, and that of the test points now and then: of many steps
   * the least and the greatest, so that spikes survive.
   * @returns {Losses}
   */
  get losses() {
    if (this.#losses === null) {
      const { loss, test } = this.#traces.curves();
      const { steps, values, length } = loss;
      this.#losses = { steps, values, testSteps: test.steps, testValues: test.values, length };
    }
    return this.#losses;
  }

  /** What was changed and when; a stroke's points are one flag.
   * @returns {Flag[]} */
  get flags() {
    /** @type {Flag[]} */
    const flags = [];
    for (const [k, { step, joins }] of this.#events.entries()) {
      const happening = this.#happenings[k];
      const last = flags[flags.length - 1];
      if (joins && last?.kind === 'points' && happening.kind === 'points') {
        flags[flags.length - 1] = {
          ...last,
          added: last.added.map((count, c) => count + happening.added[c]),
          erased: last.erased.map((count, c) => count + happening.erased[c]),
          moved: last.moved + happening.moved,
          relabelled: last.relabelled + happening.relabelled,
        };
      } else flags.push({ step, ...happening });
    }
    return flags;
  }

  /** The last five curves that are no longer the run's, oldest first.
   * @returns {readonly Ghost[]} */
  get ghosts() {
    return this.#ghosts;
  }

  /** Whether there is a stroke to take back. */
  get canUndo() {
    return this.#player.scene.canUndo;
  }

  /** Whether a stroke was taken back, with no edit since. */
  get canRedo() {
    return this.#player.scene.canRedo;
  }

  /** @returns {Log} this branch */
  get log() {
    return { head: this.#head, events: [...this.#events], step: this.#end };
  }

  /**
   * Takes up to `steps` updates, synchronously. After a rewind this forks, unless the log has no
   * edit ahead: then it is the same future.
   * @param {number} steps
   * @returns {TrainResult} fewer steps where there are no points or where an update would leave a number
   *   that is not finite: the run stands at the last finite state
   * @throws {TypeError | RangeError} naming the argument and its value
   */
  train(steps) {
    checkInteger('steps', steps, 0, maxInteger - this.step);
    this.#interrupt();
    const player = this.#player;
    if (player.index < this.#events.length) this.#fork();
    let made = 0;
    while (made < steps) {
      const result = this.#advance(player, steps - made);
      made += result.steps;
      if (result.status !== 'ok') return this.#trained(made, result);
    }
    return this.#trained(made, { status: 'ok', parameter: '' });
  }

  /**
   * One edit, stamped with this step. It changes nothing, or all that it says.
   * @param {unknown} edit exactly one of add, move, erase, relabel, clear, set, hidden, weight, pin, release, start,
   *   data, undo, redo; `stroke` groups edits into one undo
   * @returns {boolean} whether it changed anything; what changes nothing is not logged
   * @throws {TypeError | RangeError} naming what is wrong and its value
   */
  edit(edit) {
    const checked = checkEdit(edit);
    const player = this.#player;
    if ('weight' in checked.edit && player.holds(checked.edit.weight)) return false;
    const atEnd = player.index === this.#events.length && player.step === this.#end;
    const joins = atEnd && checked.stroke !== null && checked.stroke === this.#stroke;
    /** @type {LogEvent} */
    const event = Object.freeze({ step: player.step, ...checked.edit, ...(joins ? { joins: true } : {}) });
    const happening = this.#apply(player, event);
    if (happening === null) return false;
    this.#interrupt();
    if (!atEnd) this.#fork();
    this.#events.push(event);
    this.#happenings.push(happening);
    player.index++;
    // Nothing joins a start, an undo or a redo: they are not taken back with a stroke.
    this.#stroke = 'start' in event || 'undo' in event || 'redo' in event ? null : checked.stroke;
    return true;
  }

  /** @returns {number} to group edits: `edit({ add, stroke })` */
  stroke() {
    return this.#strokes++;
  }

  /** Takes the last stroke back; learned weights stay as they are. @returns {boolean} */
  undo() {
    return this.edit({ undo: true });
  }

  /** Puts the last stroke that was taken back in place again. @returns {boolean} */
  redo() {
    return this.edit({ redo: true });
  }

  /**
   * Goes to a step of this branch: weights, points and settings as they were after the edits of that step.
   * What costs little is done when the call returns; long replays go in slices. Training, editing or another
   * seek in between ends it, and nothing has changed then.
   * @param {number} step 0 … end
   * @param {{ signal?: AbortSignal, onProgress?: (share: number) => void }} [options]
   * @returns {Promise<TrainResult & { agrees: boolean | null }>} 'ok', or why the log cannot be followed further;
   *   agrees: whether a checkpoint of this step was right, null where there was none
   * @throws {TypeError | RangeError} naming the argument and its value
   * @throws {DOMException} AbortError
   */
  async seek(step, options = {}) {
    checkInteger('step', step, 0, this.#end);
    checkObject('options', options, ['signal', 'onProgress']);
    const { signal, onProgress } = options;
    checkSignal(signal);
    checkFunction('onProgress', onProgress);
    signal?.throwIfAborted();
    const seeking = {};
    this.#seeking = seeking;
    this.#spare ??= new Player(this.#core, this.#head);
    const player = this.#spare;
    player.restore(this.#nearest(step));
    const from = player.step;
    let { work } = player;
    /** @type {{ status: Status, parameter: string }} */
    let result = { status: 'ok', parameter: '' };
    for (result of this.#play(player, step)) {
      if (player.work - work < sliceWork) continue;
      work = player.work;
      onProgress?.((player.step - from) / Math.max(1, step - from));
      await nextTask();
      signal?.throwIfAborted();
      if (this.#seeking !== seeking) throw new DOMException('The seek was overtaken by another change', 'AbortError');
    }
    this.#interrupt();
    onProgress?.(1);
    const agrees = this.#judgeCheckpoint(player);
    [this.#player, this.#spare] = [player, this.#player];
    this.#stroke = null;
    this.#noteChange(this.#spare.scene.points, this.#spare.scene.keptSettings, true);
    return { steps: player.step - from, status: result.status, parameter: result.parameter, agrees };
  }

  /** @returns {string} as Network.hash: the bits of parameters, optimiser state, step, epoch and position */
  hash() {
    return this.network.hash();
  }

  /**
   * This branch as the fragment of a link, without '#': openSession takes it back.
   * @param {{ checkpoint?: boolean }} [options] with the state of now, so that it can be shown before the replay
   * @returns {string}
   * @throws {TypeError} naming the option and its value
   */
  link(options = {}) {
    const { checkpoint = false } = checkObject('options', options, ['checkpoint']);
    return writeLink(this.log, {
      arithmetic: this.#core.arithmeticVersion,
      at: this.#at,
      checkpoint:
        checkBoolean('checkpoint', checkpoint) && this.step === this.#at && this.step === this.#end
          ? writeCheckpoint(this.#player)
          : '',
    });
  }

  /**
   * This branch as plain data: openSession takes it back.
   * @returns {{ format: 'two-layer-session', version: 1, arithmetic: number, options: Record<string, unknown>,
   *   events: readonly LogEvent[], step: number, at: number }}
   */
  toJSON() {
    const { head, events, step } = this.log;
    const { arithmeticVersion: arithmetic } = this.#core;
    return {
      format: 'two-layer-session',
      version: 1,
      arithmetic,
      options: headOptions(head),
      events,
      step,
      at: this.#at,
    };
  }

  /**
   * Z2 over a grid of the plane. For pictures: the grid is not checked.
   * @param {Grid} grid
   * @returns {Float32Array} Z2 (rows, columns, n_y)
   */
  logits(grid) {
    return this.#player.network.logits(grid, 0, grid.rows);
  }

  /**
   * The picture of rows of the plane, in RGBA bytes. The arguments are not checked.
   * @param {Grid} grid
   * @param {number} firstRow
   * @param {number} rowCount
   * @param {Uint32Array} colours 256 of them for two classes, else one a class
   * @param {Uint8Array | Uint8ClampedArray} into (rowCount, columns, 4)
   */
  paint(grid, firstRow, rowCount, colours, into) {
    this.#player.network.paint(grid, firstRow, rowCount, colours, into);
  }

  /** Gives its memory back; after it every call that needs the network throws. Twice does no harm. */
  free() {
    this.#interrupt();
    this.#player.free();
    this.#spare?.free();
  }

  [dispose]() {
    this.free();
  }

  /**
   * Shows the end of the log by a checkpoint.
   * @param {string} checkpoint
   * @returns {boolean} whether it could be read
   */
  #adopt(checkpoint) {
    const player = this.#player;
    player.jump(this.#events, this.#end);
    try {
      readCheckpoint(player, checkpoint);
      this.#replayed = false;
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#warnings.push(error.message);
      player.restore(this.#keyframes.first);
      return false;
    }
  }

  /**
   * @param {Player} player that has replayed the log
   * @returns {boolean | null} whether the state shown so far was right, where it was a checkpoint's of this place
   */
  #judgeCheckpoint(player) {
    if (this.#replayed) return null;
    this.#replayed = true;
    const { step, index, network } = this.#player;
    if (player.step !== step || player.index !== index) return null;
    const agrees = network.hash() === player.network.hash();
    if (!agrees) this.#warnings.push('checkpoint: the replay does not agree with it; the replay counts');
    return agrees;
  }

  /** The step that a link shows: of a run that was only opened, the one that its own link showed. */
  get #at() {
    return this.#untouched ? this.shownStep : this.step;
  }

  /** The run becomes another, or is seen at another step: a pending seek gives way. */
  #interrupt() {
    this.#untouched = false;
    this.#seeking = null;
  }

  /**
   * @param {number} steps made
   * @param {{ status: Status, parameter: string }} result
   * @returns {TrainResult}
   */
  #trained(steps, { status, parameter }) {
    this.#end = Math.max(this.#end, this.step);
    if (steps > 0) this.parametersVersion++;
    return { steps, status, parameter };
  }

  /**
   * One stretch of training: as long as its losses fit, up to the next test measurement or keyframe.
   * @param {Player} player
   * @param {number} steps at least 1
   */
  #advance(player, steps) {
    const { stepWork } = player;
    let most = Math.min(steps, maxChunk, Math.ceil(keyframeWork / stepWork));
    // What follows a checkpoint is not known to be the log's replay: it is recorded when that comes.
    const recording = this.#replayed || player !== this.#player;
    let testLoss = NaN;
    if (recording && player.testing.count > 0) {
      const width = this.#traces.testWidth;
      const since = (player.step - player.scene.start.step) % width;
      if (since === 0) testLoss = player.testEvaluation.dataLoss;
      most = Math.min(most, width - since);
    }
    const { step } = player;
    const result = player.advance(most);
    if (!recording) return result;
    // A step that was refused has no loss yet: an edit may come before it is made.
    if (result.steps > 0 && !Number.isNaN(testLoss)) this.#traces.addTest(step, testLoss);
    this.#traces.add(step, result.losses);
    this.#losses = null;
    if (player.unsaved >= keyframeWork) {
      this.#keyframes.add(player.capture());
      player.unsaved = 0;
    }
    return result;
  }

  /**
   * Follows the log to a step, in stretches.
   * @param {Player} player
   * @param {number} step
   * @returns {Generator<{ status: Status, parameter: string }>}
   */
  *#play(player, step) {
    for (;;) {
      while (this.#applyNext(player)) yield { status: 'ok', parameter: '' };
      if (player.step >= step) return;
      const next = this.#events[player.index]?.step ?? step;
      const result = this.#advance(player, Math.min(step, next) - player.step);
      yield result;
      if (result.status !== 'ok') return;
    }
  }

  /**
   * The next edit of the player's step.
   * @param {Player} player
   * @returns {boolean} whether there was one
   */
  #applyNext(player) {
    const event = this.#events[player.index];
    if (event === undefined || event.step > player.step) return false;
    const happening = this.#apply(player, event);
    if (happening !== null) this.#happenings[player.index] = happening;
    player.index++;
    return true;
  }

  /**
   * @param {Player} player
   * @param {LogEvent} event
   * @returns {Happening | null}
   */
  #apply(player, event) {
    const { points, keptSettings, start } = player.scene;
    const effect = player.apply(event);
    if (effect === null) return null;
    const begins = player.scene.start !== start;
    if (player === this.#player) this.#noteChange(points, keptSettings, begins || effect.weights.length > 0);
    if (begins) this.#begin(player.step);
    return effect.happening;
  }

  /**
   * @param {number} step at which a network starts
   */
  #begin(step) {
    if (step >= this.#traces.end && step > 0) this.#keepGhost('start', this.#traces.start);
    this.#traces.begin(step);
    this.#losses = null;
  }

  /**
   * @param {unknown} points before
   * @param {unknown} settings before
   * @param {boolean} parameters whether they have changed for sure
   */
  #noteChange(points, settings, parameters) {
    const { scene } = this.#player;
    if (scene.points !== points) this.pointsVersion++;
    if (scene.keptSettings !== settings) this.settingsVersion++;
    if (parameters || scene.keptSettings !== settings) this.parametersVersion++;
  }

  /** The log ends here from now on; what came after stays as a ghost. */
  #fork() {
    const { step, index } = this.#player;
    this.#keepGhost('fork', step);
    this.#events.length = index;
    this.#happenings.length = index;
    this.#keyframes.truncate({ step, index });
    this.#traces.truncate(step);
    this.#losses = null;
    this.#end = step;
    this.#stroke = null;
  }

  /**
   * @param {Ghost['kind']} kind
   * @param {number} from the curve's first step
   */
  #keepGhost(kind, from) {
    const { steps, values } = this.#traces.curves(from).loss;
    if (steps.length === 0) return;
    const { start } = this.#player.scene;
    const ghost = Object.freeze({ kind, start: kind === 'start' ? from : start.step, steps, values });
    this.#ghosts = [...this.#ghosts, ghost].slice(-maxGhosts);
  }

  /**
   * The nearest place to play to a step from: a keyframe, or where the run stands.
   * @param {number} step
   */
  #nearest(step) {
    const keyframe = this.#keyframes.before(step);
    const { step: here } = this.#player;
    return this.#replayed && here <= step && here > keyframe.step ? this.#player.capture() : keyframe;
  }
}

/** The network of a session: to be looked at only, the session trains it. */
export class SessionNetwork extends NetworkView {
  /** Refused: session.train does it.
   * @returns {never}
   * @throws {TypeError} always */
  train() {
    return refuse('train');
  }

  /** Refused: session.train does it.
   * @returns {never}
   * @throws {TypeError} always */
  fit() {
    return refuse('fit');
  }

  /** Refused: session.edit({ weight }) sets one.
   * @returns {never}
   * @throws {TypeError} always */
  setWeights() {
    return refuse('setWeights');
  }

  /** Refused: session.free does it.
   * @returns {never}
   * @throws {TypeError} always */
  free() {
    return refuse('free');
  }

  /** @override
   * @returns {import('./parameters.js').Parameters} copies; assigning them is refused */
  get parameters() {
    return super.parameters;
  }

  /** Refused: session.edit({ weight }) sets one.
   * @override
   * @throws {TypeError} always */
  set parameters(_) {
    refuse('parameters =');
  }
}

/**
 * @param {string} name
 * @returns {never}
 */
function refuse(name) {
  throw new TypeError(`session.network.${name}: this network is its session's; use session.train and session.edit`);
}
