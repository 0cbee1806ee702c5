/** two-layer train: points from a file or a preset, a trained network out. */
import { createNetwork, preset, presetNames } from '../engine/index.js';
import { toCamel, toKebab } from './command-line.js';
import { CommandError, UsageError } from './errors.js';
import { fitInput, scaleRows, scalings, writeModel } from './model.js';
import {
  badRow,
  findColumn,
  LeftOut,
  nameOf,
  numberColumns,
  openTable,
  orderClasses,
  readExamples,
  showClasses,
} from './rows.js';
import { tableOptions, tableValues } from './table-options.js';
import { percent, plural } from './terminal.js';
import { checkWritable, writeWhole } from './write-file.js';

/** @typedef {import('../engine/index.js').Network} Network */
/** @typedef {import('./command-line.js').Command} Command */
/** @typedef {import('./command-line.js').Values} Values */
/** @typedef {import('./model.js').Input} Input */
/** @typedef {import('./model.js').Output} Output */
/** @typedef {import('./terminal.js').Terminal} Terminal */

/**
 * @typedef {object} Examples
 * @property {Float32Array} X (m, n) scaled
 * @property {number[]} y
 * @property {Input[]} inputs
 * @property {Output} output
 * @property {number} gaps rows that were left out
 * @property {number} badRows likewise
 */

/** As many as the core takes, of examples, of inputs and of classes. */
const maxExamples = 20000;
const maxInputs = 7;
const maxClasses = 4;

/** Labels of a column that is no column of classes; more are not counted. */
const manyLabels = 1000;

/** A training pauses about so often, in milliseconds, for Ctrl-C and the bar. */
const slice = 50;

const networkOptions = /** @type {const} */ (['hidden', 'activation', 'init', 'seed', 'features']);
const trainingOptions = /** @type {const} */ ([
  'learningRate',
  'optimizer',
  'momentum',
  'beta1',
  'beta2',
  'epsilon',
  'batchSize',
  'l1',
  'l2',
]);
const presetOptions = /** @type {const} */ (['n', 'noise', 'flip']);

/** @type {Command} */
export const command = {
  usage: '[FILE.csv | --preset NAME] [options]',
  summary: 'Trains a network on the rows of a table, or on a preset, and says how well it does on them.',
  details: `
FILE may be - for the standard input. Its fields are parted by commas, semicolons, tabs or |. Rows with
gaps (empty, NA, NaN, null, ?) are left out, and counted. A row that cannot be read ends the command.`,
  operands: [0, 1],
  options: {
    preset: { kind: 'text', value: 'NAME', help: `instead of a file: ${presetNames.join(', ')}` },
    x: { kind: 'list', value: 'COL,COL', help: '1 to 7 columns of numbers, by name or number (all of them)' },
    y: { kind: 'text', value: 'COL', help: 'column of classes, text or numbers (the last)' },
    scale: { kind: 'text', value: 'HOW', choices: scalings, help: 'standard (mean 0, variance 1), plane or none' },
    hidden: { kind: 'number', value: 'N', help: 'hidden units, 1 to 256 (4)' },
    steps: { kind: 'number', value: 'N', help: 'updates (1000)' },
    'learning-rate': { kind: 'number', value: 'A', help: 'alpha (1; for adam 0.01)' },
    seed: { kind: 'number', value: 'N', help: 'of the first weights, of shuffles and of presets (1)' },
    activation: { kind: 'text', value: 'G', help: 'sigmoid, tanh or relu (sigmoid)' },
    init: { kind: 'text', value: 'HOW', help: 'glorot-uniform, he-uniform, normal or zeros (glorot-uniform)' },
    features: { kind: 'list', value: 'F,F', help: 'x1-squared, x2-squared, x1-x2, sin-x1, sin-x2 (none)' },
    optimizer: { kind: 'text', value: 'NAME', help: 'sgd, momentum or adam (sgd)' },
    momentum: { kind: 'number', value: 'B', help: 'of momentum (0.9)' },
    beta1: { kind: 'number', value: 'B', help: 'of adam (0.9)' },
    beta2: { kind: 'number', value: 'B', help: 'of adam (0.999)' },
    epsilon: { kind: 'number', value: 'E', help: 'of adam (1e-7)' },
    'batch-size': { kind: 'number', value: 'N', help: 'rows an update (all)' },
    'no-shuffle': { kind: 'flag', help: 'batches in the order of the rows' },
    l1: { kind: 'number', value: 'L', help: 'adds L times the sum of |w| to the loss (0)' },
    l2: { kind: 'number', value: 'L', help: 'adds L times the sum of w squared (0)' },
    n: { kind: 'number', value: 'N', help: "a preset's points (200)" },
    noise: { kind: 'number', value: 'S', help: 'by which they are moved, a standard deviation (0.1)' },
    flip: { kind: 'number', value: 'P', help: 'share of their labels that is turned over (0)' },
    ...tableOptions,
    first: { kind: 'number', value: 'N', help: 'take the first N rows only' },
    'skip-bad-rows': { kind: 'flag', help: 'go on without rows that cannot be read, and say how many' },
    out: { kind: 'text', value: 'NET.json', help: 'write the network, its scaling and its classes' },
    json: { kind: 'flag', help: 'print the result as one line of JSON' },
  },
  examples: [
    'train penguins.csv --x bill_length_mm,bill_depth_mm --y species --hidden 8 --out net.json',
    'train --preset ring --hidden 4 --steps 1000 --json',
  ],
};

