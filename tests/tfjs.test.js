/** The same training in TensorFlow.js from the same start, on its plain JavaScript backend. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { createNetwork } from '../web/engine/index.js';
import * as notes from './helpers/notes.js';

/** @typedef {import('../web/engine/network.js').Network} Network */
/** @typedef {{ optimizer: 'sgd' | 'momentum', learningRate: number, momentum?: number, l1?: number, l2?: number,
 *   batchSize?: number, steps: number, shuffle: false }} Training */

before(() => tf.setBackend('cpu'));

/** @type {Record<string, (z: import('@tensorflow/tfjs').Tensor) => import('@tensorflow/tfjs').Tensor>} */
const g = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

/**
 * @param {Network} net whose parameters are the start
 * @param {number[][]} X
 * @param {number[]} y
 * @param {Training} training
 * @returns {{ weights: number[], loss: number }} all weights after the steps, and J before the last
 */
function trainWithTensorFlow(net, X, y, training) {
  const { optimizer, learningRate, momentum = 0, l1 = 0, l2 = 0, batchSize = y.length, steps } = training;
  return tf.tidy(() => {
    const [kernel1, bias1, kernel2, bias2] = net.getWeights();
    const W1 = tf.variable(tf.tensor2d(kernel1));
    const b1 = tf.variable(tf.tensor1d(bias1));
    const W2 = tf.variable(tf.tensor2d(kernel2));
    const b2 = tf.variable(tf.tensor1d(bias2));
    const optimizerOf = { sgd: tf.train.sgd(learningRate), momentum: tf.train.momentum(learningRate, momentum) };
    let loss = NaN;
    for (let step = 0, position = 0; step < steps; step++) {
      const x = tf.tensor2d(X.slice(position, position + batchSize));
      const labels = y.slice(position, position + batchSize);
      position = position + batchSize >= y.length ? 0 : position + batchSize;
      optimizerOf[optimizer].minimize(() => {
        const z = g[net.activation](x.matMul(W1).add(b1)).matMul(W2).add(b2);
        const J =
          net.classes === 2
            ? tf.losses.sigmoidCrossEntropy(tf.tensor2d(labels, [labels.length, 1]), z)
            : tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(labels, 'int32'), net.classes), z);
        loss = J.dataSync()[0];
        const penalty = tf.add(
          tf.abs(W1).sum().add(tf.abs(W2).sum()).mul(l1),
          tf.square(W1).sum().add(tf.square(W2).sum()).mul(l2),
        );
        return /** @type {import('@tensorflow/tfjs').Scalar} */ (J.add(penalty));
      });
    }
    const weights = [W1, b1, W2, b2].flatMap((variable) => Array.from(variable.dataSync()));
    for (const variable of [W1, b1, W2, b2]) variable.dispose();
    return { weights, loss };
  });
}

/** @param {Network} net */
const weightsOf = (net) => net.getWeights().flat(2);

for (const activation of /** @type {const} */ (['sigmoid', 'tanh'])) {
  for (const optimizer of /** @type {const} */ (['sgd', 'momentum'])) {
    test(`${activation} with ${optimizer} ends within 1e-5 of TensorFlow.js after 100 steps`, async () => {
      for (const penalties of [{}, { l1: 0.002, l2: 0.01 }]) {
        for (const classes of [2, 3, 4]) {
          for (const batchSize of [undefined, 8]) {
            const training = /** @type {Training} */ ({
              optimizer,
              learningRate: optimizer === 'sgd' ? 0.1 : 0.05,
              momentum: 0.9,
              ...penalties,
              ...(batchSize === undefined ? {} : { batchSize }),
              shuffle: false,
              steps: 100,
            });
            const net = await createNetwork({ hidden: 6, classes, activation, seed: 12 });
            const { X, y } = notes.examples(20, 2, classes);
            const expected = trainWithTensorFlow(net, X, y, training);
            const { dataLoss } = net.train(X, y, training);
            const what = `${JSON.stringify(training)}, ${classes} classes`;
            assert.ok(Math.abs(dataLoss - expected.loss) < 1e-5, `${what}: J ${dataLoss} against ${expected.loss}`);
            const error = notes.distance(weightsOf(net), expected.weights);
            assert.ok(error <= 1e-5, `${what}: differs by ${error}`);
          }
        }
      }
    });
  }
}

test('relu takes the same step as TensorFlow.js from any place of its trajectory', async () => {
  // Step by step: near a kink, a rounding would otherwise grow into another trajectory.
  for (const classes of [2, 3]) {
    const net = await createNetwork({ hidden: 6, classes, activation: 'relu', seed: 12 });
    const { X, y } = notes.examples(20, 2, classes);
    const training = /** @type {Training} */ ({ optimizer: 'sgd', learningRate: 0.1, steps: 1, shuffle: false });
    for (let step = 0; step < 40; step++) {
      const expected = trainWithTensorFlow(net, X, y, training);
      const { dataLoss } = net.train(X, y, training);
      assert.ok(Math.abs(dataLoss - expected.loss) < 1e-6, `step ${step}: J`);
      const error = notes.distance(weightsOf(net), expected.weights);
      assert.ok(error <= 1e-6, `step ${step}: differs by ${error}`);
    }
  }
});
