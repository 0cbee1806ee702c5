/** Plays a log: a scene, its network and its data, at one step of the run. */
import { indexOf, nameOfParameter } from '../parameters.js';
import { Scene } from './scene.js';

/** @typedef {import('../core.js').Core} Core */
/** @typedef {import('../core-data.js').CoreData} CoreData */
/** @typedef {import('../core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('../parameters.js').Place} Place */
/** @typedef {import('./events.js').LogEvent} LogEvent */
/** @typedef {import('./log.js').LogHead} LogHead */
/** @typedef {import('./points.js').Point} Point */
/** @typedef {import('./scene.js').Effect} Effect */
/** @typedef {import('./scene.js').SceneSnapshot} SceneSnapshot */

/**
 * A place of the run that can be returned to.
 * @typedef {object} Keyframe
 * @property {number} step
 * @property {number} index events applied
 * @property {SceneSnapshot} scene
 * @property {Uint8Array} state of the network
 */

/** @typedef {'ok' | 'diverged' | 'no-points'} Status */
/** @typedef {{ loss: number, dataLoss: number, accuracy: number }} Evaluation NaN where there are no points */

const noPoints = Object.freeze({ loss: NaN, dataLoss: NaN, accuracy: NaN });

/** Work that every step has, in the unit of stepWork: as much as a call, measured. */
const callWork = 100;

/** Work of bringing a point into the core, measured. */
const pointWork = 100;

/** Work of an edit, for each unit of the scene's. */
const editWork = 1000;

export class Player {
  /** @type {Core} */ #core;
  /** @type {Scene} */ #scene;
  /** @type {CoreNetwork} */ #network;
  /** @type {import('./scene.js').Start} */ #start;
  /** @type {CoreData} */ #training;
  /** @type {CoreData} */ #testing;
  /** The pins that the network was given. @type {{ pinned: unknown, network: CoreNetwork | null, hidden: number }} */
  #held = { pinned: null, network: null, hidden: 0 };
  /** @type {readonly Point[] | null} the points that #training and #testing hold */
  #loaded = null;
  /** @type {{ training: Evaluation, testing: Evaluation } | null} */ #evaluations = null;

  /** Updates made since the run began, over all its starts. */
  step = 0;

  /** Events applied. */
  index = 0;

  /** Training's work since the last keyframe. */
  unsaved = 0;

  /** All work done so far, in the unit of stepWork: steps, edits, and points brought into the core. */
  work = 0;

