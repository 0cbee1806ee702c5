/**
 * The picture in words, for who does not see it: shares of the plane, errors, loss.
 */

import { formatLoss, formatPercent, formatStep } from './numbers.js';
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
