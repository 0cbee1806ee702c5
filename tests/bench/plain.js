/**
 * The baseline of the benchmark: the same network as a good programmer writes it in plain
 * JavaScript. Float32Array, weights flat, one loop over the examples that does all of a step's
 * work, nothing allocated while it trains, Math.exp and Math.tanh. Two inputs, one sigmoid output.
 */

/** @typedef {'sigmoid' | 'tanh'} Activation */

/**
 * @param {number} right the logit towards the right class
 * @returns {number} log(1 + e^-right)
 */
const lossOf = (right) => (right > 0 ? Math.log(1 + Math.exp(-right)) : Math.log(1 + Math.exp(right)) - right);

export class PlainNetwork {
  /**
   * @param {{ hidden: number, activation: Activation, parameters: Float32Array }} options
   *   parameters as the core orders them: W1 (n_h, 2), b1 (n_h), W2 (n_h), b2
   */
  constructor({ hidden, activation, parameters }) {
    this.hidden = hidden;
    this.tanh = activation === 'tanh';
    this.W1 = new Float32Array(2 * hidden);
    this.b1 = new Float32Array(hidden);
    this.W2 = new Float32Array(hidden);
    this.b2 = 0;
    this.dW1 = new Float32Array(2 * hidden);
    this.db1 = new Float32Array(hidden);
    this.dW2 = new Float32Array(hidden);
    this.A1 = new Float32Array(hidden);
    this.setParameters(parameters);
  }

  /** @param {Float32Array} parameters as for the constructor */
  setParameters(parameters) {
    const { hidden } = this;
    this.W1.set(parameters.subarray(0, 2 * hidden));
    this.b1.set(parameters.subarray(2 * hidden, 3 * hidden));
    this.W2.set(parameters.subarray(3 * hidden, 4 * hidden));
    this.b2 = parameters[4 * hidden];
  }

  /**
   * One update on the examples order[from] … order[to - 1].
   *
   * @param {Float32Array} x (m, 2) row by row
   * @param {Uint8Array} y (m)
   * @param {Uint32Array} order
   * @param {number} from
   * @param {number} to
   * @param {number} learningRate
   * @param {boolean} wantLoss
   * @returns {number} J before the update, if wanted
   */
  step(x, y, order, from, to, learningRate, wantLoss) {
    const { W1, b1, W2, b2, dW1, db1, dW2, A1, hidden, tanh } = this;
    dW1.fill(0);
    db1.fill(0);
    dW2.fill(0);
    let db2 = 0;
    let loss = 0;
    for (let e = from; e < to; e++) {
      const i = order[e];
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      let z = b2;
      if (tanh) {
        for (let j = 0; j < hidden; j++) {
          const a = Math.tanh(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j]);
          A1[j] = a;
          z += W2[j] * a;
        }
      } else {
        for (let j = 0; j < hidden; j++) {
          const a = 1 / (1 + Math.exp(-(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j])));
          A1[j] = a;
          z += W2[j] * a;
        }
      }
      if (wantLoss) loss += lossOf(y[i] === 1 ? z : -z);
      const d = 1 / (1 + Math.exp(-z)) - y[i];
      db2 += d;
      if (tanh) {
        for (let j = 0; j < hidden; j++) {
          const a = A1[j];
          const s = d * W2[j] * (1 - a * a);
          dW2[j] += d * a;
          db1[j] += s;
          dW1[2 * j] += s * x1;
          dW1[2 * j + 1] += s * x2;
        }
      } else {
        for (let j = 0; j < hidden; j++) {
          const a = A1[j];
          const s = d * W2[j] * a * (1 - a);
          dW2[j] += d * a;
          db1[j] += s;
          dW1[2 * j] += s * x1;
          dW1[2 * j + 1] += s * x2;
        }
      }
    }
    const m = to - from;
    const rate = learningRate / m;
    for (let j = 0; j < hidden; j++) {
      W1[2 * j] -= rate * dW1[2 * j];
      W1[2 * j + 1] -= rate * dW1[2 * j + 1];
      b1[j] -= rate * db1[j];
      W2[j] -= rate * dW2[j];
    }
    this.b2 = b2 - rate * db2;
    return loss / m;
  }

  /**
   * @param {Float32Array} x (m, 2) row by row
   * @param {Uint8Array} y (m)
   * @returns {number} J
   */
  loss(x, y) {
    const { W1, b1, W2, b2, hidden, tanh } = this;
    let loss = 0;
    for (let i = 0; i < y.length; i++) {
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      let z = b2;
      if (tanh) {
        for (let j = 0; j < hidden; j++) z += W2[j] * Math.tanh(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j]);
      } else {
        for (let j = 0; j < hidden; j++) z += W2[j] / (1 + Math.exp(-(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j])));
      }
      loss += lossOf(y[i] === 1 ? z : -z);
    }
    return loss / y.length;
  }

  /**
   * The picture of p over a square, through a table of 256 colours.
   *
   * @param {{ left: number, top: number, width: number, height: number, columns: number, rows: number }} grid
   * @param {Uint32Array} colours (256)
   * @param {Uint32Array} pixels (rows, columns)
   */
  paint({ left, top, width, height, columns, rows }, colours, pixels) {
    const { W1, b1, W2, b2, hidden, tanh } = this;
    for (let row = 0, at = 0; row < rows; row++) {
      const x2 = top - ((row + 0.5) * height) / rows;
      for (let column = 0; column < columns; column++, at++) {
        const x1 = left + ((column + 0.5) * width) / columns;
        let z = b2;
        if (tanh) {
          for (let j = 0; j < hidden; j++) z += W2[j] * Math.tanh(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j]);
        } else {
          for (let j = 0; j < hidden; j++) z += W2[j] / (1 + Math.exp(-(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j])));
        }
        pixels[at] = colours[Math.floor(255 / (1 + Math.exp(-z)) + 0.5)];
      }
    }
  }
}

