/** two-layer predict: a table's rows through a trained network. */
import { csvFormatRows } from 'd3-dsv';
import { CommandError } from './errors.js';
import { readModel, scaleRows } from './model.js';
import { badRow, findColumn, LeftOut, nameOf, openTable, readExamples } from './rows.js';
import { tableOptions, tableValues } from './table-options.js';
import { percent, plural } from './terminal.js';

/** @typedef {import('./rows.js').Example} Example */
/** @typedef {import('./model.js').Model} Model */

/** @type {import('./command-line.js').Command} */
export const command = {
  usage: 'NET.json FILE.csv [options]',
  summary: 'Prints the class of each row and the probabilities of all classes, as CSV.',
  details: `
The columns have the names they had in training, scaled as they were then. FILE may be - for the standard
input, and as long as you like. A row with gaps gets no class. If the column of classes is there too, the
share of rows whose class is found is told at the end.`,
  operands: [2, 2],
  options: {
    x: { kind: 'list', value: 'COL,COL', help: 'columns in the order of training, by name or number' },
    ...tableOptions,
    'skip-bad-rows': { kind: 'flag', help: 'go on after rows that cannot be read, and say how many' },
    json: { kind: 'flag', help: 'print each row as one line of JSON' },
  },
  examples: ['predict net.json penguins.csv', 'predict net.json - --json < penguins.csv'],
};

/**
 * @param {import('./command-line.js').Values} values
 * @param {string[]} operands
 * @param {import('./terminal.js').Terminal} terminal
 */
export async function run(values, [modelPath, path], terminal) {
  const options = tableValues(values);
  const model = await readModel(modelPath);
  const { classes, name } = model.y;
  const table = await openTable(path, options, terminal.signal);
  const columns = chooseColumns(path, table, model, /** @type {string[] | undefined} */ (values.x));
  const gaps = new LeftOut();
  const badRows = new LeftOut();
  const score = { known: 0, found: 0 };
  let count = 0;
  if (!values.json)
    await terminal.print(`${csvFormatRows([['line', name, ...classes.map((label) => `p(${label})`)]])}\n`);

  for await (const block of readExamples(table, columns, options)) {
    await terminal.pause(() => `after ${plural(count, 'row')}`);
    const predictions = predict(block, model);
    for (const { line, problem, gap, label, chosen } of predictions) {
      if (problem !== null && !values.skipBadRows) throw badRow(path, line, problem);
      if (problem !== null) badRows.add(line, problem);
      else if (chosen === null) gaps.add(line, `no ${gap}`);
      else if (label !== null && classes.includes(label)) {
        score.known++;
        if (label === chosen) score.found++;
      }
    }
    count += block.length;
    await terminal.print(predictions.map(values.json ? toJSONLine : (row) => toCSVLine(row, classes.length)).join(''));
  }

  if (gaps.count > 0) terminal.say(`no class for ${plural(gaps.count, 'row')} with gaps: ${gaps}`);
  if (badRows.count > 0) terminal.say(`no class for ${plural(badRows.count, 'bad row')}: ${badRows}`);
  if (score.known > 0) {
    const share = percent(score.found / score.known);
    terminal.say(`${name} found in ${score.found} of ${plural(score.known, 'row')} that have it: ${share}`);
  }
}

/**
 * @param {string} path
 * @param {import('./rows.js').Table} table
 * @param {Model} model
 * @param {string[] | undefined} given
 */
function chooseColumns(path, { names, hasHeader }, { x, y }, given) {
  if (given !== undefined && given.length !== x.length) {
    throw new CommandError(`--x: ${given.length} columns; this network was trained on ${x.length}`);
  }
  const wanted = given ?? x.map(({ name }) => name);
  const missing = given === undefined ? wanted.filter((name) => !names.includes(name)) : [];
  if (missing.length > 0) {
    const has = hasHeader ? `it has ${names.join(', ')}` : 'its first line holds no names';
    throw new CommandError(
      `${nameOf(path)}: no column ${missing.join(', ')}; ${has}; --x names others, or their numbers`,
    );
  }
  const label = names.indexOf(y.name);
  return {
    x: wanted.map((name) => findColumn('x', name, names, path)),
    y: label === -1 || names.lastIndexOf(y.name) !== label ? null : label,
  };
}

/** @typedef {Example & { chosen: string | null, p: number[] | null }} Prediction chosen: null for want of inputs */

/**
 * @param {Example[]} block
 * @param {Model} model
 * @returns {Prediction[]}
 */
function predict(block, { x: inputs, y, network }) {
  const rows = block.map((example) => withinReach(example, inputs));
  // A gap among the labels is no reason not to predict: the numbers are what counts.
  const isComplete = (/** @type {Example} */ { x, problem }) => problem === null && x.length === inputs.length;
  const complete = rows.filter(isComplete).map(({ x }) => x);
  const probabilities = network.predict(scaleRows(complete, inputs));
  const width = network.classes === 2 ? 1 : network.classes;
  let next = 0;
  return rows.map((example) => {
    if (!isComplete(example)) return { ...example, chosen: null, p: null };
    const at = next++ * width;
    const p = width === 1 ? [1 - probabilities[at], probabilities[at]] : y.classes.map((_, k) => probabilities[at + k]);
    // As accuracy counts: p > 0.5 says the second of two classes, else the largest, the first if equal.
    return { ...example, chosen: y.classes[p.indexOf(Math.max(...p))], p };
  });
}

/**
 * @param {Example} example
 * @param {Model['x']} inputs
 * @returns {Example}
 */
function withinReach(example, inputs) {
  const far = inputs.find(({ shift, factor }, k) => !(Math.abs((example.x[k] - shift) * factor) <= 1e6));
  if (far === undefined || example.problem !== null || example.x.length < inputs.length) return example;
  return { ...example, problem: `${far.name} is too far from what the network was trained on` };
}

/** @param {Prediction} prediction */
const toJSONLine = ({ line, chosen, p }) => `${JSON.stringify({ line, class: chosen, p })}\n`;

/**
 * @param {Prediction} prediction
 * @param {number} classes
 */
const toCSVLine = ({ line, chosen, p }, classes) =>
  `${csvFormatRows([[String(line), chosen ?? '', ...Array.from({ length: classes }, (_, k) => p?.[k].toFixed(6) ?? '')]])}\n`;
