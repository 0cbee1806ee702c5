/**
 * Makes the runs of runs.txt and hashes all that each gives, as driver.c does, line by line:
 * FNV-1a, 64 bits, over little-endian bytes. It runs in Node and in a page.
 */
import { sabotages } from '../../web/engine/gradient-check.js';
import { features as featureNames } from '../../web/engine/names.js';

/** @typedef {import('../../web/engine/core.js').Core} Core */
/** @typedef {import('../../web/engine/gradient-check.js').GradientChecker} GradientChecker */

const picture = { left: -3, top: 3, width: 6, height: 6, columns: 251, rows: 37 };
const unitSquare = { left: 0, top: 1, width: 1, height: 1, columns: 40, rows: 30 };
const lossPlane = { left: -2, top: 2, width: 4, height: 4, columns: 21, rows: 11 };
const ramp = Uint32Array.from({ length: 256 }, (_, i) => 0xff000000 + i * 0x00010203);
const inks = [0xff3b2f2a, 0x80a84300, 0x000b7a70, 0x40141019];

class Fnv {
  #hash = 0xcbf29ce484222325n;

  /** @param {ArrayBufferView} view */
  add(view) {
    let hash = this.#hash;
    for (const byte of new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    }
    this.#hash = hash;
  }

  /** @param {number[]} values */
  floats(...values) {
    this.add(Float32Array.from(values));
  }

  /** @param {number[]} values */
  whole(...values) {
    this.add(Uint32Array.from(values));
  }

  /** @param {string} hash sixteen hex digits */
  hash(hash) {
    this.add(BigUint64Array.of(BigInt(`0x${hash}`)));
  }

  toString() {
    return this.#hash.toString(16).padStart(16, '0');
  }
}

/**
 * @param {string[]} words of which some are KEY=VALUE
 * @returns {(key: string, otherwise: number) => number}
 */
const numbersOf = (words) => (key, otherwise) => {
  const word = words.find((each) => each.startsWith(`${key}=`));
  return word === undefined ? otherwise : Number(word.slice(key.length + 1));
};

/**
 * @param {string[]} words
 * @param {string} key
 * @param {string} otherwise
 * @returns {any} one of the names that core.js knows
 */
const nameOf = (words, key, otherwise) =>
  words.find((each) => each.startsWith(`${key}=`))?.slice(key.length + 1) ?? otherwise;

/** One run: a network, its data, the options it trains with. */
class Run {
  #core;
  #checker;
  #hash = new Fnv();
  /** @type {any} */ #options = {
    learningRate: 1,
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
  /** @type {any} */ #network;
  /** @type {any} */ #data;
  /** @type {Float32Array} */ #x = new Float32Array();

  /** @param {{ core: Core, checker: GradientChecker }} modules */
  constructor({ core, checker }) {
    this.#core = core;
    this.#checker = checker;
  }

