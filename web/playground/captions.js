/**
 * Which sentence stands under the plot. One at a time, the most urgent first; it never promises what the network then
 * does not do. Pure: what is known in, a caption out.
 */

import { formatNumber, formatPercent, formatStep } from './numbers.js';
import { strings } from './strings.js';
import { LEARNED } from './watch.js';

/**
 * @typedef {import('./strings.js').Sentence} Sentence
 * @typedef {{ id: 'before-rate' | 'smaller-rate' | 'new-start' | 'rewind' | 'replay' | 'stop-replay' | 'run-before', label: string }} Action
 * @typedef {{ said: Sentence, next: Sentence, actions: Action[], urgent: boolean }} Caption
 */

/**
 * @typedef {object} Scene
 * @property {number} points
 * @property {number[]} present classes that have points
 * @property {number} classes
 * @property {string | undefined} preset undefined once the data is drawn
 * @property {boolean} playing
 * @property {boolean} resting
 * @property {number} step
 * @property {number} loss
 * @property {number} learningRate
 * @property {number | undefined} previousRate α before it was last changed, if a way back there exists
 * @property {boolean} flapping
 * @property {boolean} saturated
 * @property {string | undefined} diverged the parameter's name
 * @property {number | undefined} replay the share of a link's replay that is done
 * @property {number | undefined} unreplayed the step that a link shows and nobody has replayed
 * @property {boolean} touched the person has drawn or changed something
 * @property {{ count: number, class: number, won: number, age: number } | undefined} stroke their latest; age in steps
 * @property {boolean} undone the latest thing was an undo, and weights have learned since
 * @property {number | undefined} selected
 * @property {boolean} moving
 * @property {boolean} replaced a run that a file has replaced can be gone back to
 * @property {string | undefined} opened the file that was opened last
 * @property {string | undefined} notice a message that something could not be done, or was
 */

/** Steps that a stroke is given before the caption judges it: what the opening's test saw win. */
const PATIENCE = 1200;

/** @param {[Sentence, Sentence]} sentences @param {Action[]} [actions] @param {boolean} [urgent] @returns {Caption} */
function caption([said, next], actions = [], urgent = false) {
  return { said, next, actions, urgent };
}

/** @param {Scene} scene @returns {Action[]} */
function waysBack({ previousRate, learningRate }) {
  /** @type {Action[]} */
  const actions = [];
  if (previousRate !== undefined && previousRate < learningRate) {
    actions.push({ id: 'before-rate', label: strings.actions.beforeLearningRate(formatNumber(previousRate, 4)) });
  }
  actions.push({
    id: 'smaller-rate',
    label: strings.actions.smallerLearningRate(formatNumber(smallerRate(learningRate), 6)),
  });
  return actions;
}

/**
 * A parameter as the notes write it, and whose it is: "W1[2,0]" is W^[1], of unit 3.
 *
 * @param {string} name
 * @returns {[import('./strings.js').Part, number | undefined]}
 */
function parameterOf(name) {
  const [, letter, digit, first, second] = /^([Wb])([12])\[(\d+)(?:,(\d+))?\]$/.exec(name) ?? [];
  if (letter === undefined) return [name, undefined];
  // Rows of W1 and entries of b1 are units, and so are columns of W2.
  const unit = digit === '1' ? first : second;
  return [{ letter, layer: digit === '1' ? 1 : 2 }, unit === undefined ? undefined : Number(unit) + 1];
}

/** A third, to one digit: 3 → 1, 1 → 0.3. @param {number} rate */
export function smallerRate(rate) {
  return Number((rate / 3).toPrecision(1));
}

/** @param {Scene} scene @returns {Caption} */
export function chooseCaption(scene) {
  const { caption: say, actions } = strings;
  if (scene.replay !== undefined) {
    return caption(say.replaying(formatPercent(scene.replay)), [{ id: 'stop-replay', label: actions.stopReplay }]);
  }
  if (scene.diverged !== undefined) return caption(say.diverged(...parameterOf(scene.diverged)), waysBack(scene), true);
  /** @type {Action[]} */
  const before = scene.replaced ? [{ id: 'run-before', label: actions.runBefore }] : [];
  if (scene.notice !== undefined) return caption(say.refused(scene.notice), before, true);
  if (scene.unreplayed !== undefined) {
    return caption(say.notReplayed(formatStep(scene.unreplayed)), [{ id: 'replay', label: actions.replay }]);
  }
  if (scene.opened !== undefined) return caption(say.refused(strings.openedFile(scene.opened)), before);
  if (scene.moving && scene.selected !== undefined) return caption(say.moving(scene.selected));
  if (scene.selected !== undefined) return caption(say.chosen(scene.selected));
  if (scene.points === 0) return caption(say.noPoints(), [], true);
  if (scene.flapping) return caption(say.flapping(), waysBack(scene), true);
  if (scene.undone) return caption(say.undone(), [{ id: 'rewind', label: actions.rewind }]);
  const [only] = scene.present;
  if (scene.present.length === 1 && only !== undefined)
    return caption(say.oneClass(only, only === 0 ? 1 : 0), [], true);
  if (scene.saturated) return caption(say.saturated(), [{ id: 'new-start', label: actions.newStart }], true);
  if (scene.resting) return caption(say.resting());
  const { stroke } = scene;
  if (stroke !== undefined) {
    if (stroke.won === stroke.count && stroke.age > 0) return caption(say.won(stroke.count, stroke.class));
    if (stroke.age > PATIENCE) return caption(say.partlyWon(stroke.won, stroke.count, stroke.class));
    return caption(say.drew(stroke.count, stroke.class));
  }
  if (scene.loss < LEARNED) {
    return caption(scene.preset === 'ring' && !scene.touched ? say.foundRing() : say.learned());
  }
  if (!scene.playing) return caption(say.paused());
  return caption(scene.classes > 2 ? say.openingOfMore(scene.classes) : say.opening());
}