/**
 * The same, tuned for V8 by two things that are no longer the notes' lines one by one: the exponentials in a loop of
 * their own, and the output weight, which is the same for all examples, multiplied in after the sums (in the update).
 */
export class TunedNetwork extends PlainNetwork {
  /** @override @type {PlainNetwork['step']} */
  step(x, y, order, from, to, learningRate, wantLoss) {
    const { W1, b1, W2, b2, dW1, db1, dW2, A1, hidden, tanh } = this;
    dW1.fill(0);
    db1.fill(0);
    dW2.fill(0);
    let db2 = 0;
    let loss = 0;
    for (let e = from; e < to; e++) {
      const i = order[e];
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      let z = b2;
      if (tanh) {
        for (let j = 0; j < hidden; j++) A1[j] = Math.tanh(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j]);
        for (let j = 0; j < hidden; j++) z += W2[j] * A1[j];
      } else {
        for (let j = 0; j < hidden; j++) A1[j] = Math.exp(-(W1[2 * j] * x1 + W1[2 * j + 1] * x2 + b1[j]));
        for (let j = 0; j < hidden; j++) {
          const a = 1 / (1 + A1[j]);
          A1[j] = a;
          z += W2[j] * a;
        }
      }
      if (wantLoss) loss += lossOf(y[i] === 1 ? z : -z);
      const d = 1 / (1 + Math.exp(-z)) - y[i];
      db2 += d;
      if (tanh) {
        for (let j = 0; j < hidden; j++) {
          const a = A1[j];
          const s = d * (1 - a * a);
          dW2[j] += d * a;
          db1[j] += s;
          dW1[2 * j] += s * x1;
          dW1[2 * j + 1] += s * x2;
        }
      } else {
        for (let j = 0; j < hidden; j++) {
          const a = A1[j];
          const p = d * a;
          const s = p * (1 - a);
          dW2[j] += p;
          db1[j] += s;
          dW1[2 * j] += s * x1;
          dW1[2 * j + 1] += s * x2;
        }
      }
    }
    const m = to - from;
    const rate = learningRate / m;
    for (let j = 0; j < hidden; j++) {
      const hiddenRate = rate * W2[j];
      W1[2 * j] -= hiddenRate * dW1[2 * j];
      W1[2 * j + 1] -= hiddenRate * dW1[2 * j + 1];
      b1[j] -= hiddenRate * db1[j];
      W2[j] -= rate * dW2[j];
    }
    this.b2 = b2 - rate * db2;
    return loss / m;
  }
}
