/** Training by epochs, as Keras's `fit` has it. */
import {
  checkExamples,
  checkFunction,
  checkInteger,
  checkLabels,
  checkObject,
  checkSignal,
  show,
} from './arguments.js';
import { maxInteger } from './limits.js';
import { nextTask } from './next-task.js';
import { trainingNames, trainingOptions } from './training-options.js';

/** @typedef {import('./arguments.js').Examples} Examples */
/** @typedef {import('./arguments.js').Numbers} Numbers */
/** @typedef {import('./core-data.js').CoreData} CoreData */
/** @typedef {import('./core-network.js').CoreNetwork} CoreNetwork */
/** @typedef {import('./training-options.js').TrainingArguments} TrainingArguments */

/**
 * What is known after an epoch. loss, data_loss and accuracy are means over the epoch's examples, each as it was
 * before its batch's update, as in Keras; those with val_ are of the validation data after the epoch.
 * @typedef {object} EpochLogs
 * @property {number} loss in nats, with penalties
 * @property {number} data_loss J, in nats: loss without penalties
 * @property {number} accuracy the share of examples whose class was found
 * @property {number} [val_loss] with validationData only, as the next two
 * @property {number} [val_data_loss]
 * @property {number} [val_accuracy]
 */

/** @typedef {{ onEpochEnd?: (epoch: number, logs: EpochLogs) => unknown }} FitCallbacks */

/**
 * @typedef {object} FitOnly
 * @property {number} [epochs] passes over the data, by default 1
 * @property {readonly [Examples, Numbers]} [validationData] [X, y], evaluated after each epoch
 * @property {FitCallbacks} [callbacks] onEpochEnd(epoch, logs): called after each epoch, counted from 0, and awaited
 * @property {AbortSignal} [signal] ends the training after the epoch under way
 */

/** @typedef {TrainingArguments & FitOnly} FitArguments */

/**
 * Keras's History: lists with an entry for each epoch.
 * @typedef {object} History
 * @property {number[]} epoch 0, 1, …
 * @property {{ loss: number[], data_loss: number[], accuracy: number[], val_loss?: number[], val_data_loss?: number[],
 *   val_accuracy?: number[] }} history as in EpochLogs; those with val_ only where there was validationData
 * @property {string | null} diverged the parameter that ended it, as in "W1[2,0]", or "J"; its epoch is not listed
 */

/** Work between two pauses, in examples times units: about 8 ms. */
const sliceWork = 8e6;

/**
 * @param {Examples} X
 * @param {Numbers} y
 * @param {FitArguments} options
 * @param {object} network
 * @param {CoreNetwork} network.network
 * @param {(x: Float32Array, y: Uint8Array, batchSize: number) => CoreData} network.take gives the data to train on
 * @param {() => CoreData} network.createData
 * @param {(parameter: number) => string} network.nameOf
 * @returns {Promise<History>}
 */
export async function fit(X, y, options, { network, take, createData, nameOf }) {
  const { inputs, classes, hidden } = network.options;
  checkObject('options', options, ['epochs', 'validationData', 'callbacks', 'signal', ...trainingNames]);
  const { epochs = 1, validationData, callbacks = {}, signal } = options;
  checkInteger('epochs', epochs, 1, maxInteger - network.epoch);
  const training = trainingOptions(options);
  const onEpochEnd = checkCallback(callbacks);
  checkSignal(signal);
  const { x, m } = copyOfExamples('X', X, inputs);
  const labels = checkLabels('y', y, m, classes);
  const validation = validationData === undefined ? null : checkValidation(validationData, inputs, classes);
  signal?.throwIfAborted();

  const validationSet = validation === null ? null : createData();
  try {
    if (validation !== null) validationSet?.set(validation.x, validation.y);
    const history = startHistory(validation !== null);
    let work = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      // Taken anew each time: whoever ran during a pause may have trained on something else.
      const result = network.trainEpoch(take(x, labels, training.batchSize), training);
      if (result.diverged) return { ...history, diverged: nameOf(result.parameter) };
      /** @type {EpochLogs} */
      const logs = { loss: result.loss, data_loss: result.dataLoss, accuracy: result.accuracy };
      if (validationSet !== null) {
        const { loss, dataLoss, correct } = network.evaluate(validationSet, training);
        Object.assign(logs, { val_loss: loss, val_data_loss: dataLoss, val_accuracy: correct / validationSet.count });
      }
      record(history, epoch, logs);
      if (onEpochEnd !== undefined) await onEpochEnd(epoch, logs);
      work += (m + (validation?.y.length ?? 0)) * hidden;
      if (work >= sliceWork) {
        work = 0;
        await nextTask();
      }
      signal?.throwIfAborted();
    }
    return history;
  } finally {
    validationSet?.free();
  }
}

/** @param {boolean} withValidation @returns {History} */
const startHistory = (withValidation) => ({
  epoch: [],
  history: {
    loss: [],
    data_loss: [],
    accuracy: [],
    ...(withValidation ? { val_loss: [], val_data_loss: [], val_accuracy: [] } : {}),
  },
  diverged: null,
});

/**
 * @param {History} history
 * @param {number} epoch
 * @param {EpochLogs} logs
 */
function record(history, epoch, logs) {
  history.epoch.push(epoch);
  for (const [name, value] of Object.entries(logs)) {
    history.history[/** @type {keyof EpochLogs} */ (name)]?.push(value);
  }
}

/**
 * The same examples for the whole of the training, whatever the caller does with the array meanwhile.
 * @param {string} name
 * @param {Examples} X
 * @param {number} inputs
 */
function copyOfExamples(name, X, inputs) {
  const { x, m } = checkExamples(name, X, inputs, 1);
  return { x: x === X ? x.slice() : x, m };
}

/**
 * @param {readonly [Examples, Numbers]} pair
 * @param {number} inputs
 * @param {number} classes
 */
function checkValidation(pair, inputs, classes) {
  if (!Array.isArray(pair)) throw new TypeError(`validationData: ${show(pair)} is not [X, y]`);
  if (pair.length !== 2) throw new RangeError(`validationData: ${pair.length} parts are not [X, y]`);
  const { x, m } = checkExamples('validationData[0]', pair[0], inputs, 1);
  return { x, y: checkLabels('validationData[1]', pair[1], m, classes) };
}

/** @param {FitCallbacks} callbacks */
function checkCallback(callbacks) {
  checkObject('callbacks', callbacks, ['onEpochEnd']);
  return checkFunction('callbacks.onEpochEnd', callbacks.onEpochEnd);
}
