/**
 * The picture in words, for who does not see it: shares of the plane, errors, loss.
 */

import { inUnits } from './axes.js';
import { wholePlane } from './field.js';
import { formatLoss, formatNumber, formatPercent, formatStep } from './numbers.js';
import { classLetters, strings } from './strings.js';

/**
 * The share of the plane that each class is given.
 *
 * @param {ArrayLike<number>} z logits on an even grid, (places, n_y)
 * @param {number} classes 2 … 4; two classes have one logit, of class 1
 * @returns {number[]} a share a class, which sum to 1
 */
export function sharesOfPlane(z, classes) {
  const shares = new Array(classes).fill(0);
  const outputs = classes === 2 ? 1 : classes;
  const places = z.length / outputs;
  for (let i = 0; i < places; i += 1) {
    let best = 0;
    if (outputs === 1) best = /** @type {number} */ (z[i]) > 0 ? 1 : 0;
    else {
      for (let k = 1; k < outputs; k += 1) {
        if (/** @type {number} */ (z[i * outputs + k]) > /** @type {number} */ (z[i * outputs + best])) best = k;
      }
    }
    shares[best] += 1 / places;
  }
  return shares;
}

/**
 * @param {{ shares: number[], loss: number, step: number, accuracy: number, points: number, hidden: number,
 *   names?: readonly string[], test?: { points: number, accuracy: number } }} state accuracy and points are the training's
 * @returns {string}
 */
export function describe({ shares, loss, step, accuracy, points, hidden, names = classLetters, test }) {
  return strings.description({
    shares: shares.map((share, k) => `${names[k]} ${formatPercent(share)}`),
    loss: formatLoss(loss),
    step: formatStep(step),
    right: formatPercent(accuracy),
    wrong: Math.round(points * (1 - accuracy)),
    points,
    test:
      test === undefined || test.points === 0
        ? undefined
        : strings.testRight(test.points, formatPercent(test.accuracy)),
    hidden,
  });
}

/**
 * The same of a session.
 *
 * @param {import('../engine/session.js').Session} session
 * @param {readonly string[]} names of the classes
 */
export function runInWords(session, names) {
  const testing = session.points.filter(({ test }) => test).length;
  return describe({
    shares: sharesOfPlane(session.logits(wholePlane(60)), session.settings.classes),
    loss: session.loss,
    step: session.step - session.startStep,
    accuracy: session.accuracy.train,
    points: session.points.length - testing,
    test: { points: testing, accuracy: session.accuracy.test },
    hidden: session.settings.hidden,
    names,
  });
}

/**
 * Where the cross-hair is: the chosen point, or what the network says there.
 *
 * @param {import('../engine/session.js').Session} session
 * @param {{ cursor: import('./plane.js').Place, selected: number | undefined }} page
 * @param {{ names: readonly string[], axes: readonly [import('./axes.js').Axis, import('./axes.js').Axis] }} data
 */
export function placeInWords(session, { cursor, selected }, { names, axes }) {
  const [first, second] = axes;
  const point = session.points.find(({ id }) => id === selected);
  const { x, y } = point ?? cursor;
  const digits = point === undefined ? 1 : 2;
  const [across, up] = [formatNumber(inUnits(first, x), digits), formatNumber(inUnits(second, y), digits)];
  if (point !== undefined) return strings.pointAt(point.id, names[point.class], across, up);
  const p = [...session.network.predict([[x, y]])];
  const shares = session.settings.classes === 2 ? [1 - p[0], p[0]] : p;
  const best = shares.indexOf(Math.max(...shares));
  return strings.cursorAt(across, up, names[best], formatNumber(shares[best], 2));
}
