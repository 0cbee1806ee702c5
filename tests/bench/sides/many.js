/**
 * The core's calls that do the work of many: 256 starts trained in one, and J over a plane of two
 * parameters. By the functions of src/two_layer.h, through the memory of a CoreNetwork.
 */
import { activations, initializers, optimizers } from '../../../web/engine/names.js';
import { landscape, learningRateOf, seed, starts, stepsOfStart, time } from '../task.js';
import { prepareWithData, trainingOptions } from './core.js';

/** @typedef {import('../../../web/engine/core.js').Core} Core */
/** @typedef {import('../task.js').Task} Task */
/** @typedef {import('../task.js').Worker} Worker */

const networkOptionsBytes = 32;
const trainingOptionsBytes = 40;
const trainingResultBytes = 24;
const gridBytes = 24;

/**
 * All starts in one call.
 *
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openRuns(core, task) {
  const { network, data, free } = prepareWithData(core, task);
  const { memory } = network;
  const { exports } = memory;
  const train = () =>
    memory.borrow((lend) => {
      const networkOptions = lend(networkOptionsBytes);
      const optionsAt = lend(trainingOptionsBytes);
      const results = lend(trainingResultBytes * starts);
      const hashes = lend(8 * starts);
      const { view } = memory;
      const { activation, hidden } = task;
      view.setFloat64(networkOptions, seed, true);
      const shape = [2, 0, hidden, 2, activations.indexOf(activation), initializers.indexOf('glorot-uniform')];
      for (const [k, value] of shape.entries()) view.setUint32(networkOptions + 8 + 4 * k, value, true);
      memory.bytes(optionsAt, trainingOptionsBytes).fill(0);
      view.setFloat32(optionsAt, learningRateOf(task), true);
      view.setUint32(optionsAt + 28, optimizers.indexOf('sgd'), true);
      const runs = exports.runs_create(networkOptions, starts);
      const status = exports.runs_train(...[runs, data.address, optionsAt, stepsOfStart, 0, starts, results, hashes]);
      exports.runs_free(runs);
      if (status !== 0) throw new Error(`runs_train: status ${status}`);
      return Array.from({ length: starts }, (_, k) => memory.view.getUint32(hashes + 8 * k, true));
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
      return Number.parseInt(hash.slice(8), 16);
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
  const { memory } = network;
  const { left, top, width, height, columns, rows } = landscape;
  const draw = () =>
    memory.borrow((lend) => {
      const grid = lend(gridBytes);
      const J = lend(4 * columns * rows);
      const { view } = memory;
      for (const [k, value] of [left, top, width, height].entries()) view.setFloat32(grid + 4 * k, value, true);
      view.setUint32(grid + 16, columns, true);
      view.setUint32(grid + 20, rows, true);
      const status = memory.exports.network_loss_grid(network.address, data.address, grid, 0, 1, 0, rows, J);
      if (status !== 0) throw new Error(`network_loss_grid: status ${status}`);
      return [...memory.floats(J, columns * rows)];
    });
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
