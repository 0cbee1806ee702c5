/**
 * TensorFlow.js on its WebAssembly backend, one thread: by hand-written operations, as one writes them
 * who wants speed, and by model.fit. Full batch.
 */
import { learningRateOf, unitsOfProof } from '../task.js';
import { prepare } from './core.js';

/** @typedef {import('../task.js').Task} Task */
/** @typedef {import('../task.js').Worker} Worker */
/** @typedef {typeof import('@tensorflow/tfjs')} TensorFlow */
/** @typedef {import('@tensorflow/tfjs').Tensor2D} Tensor2D */
/** @typedef {import('@tensorflow/tfjs').Tensor1D} Tensor1D */
/** @typedef {import('@tensorflow/tfjs').Scalar} Scalar */

/**
 * @param {string} folder where the backend's wasm files are, with a slash at its end
 * @returns {Promise<TensorFlow>}
 */
async function load(folder) {
  const tf = await import('@tensorflow/tfjs');
  const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (tf.getBackend() === 'wasm') return tf;
  setWasmPaths(folder);
  setThreadsCount(1);
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js has no wasm backend here');
  return tf;
}

/**
 * @param {import('../../../web/engine/core.js').Core} core which gives the examples and the first weights
 * @param {Task} task
 * @param {string} folder
 */
async function start(core, task, folder) {
  const tf = await load(folder);
  const { x, y, network } = prepare(core, task);
  const { m, hidden } = task;
  const flat = network.readParameters();
  network.free();
  const X = tf.tensor2d(x, [m, 2]);
  const Y = tf.tensor2d(Float32Array.from(y), [m, 1]);
  // Keras's list: kernels are (in, out).
  /** @returns {[Tensor2D, Tensor1D, Tensor2D, Tensor1D]} */
  const weights = () => [
    tf.tidy(() => /** @type {Tensor2D} */ (tf.transpose(tf.tensor2d(flat.slice(0, 2 * hidden), [hidden, 2])))),
    tf.tensor1d(flat.slice(2 * hidden, 3 * hidden)),
    tf.tensor2d(flat.slice(3 * hidden, 4 * hidden), [hidden, 1]),
    tf.tensor1d(flat.slice(4 * hidden)),
  ];
  return { tf, X, Y, weights };
}

/**
 * @param {import('../../../web/engine/core.js').Core} core
 * @param {Task} task
 * @param {string} folder
 * @returns {Promise<Worker>}
 */
export async function openOperations(core, task, folder) {
  const { tf, X, Y, weights } = await start(core, task, folder);
  const { m, activation } = task;
  let [W1, b1, W2, b2] = weights();

  const forward = () => {
    // The backend fuses the sigmoid into the product, but not tanh.
    const A1 = /** @type {Tensor2D} */ (
      activation === 'sigmoid'
        ? tf.fused.matMul({ a: X, b: W1, bias: b1, activation: 'sigmoid' })
        : tf.tanh(tf.fused.matMul({ a: X, b: W1, bias: b1 }))
    );
    return { A1, Z2: tf.fused.matMul({ a: A1, b: W2, bias: b2 }) };
  };

  /** J from the logits: softplus(z) - y z. */
  const loss = () =>
    tf.tidy(() => {
      const { Z2 } = forward();
      return tf.mean(tf.sub(tf.softplus(Z2), tf.mul(Y, Z2))).dataSync()[0];
    });

  const step = () => {
    const next = tf.tidy(() => {
      const { A1, Z2 } = forward();
      const dZ2 = tf.mul(tf.sub(tf.sigmoid(Z2), Y), learningRateOf(task) / m);
      const slope = activation === 'sigmoid' ? tf.mul(A1, tf.sub(1, A1)) : tf.sub(1, tf.square(A1));
      const dZ1 = tf.mul(tf.matMul(dZ2, W2, false, true), slope);
      return /** @type {[Tensor2D, Tensor1D, Tensor2D, Tensor1D]} */ ([
        tf.sub(W1, tf.matMul(X, dZ1, true, false)),
        tf.sub(b1, tf.sum(dZ1, 0)),
        tf.sub(W2, tf.matMul(A1, dZ2, true, false)),
        tf.sub(b2, tf.sum(dZ2, 0)),
      ]);
    });
    tf.dispose([W1, b1, W2, b2]);
    [W1, b1, W2, b2] = next;
  };

  const restart = () => {
    tf.dispose([W1, b1, W2, b2]);
    [W1, b1, W2, b2] = weights();
  };

  return {
    work: 1,
    slice(count) {
      restart();
      const started = performance.now();
      for (let k = 0; k < count; k++) step();
      b2.dataSync(); // as if the operations were only queued; here they are done
      return performance.now() - started;
    },
    prove() {
      restart();
      for (let k = 1; k < unitsOfProof(task); k++) step();
      const before = loss();
      step();
      return [before, loss()];
    },
    free: () => tf.dispose([X, Y, W1, b1, W2, b2]),
  };
}

/**
 * @param {import('../../../web/engine/core.js').Core} core
 * @param {Task} task
 * @param {string} folder
 * @returns {Promise<Worker>}
 */
export async function openFit(core, task, folder) {
  const { tf, X, Y, weights } = await start(core, task, folder);
  const { m, hidden, activation } = task;
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: hidden, activation, inputShape: [2] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(learningRateOf(task)), loss: 'binaryCrossentropy' });
  const restart = () => {
    const first = weights();
    model.setWeights(first);
    tf.dispose(first);
  };
  // It would wait for the next frame now and then: a pause, not work.
  const options = /** @type {const} */ ({ batchSize: m, shuffle: false, verbose: 0, yieldEvery: 'never' });
  return {
    work: 1,
    async slice(count) {
      restart();
      const started = performance.now();
      await model.fit(X, Y, { ...options, epochs: count });
      return performance.now() - started;
    },
    async prove() {
      restart();
      const { history } = await model.fit(X, Y, { ...options, epochs: unitsOfProof(task) });
      const after = /** @type {Scalar} */ (model.evaluate(X, Y, { batchSize: m }));
      const losses = [Number(history.loss.at(-1)), after.dataSync()[0]];
      after.dispose();
      return losses;
    },
    free() {
      model.dispose();
      tf.dispose([X, Y]);
    },
  };
}
