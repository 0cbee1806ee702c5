/**
 * Goals in words: conditions on a run joined by &, as in "loss<0.1 & hidden<=3".
 */

/** @typedef {import('./player.js').Player} Player */

/** @type {Readonly<Record<string, (player: Player) => number>>} */
const quantities = Object.freeze({
  loss: (player) => player.evaluation.dataLoss,
  'test-loss': (player) => player.testEvaluation.dataLoss,
  accuracy: (player) => player.evaluation.accuracy,
  'test-accuracy': (player) => player.testEvaluation.accuracy,
  hidden: (player) => player.scene.keptSettings.hidden,
  step: (player) => player.step - player.scene.start.step,
  points: (player) => player.scene.points.length,
});

/** @type {Readonly<Record<string, (a: number, b: number) => boolean>>} */
const relations = Object.freeze({
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
});

/** As in "loss < 1e-3". */
const pattern = /^\s*([a-z-]+)\s*(<=|>=|<|>|=)\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*$/;

/** @typedef {{ quantity: string, relation: string, bound: number }} Condition */

/**
 * @param {string} text
 * @returns {{ conditions: Condition[], problem: string }} problem: what of it cannot be read, or ''
 */
export function parseGoal(text) {
  /** @type {Condition[]} */
  const conditions = [];
  for (const part of text.split('&')) {
    const [, quantity, relation, number] = pattern.exec(part) ?? [];
    const bound = Number(number);
    if (quantity === undefined || !Object.hasOwn(quantities, quantity) || bound === Infinity) {
      return { conditions: [], problem: part.trim() };
    }
    conditions.push({ quantity, relation, bound });
  }
  return { conditions, problem: '' };
}

/**
 * @param {readonly Condition[]} conditions at least one; none are never met
 * @param {Player} player
 * @returns {boolean} whether all hold now; what is not known (NaN) does not hold
 */
export const meetsGoal = (conditions, player) =>
  conditions.length > 0 &&
  conditions.every(({ quantity, relation, bound }) => relations[relation](quantities[quantity](player), bound));
