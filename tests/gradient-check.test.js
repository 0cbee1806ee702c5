/** The gradient check through the core: formulas, differences and kernels, and slips that are found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { loadGradientCheck, sabotages } from '../web/engine/gradient-check.js';
import { activations } from '../web/engine/names.js';

/** @typedef {import('../web/engine/core-structs.js').TrainingOptions} TrainingOptions */

const core = await loadCore();
const checker = await loadGradientCheck();
const blocks = ['W1', 'b1', 'W2', 'b2'];
const tolerance = 1e-6;

/** @type {TrainingOptions} */
const plainTraining = {
  learningRate: 0.1,
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  l1: 0,
  l2: 0,
  optimizer: 'sgd',
  batchSize: 0,
  shuffle: false,
};

/**
 * @param {{ activation?: import('../web/engine/names.js').Activation, classes?: number, hidden?: number }} options
 */
function createSubject({ activation = 'sigmoid', classes = 2, hidden = 5 }) {
  const shape = /** @type {const} */ ({ inputs: 2, features: ['x1-x2'], classes });
  const network = core.createNetwork({ ...shape, seed: 3, hidden, activation, init: 'glorot-uniform' });
  const data = core.createData(shape);
  const { x } = core.fillPreset('moons', { n: 60, noise: 0.2, flip: 0, seed: 1 });
  data.set(
    x,
    Uint8Array.from({ length: 60 }, (_, i) => i % classes),
  );
  return { network, data };
}

for (const activation of activations) {
  for (const classes of [2, 3, 4]) {
    for (const penalties of [
      { l1: 0, l2: 0 },
      { l1: 0.01, l2: 0.02 },
    ]) {
      test(`formulas and differences agree, and each slip shows: ${activation}, ${classes} classes, L1 ${penalties.l1}`, (context) => {
        const options = { ...plainTraining, ...penalties };
        const { network, data } = createSubject({ activation, classes });
        network.train(data, options, 20);
        const differences = checker.differences(network, data, options);
        const spoilt = sabotages.map((sabotage) => {
          const { error } = checker.check(network, data, options, differences, sabotage);
          return blocks.filter((_, block) => error[block] > tolerance);
        });
        assert.deepEqual(spoilt, [[], ['W1', 'b1'], ['W2'], ['b2']]);
        const { error, float32Gap, kinks } = checker.check(network, data, options, differences);
        context.diagnostic(
          `error ${Math.max(...error).toExponential(1)}, float32 gap ${Math.max(...float32Gap).toExponential(1)}, ` +
            `${kinks.reduce((sum, count) => sum + count)} parameters at kinks`,
        );
        // The largest absolute error of a kernel's gradient is 1e-6 (tests/native/network.c).
        assert.ok(Math.max(...float32Gap) < 1e-3, `${float32Gap}`);
        network.free();
        data.free();
      });
    }
  }
}

test('differences in slices are those of the whole, and nothing is changed', () => {
  const { network, data } = createSubject({});
  const hash = network.hash();
  const whole = checker.differences(network, data, plainTraining);
  const count = network.parameterCount;
  const slices = Array.from({ length: count }, (_, i) => checker.differences(network, data, plainTraining, i, 1));
  assert.deepEqual(
    slices.flatMap((slice) => [...slice]),
    [...whole],
  );
  assert.equal(network.hash(), hash);
  assert.throws(() => checker.differences(network, data, plainTraining, count, 1), RangeError);
  network.free();
  data.free();
});

test('the formulas in float64 and the kernels are beside each other for every parameter', () => {
  const { network, data } = createSubject({ activation: 'tanh' });
  const { analytic, kernels, loss } = checker.check(
    network,
    data,
    plainTraining,
    checker.differences(network, data, plainTraining),
  );
  const { dW, J } = network.gradients(data);
  assert.deepEqual([...kernels], [...dW]);
  assert.ok(Math.abs(loss - J) < 1e-6);
  for (const [i, value] of analytic.entries()) assert.ok(Math.abs(value - dW[i]) < 1e-6, `parameter ${i}`);
  network.free();
  data.free();
});