  /**
   * @param {Core} core
   * @param {LogHead} head
   */
  constructor(core, head) {
    this.#core = core;
    this.#scene = new Scene(core, head);
    this.#start = this.#scene.start;
    this.#network = this.#createNetwork();
    [this.#training, this.#testing] = this.#createData();
  }

  get scene() {
    return this.#scene;
  }

  get network() {
    return this.#network;
  }

  /** What the network is trained on. */
  get training() {
    this.#load();
    return this.#training;
  }

  /** What it is tested on. */
  get testing() {
    this.#load();
    return this.#testing;
  }

  /** Of the training points as they are now. */
  get evaluation() {
    return this.#evaluate().training;
  }

  /** Of the test points. */
  get testEvaluation() {
    return this.#evaluate().testing;
  }

  /**
   * The work of one step: examples times units, times what an example and unit cost beside
   * the plane's two inputs and one output. One is about a nanosecond on a fast machine.
   */
  get stepWork() {
    const { inputs, hidden, outputs } = this.#scene.shape;
    const { batchSize } = this.#scene.keptSettings;
    const m = this.training.count;
    const batch = batchSize === 0 ? m : Math.min(batchSize, m);
    const lanes = Math.ceil(batch / 4) * 4 * Math.ceil(hidden / 4) * 4;
    return callWork + (lanes * (inputs + outputs + 1)) / 4;
  }

  /**
   * @param {LogEvent} event
   * @returns {Effect | null} null where it changes nothing
   * @throws {RangeError} naming what does not exist; then nothing has changed
   */
  apply(event) {
    const before = this.#scene.work;
    const effect = this.#scene.apply(event, (place) => this.#readWeight(place));
    if (effect !== null) this.#follow(effect);
    this.work += (this.#scene.work - before) * editWork;
    return effect;
  }

  /**
   * @param {Place & { value: number }} weight
   * @returns {boolean} whether there is such a weight, and it has this value
   */
  holds({ value, ...place }) {
    return indexOf(place, this.#network.shape) >= 0 && this.#readWeight(place) === value;
  }

  /**
   * @param {number} steps at least 1
   * @returns {{ status: Status, steps: number, parameter: string, losses: Float32Array }} parameter: what diverged,
   *   or ''; losses: J before each step
   */
  advance(steps) {
    const data = this.training;
    if (data.count === 0) return { status: 'no-points', steps: 0, parameter: '', losses: new Float32Array(0) };
    const result = this.#network.train(data, this.#scene.settings, steps, true);
    const work = result.steps * this.stepWork;
    this.step += result.steps;
    this.unsaved += work;
    this.work += work;
    this.#evaluations = null;
    return {
      status: result.diverged ? 'diverged' : 'ok',
      steps: result.steps,
      parameter: result.diverged ? nameOfParameter(result.parameter, this.#network) : '',
      losses: result.losses,
    };
  }

  /** @returns {Keyframe} */
  capture() {
    return { step: this.step, index: this.index, scene: this.#scene.snapshot(), state: this.#network.readState() };
  }

  /** @param {Keyframe} keyframe */
  restore({ step, index, scene, state }) {
    this.step = step;
    this.index = index;
    this.unsaved = 0;
    this.#scene.restore(scene);
    this.#startNetwork();
    this.#network.writeState(state);
  }

  /**
   * Goes to a step without training: points and settings become what they are there, the weights do not.
   * @param {readonly LogEvent[]} events
   * @param {number} step
   */
  jump(events, step) {
    for (; this.index < events.length && events[this.index].step <= step; this.index++) {
      this.step = events[this.index].step;
      this.apply(events[this.index]);
    }
    this.step = step;
  }

  free() {
    this.#network.free();
    this.#training.free();
    this.#testing.free();
  }

  /** @param {Effect} effect */
  #follow({ endsEpoch, weights }) {
    const { scene } = this;
    if (scene.start !== this.#start) {
      // A new start draws the weights anew, but what is held still stays.
      const held = scene.pins.map((place) => ({ place, value: this.#readWeight(place) }));
      this.#startNetwork();
      for (const { place, value } of held) this.#writeWeight(place, value);
    }
    const network = this.#network;
    const { hidden, activation } = scene.keptSettings;
    if (network.options.hidden !== hidden) network.setHidden(hidden);
    if (network.options.activation !== activation) network.setActivation(activation);
    if (endsEpoch && network.position !== 0) network.endEpoch();
    for (const { place, value } of weights) this.#writeWeight(place, value);
    this.#pin();
    this.#evaluations = null;
  }

  /** A fresh network for the scene's start. */
  #startNetwork() {
    const network = this.#createNetwork();
    this.#network.free();
    this.#network = network;
    this.#start = this.#scene.start;
    this.#evaluations = null;
    this.#pin();
  }

  #createNetwork() {
    const { hidden, activation, classes, features } = this.#scene.keptSettings;
    const { seed, init } = this.#scene.start;
    return this.#core.createNetwork({ seed, init, hidden, activation, classes, features, inputs: 2 });
  }

  #pin() {
    const { pinned } = this.#scene;
    const { hidden } = this.#network.options;
    if (pinned === this.#held.pinned && this.#network === this.#held.network && hidden === this.#held.hidden) return;
    this.#held = { pinned, network: this.#network, hidden };
    this.#network.setPins(this.#scene.pins.map((place) => indexOf(place, this.#network.shape)));
  }

  #createData() {
    const { classes, features } = this.#scene.keptSettings;
    const create = () => this.#core.createData({ inputs: 2, classes, features });
    return [create(), create()];
  }

  /** Brings the scene's points into the core: points -> X, Y. */
  #load() {
    const { points, keptSettings } = this.#scene;
    const { classes, features } = keptSettings;
    const fits = this.#training.classes === classes && this.#training.features === features;
    if (points === this.#loaded && fits) return;
    if (!fits) {
      this.#training.free();
      this.#testing.free();
      [this.#training, this.#testing] = this.#createData();
    }
    setPoints(this.#training, points, false);
    setPoints(this.#testing, points, true);
    this.#loaded = points;
    this.work += points.length * pointWork;
  }

  #evaluate() {
    this.#evaluations ??= {
      training: this.#evaluateOn(this.training),
      testing: this.#evaluateOn(this.testing),
    };
    return this.#evaluations;
  }

  /**
   * @param {CoreData} data
   * @returns {Evaluation}
   */
  #evaluateOn(data) {
    if (data.count === 0) return noPoints;
    const { loss, dataLoss, correct } = this.#network.evaluate(data, this.#scene.settings);
    return { loss, dataLoss, accuracy: correct / data.count };
  }

  /** @param {Place} place */
  #readWeight(place) {
    const index = indexOf(place, this.#network.shape);
    return index < 0 ? 0 : this.#network.readParameter(index);
  }

  /**
   * @param {Place} place
   * @param {number} value
   */
  #writeWeight(place, value) {
    const index = indexOf(place, this.#network.shape);
    if (index >= 0) this.#network.writeParameters(Float32Array.of(value), index);
  }
}

/**
 * @param {CoreData} data
 * @param {readonly Point[]} points
 * @param {boolean} test the side that it takes
 */
function setPoints(data, points, test) {
  const x = new Float32Array(points.length * 2);
  const y = new Uint8Array(points.length);
  let m = 0;
  for (const point of points) {
    if (point.test !== test) continue;
    x[2 * m] = point.x;
    x[2 * m + 1] = point.y;
    y[m] = point.class;
    m++;
  }
  data.set(x.subarray(0, 2 * m), y.subarray(0, m));
}