/**
 * @param {Values} values
 * @param {string[]} operands
 * @param {Terminal} terminal
 */
export async function run(values, [path], terminal) {
  if ((path === undefined) === (values.preset === undefined)) {
    throw new UsageError(`expected ${command.usage}: a file or a preset`);
  }
  const steps = await checkOptions(values);
  const out = /** @type {string | undefined} */ (values.out);
  if (out !== undefined) await checkWritable(out);

  const examples = path === undefined ? await takePreset(values) : await readTrainingTable(path, values, terminal);
  const { X, y, inputs, output } = examples;
  const network = await createNetwork({
    ...pick(values, networkOptions),
    inputs: inputs.length,
    classes: Math.max(2, output.classes.length),
  });
  await train(network, X, y, steps, trainingArguments(values), terminal);

  const { loss, dataLoss, accuracy } = network.evaluate(X, y, pick(values, ['l1', 'l2']));
  const hash = network.hash();
  if (out !== undefined) await writeWhole(out, writeModel({ x: inputs, y: output, network }));
  if (values.json) {
    const { gaps, badRows } = examples;
    const result = { command: 'train', step: network.step, loss, dataLoss, accuracy, hash };
    const data = { examples: y.length, gaps, badRows, x: inputs, y: output };
    await terminal.print(`${JSON.stringify({ ...result, ...data, out: out ?? null })}\n`);
    return;
  }
  await terminal.print(
    `step ${network.step}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)} of ${plural(y.length, 'row')}  hash ${hash}\n`,
  );
  if (out !== undefined) terminal.say(`written to ${out}`);
}

/**
 * Asks the engine about the options before any work is done with them.
 * @param {Values} values
 * @returns {Promise<number>} the steps
 */
async function checkOptions(values) {
  const { steps = 1000, first } = /** @type {{ steps?: number, first?: number }} */ (values);
  if (first !== undefined && !(Number.isInteger(first) && first >= 1 && first <= maxExamples)) {
    throw new UsageError(`--first: ${first} is not an integer from 1 to ${maxExamples}`);
  }
  if (!(Number.isInteger(steps) && steps >= 1)) throw new UsageError(`--steps: ${steps} is not an integer from 1 on`);
  const table = [...Object.keys(tableOptions), 'x', 'y', 'scale', 'first', 'skip-bad-rows'];
  const wrong =
    values.preset === undefined
      ? presetOptions.find((name) => values[name] !== undefined)
      : table.find((name) => values[toCamel(name)] !== undefined);
  if (wrong !== undefined) {
    throw new UsageError(`--${wrong} is ${values.preset === undefined ? "a preset's" : "a file's"} option`);
  }
  try {
    const network = await createNetwork(pick(values, networkOptions));
    network.train([[0, 0]], [0], trainingArguments(values));
    network.free();
    if (values.preset !== undefined)
      await preset(.../** @type {Parameters<typeof preset>} */ (presetArguments(values)));
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new UsageError(`--${error.message.replace(/^[A-Za-z0-9]+/, toKebab)}`);
  }
  return steps;
}

