/**
 * The notes' formulas in float64 plain loops: the oracle of the core's kernels. Nothing here
 * is shared with the engine. Indices are the notes': W1[unit][input], Z1[unit][example].
 */

/** @typedef {{ W1: number[][], b1: number[], W2: number[][], b2: number[] }} Parameters */
/** @typedef {'sigmoid' | 'tanh' | 'relu'} Activation */
/** @typedef {{ rows: number, cols: number, data: ArrayLike<number> }} Matrix */
/**
 * @typedef {object} Training
 * @property {number} [steps]
 * @property {number} [learningRate]
 * @property {'sgd' | 'momentum' | 'adam'} [optimizer]
 * @property {number} [momentum]
 * @property {number} [beta1]
 * @property {number} [beta2]
 * @property {number} [epsilon]
 * @property {number} [l1]
 * @property {number} [l2]
 * @property {number} [batchSize] 0 for all; batches in order, without a shuffle
 */

/** @param {number} z */
export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** @type {Record<Activation, (z: number) => number>} */
const g = { sigmoid, tanh: Math.tanh, relu: (z) => Math.max(0, z) };

/** g′ of z, with a = g(z).
 * @type {Record<Activation, (z: number, a: number) => number>} */
const slope = { sigmoid: (_, a) => a * (1 - a), tanh: (_, a) => 1 - a * a, relu: (z) => (z > 0 ? 1 : 0) };

/** @type {Record<string, (x: number[]) => number>} */
const featureOf = {
  'x1-squared': ([x1]) => x1 * x1,
  'x2-squared': ([, x2]) => x2 * x2,
  'x1-x2': ([x1, x2]) => x1 * x2,
  'sin-x1': ([x1]) => Math.sin(x1),
  'sin-x2': ([, x2]) => Math.sin(x2),
};

/**
 * @param {number[][]} X
 * @param {readonly string[]} features
 * @returns {number[][]} each row with its features
 */
export const withFeatures = (X, features) => X.map((x) => [...x, ...features.map((name) => featureOf[name](x))]);

/** @param {Matrix} matrix */
export const rowsOf = ({ rows, cols, data }) =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: cols }, (_, c) => data[r * cols + c]));

/**
 * @param {{ W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix }} matrices
 * @returns {Parameters}
 */
export const parametersOf = ({ W1, b1, W2, b2 }) => ({
  W1: rowsOf(W1),
  b1: Array.from(b1.data),
  W2: rowsOf(W2),
  b2: Array.from(b2.data),
});

/**
 * Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2, A2 = σ(Z2) or softmax(Z2)
 * @param {Parameters} parameters
 * @param {number[][]} X m rows
 * @param {Activation} activation
 */
export function forward({ W1, b1, W2, b2 }, X, activation) {
  const Z1 = W1.map((w, j) => X.map((x) => w.reduce((sum, wk, k) => sum + wk * x[k], b1[j])));
  const A1 = Z1.map((row) => row.map(g[activation]));
  const Z2 = W2.map((w, k) => X.map((_, i) => w.reduce((sum, wj, j) => sum + wj * A1[j][i], b2[k])));
  const A2 = Z2.length === 1 ? Z2.map((row) => row.map(sigmoid)) : softmax(Z2);
  return { Z1, A1, Z2, A2 };
}

/** Over the classes of each example, less the greatest so that no exponential overflows.
 * @param {number[][]} Z (n_y, m) */
function softmax(Z) {
  return Z.map((row, k) =>
    row.map((_, i) => {
      const most = Math.max(...Z.map((z) => z[i]));
      const sum = Z.reduce((total, z) => total + Math.exp(z[i] - most), 0);
      return Math.exp(Z[k][i] - most) / sum;
    }),
  );
}

/**
 * J = (1/m) Σ L, from the logits: max(z,0) − z y + log(1 + e^−|z|), or log Σ e^z − z_y.
 * @param {Parameters} parameters
 * @param {number[][]} X
 * @param {number[]} y
 * @param {Activation} activation
 */
export function loss(parameters, X, y, activation) {
  const { Z2 } = forward(parameters, X, activation);
  const L = y.map((label, i) => {
    if (Z2.length === 1) {
      const z = Z2[0][i];
      return Math.max(z, 0) - z * label + Math.log1p(Math.exp(-Math.abs(z)));
    }
    const most = Math.max(...Z2.map((z) => z[i]));
    return most + Math.log(Z2.reduce((sum, z) => sum + Math.exp(z[i] - most), 0)) - Z2[label][i];
  });
  return L.reduce((sum, l) => sum + l, 0) / y.length;
}

/**
 * dZ2 = A2 − Y, dW2 = (1/m) dZ2 A1ᵀ, db2 = (1/m) Σ dZ2, dZ1 = W2ᵀ dZ2 ∘ g′(Z1), dW1 = (1/m) dZ1 Xᵀ, db1 = (1/m) Σ dZ1
 * @param {Parameters} parameters
 * @param {number[][]} X
 * @param {number[]} y
 * @param {Activation} activation
 */