  /** @param {string[]} words of one line */
  take([command, ...words]) {
    const numbers = words.map(Number);
    const hash = this.#hash;
    const network = this.#network;
    const data = this.#data;
    const number = numbersOf(words);
    switch (command) {
      case 'network':
        this.#create(words);
        break;
      case 'preset':
        this.#setPreset(words);
        break;
      case 'random':
        this.#setRandom(number('n', 200), number('seed', 1));
        break;
      case 'options':
        this.#setOptions(words);
        break;
      case 'train':
        this.#addResult(network.train(data, this.#options, numbers[0]), network.hash());
        break;
      case 'epochs':
        for (let i = 0; i < numbers[0]; i++) {
          const { loss, dataLoss } = network.trainEpoch(data, this.#options);
          hash.hash(network.hash());
          hash.add(Float64Array.of(loss, dataLoss));
        }
        break;
      case 'end-epoch':
        network.endEpoch();
        break;
      case 'hidden':
        network.setHidden(numbers[0]);
        break;
      case 'activation':
        network.setActivation(words[0]);
        break;
      case 'weight':
        network.writeParameters(Float32Array.of(numbers[1]), numbers[0]);
        break;
      case 'pin':
        network.setPins(numbers);
        break;
      case 'evaluate': {
        const { loss, dataLoss, correct } = network.evaluate(data, this.#options);
        hash.floats(loss, dataLoss);
        hash.whole(correct);
        break;
      }
      case 'predict':
        hash.add(network.predict(this.#x));
        break;
      case 'forward': {
        const { Z1, A1, Z2, A2 } = network.forward(data);
        for (const matrix of [Z1, A1, Z2, A2]) hash.add(matrix);
        break;
      }
      case 'gradients': {
        const { J, dW, dZ1, dZ2 } = network.gradients(data);
        for (const values of [Float64Array.of(J), dW, dZ1, dZ2]) hash.add(values);
        break;
      }
      case 'differences':
        this.#addGradientChecks();
        break;
      case 'logits':
        hash.add(network.logits(picture, 0, picture.rows));
        break;
      case 'losses':
        hash.add(network.lossGrid(data, lossPlane, numbers[0], numbers[1], 0, lossPlane.rows));
        break;
      case 'many':
        this.#addMany(numbers[0], numbers[1]);
        break;
      case 'paint':
      case 'paint-unit':
      case 'paint-hidden':
        this.#addPicture(command, numbers[0]);
        break;
      default:
        throw new Error(`runs.txt has an unknown line: ${command}`);
    }
  }

  /** @returns {string} the hash of all that the run gave; it cannot go on after */
  finish() {
    this.#network.free();
    this.#data.free();
    return String(this.#hash);
  }

  /** @param {string[]} words */
  #create(words) {
    const number = numbersOf(words);
    const bits = number('features', 0);
    const shape = {
      inputs: number('inputs', 2),
      features: featureNames.filter((_, i) => bits & (1 << i)),
      classes: number('classes', 2),
    };
    this.#network = this.#core.createNetwork({
      ...shape,
      seed: number('seed', 1),
      hidden: number('hidden', 4),
      activation: nameOf(words, 'activation', 'sigmoid'),
      init: nameOf(words, 'init', 'glorot-uniform'),
    });
    this.#data = this.#core.createData(shape);
  }

  /** @param {string[]} words */
  #setPreset(words) {
    const number = numbersOf(words);
    const { classes } = this.#network.options;
    const { x, y } = this.#core.fillPreset(/** @type {any} */ (words[0]), {
      n: number('n', 200),
      noise: number('noise', 0.1),
      flip: number('flip', 0),
      seed: number('seed', 1),
    });
    if (classes > 2) {
      for (let i = 0; i < y.length; i++) {
        const quadrant = (x[2 * i] > 0 ? 1 : 0) + (x[2 * i + 1] > 0 ? 2 : 0);
        y[i] = Math.min(quadrant, classes - 1);
      }
    }
    this.#x = x;
    this.#data.set(x, y);
  }

  /**
   * @param {number} m
   * @param {number} seed
   */
  #setRandom(m, seed) {
    const { inputs, classes } = this.#network.options;
    this.#x = Float32Array.from({ length: m * inputs }, (_, i) => 6 * this.#core.randomUniform(seed, 'spray', i) - 3);
    this.#data.set(
      this.#x,
      Uint8Array.from({ length: m }, (_, i) => i % classes),
    );
  }

  /** @param {string[]} words */
  #setOptions(words) {
    const options = this.#options;
    const number = numbersOf(words);
    options.learningRate = number('rate', options.learningRate);
    for (const key of ['momentum', 'beta1', 'beta2', 'epsilon', 'l1', 'l2']) options[key] = number(key, options[key]);
    options.batchSize = number('batch', options.batchSize);
    options.shuffle = number('shuffle', Number(options.shuffle)) !== 0;
    options.optimizer = nameOf(words, 'optimizer', options.optimizer);
  }

  /**
   * @param {{ loss: number, dataLoss: number, steps: number, parameter: number }} result
   * @param {string} networkHash
   */
  #addResult({ loss, dataLoss, steps, parameter }, networkHash) {
    this.#hash.hash(networkHash);
    this.#hash.floats(loss, dataLoss);
    this.#hash.whole(steps, parameter);
  }

  #addGradientChecks() {
    const differences = this.#checker.differences(this.#network, this.#data, this.#options);
    this.#hash.add(differences);
    for (const sabotage of sabotages) {
      const check = this.#checker.check(this.#network, this.#data, this.#options, differences, sabotage);
      const { analytic, kernels, error, errorWithKinks, float32Gap, kinks, loss } = check;
      for (const values of [analytic, kernels, error, errorWithKinks, float32Gap, kinks]) this.#hash.add(values);
      this.#hash.add(Float64Array.of(loss));
    }
  }

  /**
   * @param {number} count
   * @param {number} steps
   */
  #addMany(count, steps) {
    const runs = this.#core.createRuns(this.#network.options, count);
    for (const result of runs.train(this.#data, this.#options, steps)) this.#addResult(result, result.hash);
    runs.free();
  }

  /**
   * @param {string} command
   * @param {number} unit
   */
  #addPicture(command, unit) {
    const network = this.#network;
    const grid = command === 'paint-hidden' ? unitSquare : picture;
    const pixels = new Uint8Array(grid.columns * grid.rows * 4);
    const { classes } = network.options;
    if (command === 'paint-hidden') network.paintHidden(grid, 0, grid.rows, ramp, pixels);
    else if (command === 'paint-unit') network.paintUnit(grid, unit, 0, grid.rows, ramp, pixels);
    else network.paint(grid, 0, grid.rows, classes === 2 ? ramp : Uint32Array.from(inks.slice(0, classes)), pixels);
    this.#hash.add(pixels);
  }
}

/**
 * @param {{ core: Core, checker: GradientChecker }} modules
 * @param {string} table the text of runs.txt
 * @returns {Record<string, string>} each run's hash, by its name
 */
export function makeRuns(modules, table) {
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const text of table.split(/^run /m).slice(1)) {
    const [name, ...lines] = text.split('\n');
    const run = new Run(modules);
    for (const line of lines) {
      if (line !== '' && !line.startsWith('#')) run.take(line.split(' '));
    }
    hashes[name] = run.finish();
  }
  return hashes;
}