/** @param {Values} values */
const trainingArguments = (values) => ({
  ...pick(values, trainingOptions),
  ...(values.noShuffle ? { shuffle: false } : {}),
});

/** @param {Values} values */
const presetArguments = (values) => [values.preset, { ...pick(values, presetOptions), ...pick(values, ['seed']) }];

/**
 * @param {Values} values
 * @param {readonly string[]} names
 * @returns {Record<string, any>} those that were given
 */
const pick = (values, names) =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

/**
 * @param {Values} values
 * @returns {Promise<Examples>}
 */
async function takePreset(values) {
  const { X, y, names, axes } = await preset(.../** @type {Parameters<typeof preset>} */ (presetArguments(values)));
  // A preset's points are on the plane already; its axes say what they are in units of their own.
  const inputs = axes.map(({ name, scale, offset }) => ({
    name: name.replace('₁', '1').replace('₂', '2'),
    shift: offset,
    factor: 1 / scale,
  }));
  return { X: Float32Array.from(X.flat()), y, inputs, output: { name: 'class', classes: names }, gaps: 0, badRows: 0 };
}

/**
 * @param {string} path
 * @param {Values} values
 * @param {Terminal} terminal
 * @returns {Promise<Examples>}
 */
async function readTrainingTable(path, values, terminal) {
  const options = tableValues(values);
  const table = await openTable(path, options, terminal.signal);
  const columns = chooseColumns(path, table, values, options);
  const skips = values.skipBadRows === true;
  const first = /** @type {number} */ (values.first ?? Infinity);
  const gaps = new LeftOut();
  const badRows = new LeftOut();
  /** @type {import('./rows.js').Example[]} */
  const taken = [];
  /** @type {Set<string>} */
  const labels = new Set();

  reading: for await (const block of readExamples(table, columns, options)) {
    await terminal.pause(() => `while reading ${nameOf(path)}; nothing was written`);
    for (const example of block) {
      const { line, problem, gap, label } = example;
      if (problem !== null) {
        if (!skips) throw badRow(path, line, problem);
        badRows.add(line, problem);
      } else if (gap !== null) gaps.add(line, `no ${gap}`);
      else {
        if (taken.length === maxExamples) throw tooMany(path, line);
        taken.push(example);
        if (labels.size < manyLabels) labels.add(/** @type {string} */ (label));
        if (taken.length === first) break reading;
      }
    }
  }

  const names = [...columns.x.map((column) => table.names[column])];
  const name = table.names[columns.y];
  terminal.say(`${nameOf(path)}: ${plural(taken.length, 'row')}; ${names.join(', ')} → ${name}`);
  if (gaps.count > 0) terminal.say(`left out ${plural(gaps.count, 'row')} with gaps: ${gaps}`);
  if (badRows.count > 0) terminal.say(`left out ${plural(badRows.count, 'bad row')}: ${badRows}`);
  if (taken.length === 0) throw new CommandError(`${nameOf(path)}: no row is left to train on`);
  const classes = checkClasses(path, name, labels);
  terminal.say(`classes: ${classes.map((label) => `${label} (${countOf(taken, label)})`).join(', ')}`);

  const scaling = /** @type {import('./model.js').Scaling} */ (values.scale ?? 'standard');
  const inputs = names.map((column, k) =>
    fitInput(
      column,
      taken.map(({ x }) => x[k]),
      scaling,
    ),
  );
  const X = scaleRows(
    taken.map(({ x }) => x),
    inputs,
  );
  const beyond = X.findIndex((value) => !(Math.abs(value) <= 1e6));
  if (beyond !== -1) {
    const { line, x } = taken[Math.floor(beyond / inputs.length)];
    const column = beyond % inputs.length;
    throw new CommandError(
      `${nameOf(path)}, line ${line}: ${names[column]}: ${x[column]} is beyond ±1000000; scale it`,
    );
  }
  const place = new Map(classes.map((label, k) => [label, k]));
  return {
    X,
    y: taken.map(({ label }) => /** @type {number} */ (place.get(/** @type {string} */ (label)))),
    inputs,
    output: { name, classes },
    gaps: gaps.count,
    badRows: badRows.count,
  };
}