export function gradients(parameters, X, y, activation) {
  const m = y.length;
  const { Z1, A1, A2 } = forward(parameters, X, activation);
  const dZ2 = A2.map((row, k) => row.map((a, i) => a - (A2.length === 1 ? y[i] : Number(y[i] === k))));
  const dZ1 = Z1.map((row, j) =>
    row.map((z, i) => dZ2.reduce((sum, d, k) => sum + parameters.W2[k][j] * d[i], 0) * slope[activation](z, A1[j][i])),
  );
  /** @param {number[]} a @param {(i: number) => number} b */
  const mean = (a, b) => a.reduce((sum, value, i) => sum + value * b(i), 0) / m;
  return {
    J: loss(parameters, X, y, activation),
    dZ2,
    dW2: dZ2.map((d) => A1.map((a) => mean(d, (i) => a[i]))),
    db2: dZ2.map((d) => mean(d, () => 1)),
    dZ1,
    dW1: dZ1.map((d) => X[0].map((_, k) => mean(d, (i) => X[i][k]))),
    db1: dZ1.map((d) => mean(d, () => 1)),
  };
}

/** One array of all, in the order W1, b1, W2, b2. @param {Parameters} parameters */
export const flatten = ({ W1, b1, W2, b2 }) => [...W1.flat(), ...b1, ...W2.flat(), ...b2];

/**
 * @param {number[]} flat
 * @param {Parameters} like of the same shape
 * @returns {Parameters}
 */
export function unflatten(flat, like) {
  let at = 0;
  const take = () => flat[at++];
  return {
    W1: like.W1.map((row) => row.map(take)),
    b1: like.b1.map(take),
    W2: like.W2.map((row) => row.map(take)),
    b2: like.b2.map(take),
  };
}

/**
 * Gradient descent, Keras's momentum or Keras's Adam ("epsilon hat"), with l1 Σ|w| + l2 Σ w² over W1 and W2.
 * @param {Parameters} start
 * @param {number[][]} X
 * @param {number[]} y
 * @param {Activation} activation
 * @param {Training} training
 * @returns {{ parameters: Parameters, losses: number[] }} losses: J (of the batch) before each update
 */
export function train(start, X, y, activation, training) {
  const { steps = 1, learningRate = 1, optimizer = 'sgd', momentum = 0.9, batchSize = 0 } = training;
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, l1 = 0, l2 = 0 } = training;
  const penalised = flatten({
    W1: start.W1.map((row) => row.map(() => 1)),
    b1: start.b1.map(() => 0),
    W2: start.W2.map((row) => row.map(() => 1)),
    b2: start.b2.map(() => 0),
  });
  let w = flatten(start);
  let v = w.map(() => 0);
  let s = w.map(() => 0);
  const losses = [];
  const size = batchSize === 0 ? y.length : batchSize;
  let position = 0;
  for (let t = 1; t <= steps; t++) {
    const batch = [X.slice(position, position + size), y.slice(position, position + size)];
    position = position + size >= y.length ? 0 : position + size;
    const { J, dW1, db1, dW2, db2 } = gradients(
      unflatten(w, start),
      /** @type {number[][]} */ (batch[0]),
      /** @type {number[]} */ (batch[1]),
      activation,
    );
    losses.push(J);
    const d = flatten({ W1: dW1, b1: db1, W2: dW2, b2: db2 }).map(
      (g, k) => g + penalised[k] * (l1 * Math.sign(w[k]) + 2 * l2 * w[k]),
    );
    if (optimizer === 'sgd') w = w.map((wk, k) => wk - learningRate * d[k]);
    else if (optimizer === 'momentum') {
      v = v.map((vk, k) => momentum * vk - learningRate * d[k]);
      w = w.map((wk, k) => wk + v[k]);
    } else {
      v = v.map((vk, k) => beta1 * vk + (1 - beta1) * d[k]);
      s = s.map((sk, k) => beta2 * sk + (1 - beta2) * d[k] * d[k]);
      const rate = (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      w = w.map((wk, k) => wk - (rate * v[k]) / (Math.sqrt(s[k]) + epsilon));
    }
  }
  return { parameters: unflatten(w, start), losses };
}

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @returns {number} the greatest distance between two of their numbers
 */
export function distance(a, b) {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers against ${b.length}`);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Number.isNaN(a[i] - b[i]) ? Infinity : Math.abs(a[i] - b[i]));
  return most;
}

/**
 * Examples that look random but are the same in each run: fractions of multiples of irrational numbers.
 * @param {number} m
 * @param {number} inputs
 * @param {number} classes
 * @param {number} [size] |x| <= size
 */
export function examples(m, inputs, classes, size = 3) {
  const X = Array.from({ length: m }, (_, i) =>
    Array.from({ length: inputs }, (_, k) =>
      Math.fround(size * (2 * (((i + 1) * Math.sqrt(k * 2 + 2) * 7.31) % 1) - 1)),
    ),
  );
  const y = Array.from({ length: m }, (_, i) => Math.floor((((i + 1) * Math.sqrt(11) * 3.7) % 1) * classes));
  return { X, y };
}
