/** The core, by the way that the product takes: CoreNetwork and CoreData. */
import {
  colours,
  learningRateOf,
  operationsOfStep,
  picture,
  probes,
  seed,
  time,
  unitsOfProof,
  updatesOfUnit,
} from '../task.js';

/** @typedef {import('../../../web/engine/core.js').Core} Core */
/** @typedef {import('../task.js').Task} Task */
/** @typedef {import('../task.js').Worker} Worker */

/**
 * The examples and the weights that all sides start from.
 * @param {Core} core
 * @param {Task} task
 */
export function prepare(core, task) {
  const points = core.fillPreset('xor', { n: task.m, noise: 0.1, flip: 0, seed });
  const { hidden, activation } = task;
  const network = core.createNetwork({
    ...{ seed, inputs: 2, features: [], hidden, classes: 2, activation, init: 'glorot-uniform' },
  });
  return { ...points, network };
}

/**
 * The same, with the examples in the core's memory.
 * @param {Core} core
 * @param {Task} task
 */
export function prepareWithData(core, task) {
  const { x, y, network } = prepare(core, task);
  const data = core.createData({ inputs: 2, features: [], classes: 2 });
  data.set(x, y);
  const free = () => {
    network.free();
    data.free();
  };
  return { network, data, free };
}

/**
 * @param {Task} task
 * @returns {import('../../../web/engine/core-structs.js').TrainingOptions}
 */
export const trainingOptions = (task) => ({
  ...{ learningRate: learningRateOf(task), momentum: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, l1: 0, l2: 0 },
  ...{ optimizer: 'sgd', batchSize: task.batchSize, shuffle: task.shuffle },
});

/**
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openTraining(core, task) {
  const { network, data, free } = prepareWithData(core, task);
  const { shuffle, losses } = task;
  const options = trainingOptions(task);
  const start = network.readState();
  const updates = updatesOfUnit(task);
  /** @param {number} units */
  const train = (units) => network.train(data, options, units * updates, losses);
  return {
    work: task.operations ? operationsOfStep(task) : 1,
    slice(count) {
      network.writeState(start);
      return time(() => train(count));
    },
    prove() {
      network.writeState(start);
      const { dataLoss, diverged } = train(unitsOfProof(task));
      if (diverged) throw new Error('the training diverged');
      const after = network.evaluate(data, options).dataLoss;
      return shuffle ? [after] : [dataLoss, after];
    },
    free,
  };
}

/**
 * @param {Core} core
 * @param {Task} task
 * @returns {Worker}
 */
export function openPainting(core, task) {
  const { network } = prepare(core, task);
  const pixels = new Uint8ClampedArray(picture.columns * picture.rows * 4);
  const paint = () => network.paint(picture, 0, picture.rows, colours, pixels);
  return {
    work: 1,
    slice: (count) =>
      time(() => {
        for (let k = 0; k < count; k++) paint();
      }),
    prove() {
      paint();
      return probes.map((probe) => pixels[4 * probe]);
    },
    free: () => network.free(),
  };
}