/**
 * @param {string} path
 * @param {import('./rows.js').Table} table
 * @param {Values} values
 * @param {import('./rows.js').TableOptions} options
 * @returns {{ x: number[], y: number }}
 */
function chooseColumns(path, table, values, options) {
  const { names } = table;
  if (names.length < 2) {
    throw new CommandError(`${nameOf(path)}: it has one column only; --delimiter says what parts its fields`);
  }
  const given = /** @type {string[] | undefined} */ (values.x)?.map((name) => findColumn('x', name, names, path));
  const y =
    values.y === undefined
      ? names.findLastIndex((_, column) => !given?.includes(column))
      : findColumn('y', String(values.y), names, path);
  if (y === -1) throw new UsageError('--x takes all columns; none is left for --y');
  if (given?.includes(y)) throw new UsageError(`--y: ${names[y]} is among the columns of --x`);
  const x = given ?? numberColumns(table, options).filter((column) => column !== y);
  if (x.length < 1 || x.length > maxInputs) {
    const which = given === undefined ? `, and ${nameOf(path)} has ${x.length} of numbers` : `, not ${x.length}`;
    throw new UsageError(
      `--x: a network takes 1 to ${maxInputs} columns${which}: ${x.map((k) => names[k]).join(', ')}`,
    );
  }
  return { x, y };
}

/**
 * @param {string} path
 * @param {string} name
 * @param {Set<string>} labels
 * @returns {string[]}
 */
function checkClasses(path, name, labels) {
  const classes = orderClasses(labels);
  if (classes.length === 1)
    throw new CommandError(`${nameOf(path)}: ${name} is ${classes[0]} in every row; two classes are needed`);
  if (classes.length > maxClasses) {
    const count = labels.size === manyLabels ? `${manyLabels} and more` : labels.size;
    throw new CommandError(
      `${nameOf(path)}: ${name} has ${count} classes (${showClasses(classes)}); a network tells 2 to ${maxClasses} apart`,
    );
  }
  return classes;
}

/** @param {import('./rows.js').Example[]} taken @param {string} label */
const countOf = (taken, label) => taken.reduce((sum, example) => sum + (example.label === label ? 1 : 0), 0);

/** @param {string} path @param {number} line */
const tooMany = (path, line) =>
  new CommandError(
    `${nameOf(path)}: more than ${plural(maxExamples, 'row')} (line ${line.toLocaleString('en-US')} is one too many), and a network trains on ${maxExamples.toLocaleString('en-US')} at most; train on a sample, or say --first ${maxExamples}`,
  );

/**
 * @param {Network} network
 * @param {Float32Array} X
 * @param {number[]} y
 * @param {number} steps
 * @param {Record<string, any>} options
 * @param {Terminal} terminal
 */
async function train(network, X, y, steps, options, terminal) {
  let stretch = 1;
  while (network.step < steps) {
    const started = performance.now();
    const { diverged, dataLoss } = network.train(X, y, { ...options, steps: Math.min(stretch, steps - network.step) });
    if (diverged !== null) {
      throw new CommandError(
        `after step ${network.step} ${diverged} would no longer be finite; a smaller --learning-rate may help; nothing was written`,
      );
    }
    terminal.showProgress(network.step / steps, `step ${network.step} of ${steps}  loss ${dataLoss.toFixed(4)}`);
    await terminal.pause(() => `at step ${network.step} of ${steps}; nothing was written`);
    const taken = performance.now() - started;
    if (taken < slice / 2) stretch *= 2;
    else if (taken > slice * 2) stretch = Math.max(1, Math.floor(stretch / 2));
  }
  terminal.clearBar();
}
