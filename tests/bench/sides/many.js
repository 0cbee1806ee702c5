/** The core's calls that do the work of many: 256 starts trained in one, and J over a plane of two parameters. */
import { landscape, seed, starts, stepsOfStart, time } from '../task.js';
import { prepareWithData, trainingOptions } from './core.js';

/** @typedef {import('../../../web/engine/core.js').Core} Core */
/** @typedef {import('../task.js').Task} Task */
/** @typedef {import('../task.js').Worker} Worker */

/** @param {string} hash @returns {number} its low word, as a number to compare */
const lowWord = (hash) => Number.parseInt(hash.slice(8), 16);

/**
 * All starts in one call.
 *
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openRuns(core, task) {
  const { network, data, free } = prepareWithData(core, task);
  const train = () => {
    const runs = core.createRuns(network.options, starts);
    const results = runs.train(data, trainingOptions(task), stepsOfStart);
    runs.free();
    return results.map(({ hash }) => lowWord(hash));
  };
  return {
    work: 1,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) train();
      }),
    prove: train,
    free,
  };
}

/**
 * The same starts, a network and a training call each.
 *
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openSingleRuns(core, task) {
  const { network, data, free } = prepareWithData(core, task);
  const train = () =>
    Array.from({ length: starts }, (_, k) => {
      const single = core.createNetwork({ ...network.options, seed: seed + k });
      single.train(data, trainingOptions(task), stepsOfStart);
      const hash = single.hash();
      single.free();
      return lowWord(hash);
    });
  return {
    work: 1,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) train();
      }),
    prove: train,
    free,
  };
}

/**
 * J over W1's first two parameters.
 *
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openLandscape(core, task) {
  const { network, data, free } = prepareWithData(core, task);
  const draw = () => [...network.lossGrid(data, landscape, 0, 1, 0, landscape.rows)];
  return {
    work: 1,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) draw();
      }),
    prove: draw,
    free,
  };
}
