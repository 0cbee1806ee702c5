/** two-layer export: a trained network for other programs. */
import { readModel } from './model.js';
import { checkWritable, writeWhole } from './write-file.js';

/** @type {import('./command-line.js').Command} */
export const command = {
  usage: 'NET.json [--to json] [--out FILE]',
  summary: 'Writes the network alone, without scaling and names: what networkFromJSON reads.',
  operands: [1, 1],
  options: {
    to: { kind: 'text', value: 'FORMAT', choices: ['json'], help: 'json (json)' },
    out: { kind: 'text', value: 'FILE', help: 'write there, not to the standard output' },
  },
  examples: ['export net.json --to json --out network.json'],
};

/**
 * @param {import('./command-line.js').Values} values
 * @param {string[]} operands
 * @param {import('./terminal.js').Terminal} terminal
 */
export async function run(values, [path], terminal) {
  const { x, y, network } = await readModel(path);
  const out = /** @type {string | undefined} */ (values.out);
  const text = `${JSON.stringify(network)}\n`;
  if (out === undefined) await terminal.print(text);
  else {
    await checkWritable(out);
    await writeWhole(out, text);
    terminal.say(`written to ${out}`);
  }
  for (const [k, { name, shift, factor }] of x.entries()) {
    terminal.say(`input ${k + 1}: ${shift === 0 && factor === 1 ? name : `(${name} - ${shift}) * ${factor}`}`);
  }
  terminal.say(`classes of ${y.name}: ${y.classes.map((label, k) => `${k} ${label}`).join(', ')}`);
}
