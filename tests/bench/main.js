/**
 * `make bench`: how fast the core is, as ratios to other ways of doing the same work in the same minutes.
 * It prints; a figure that falls short fails nothing.
 *
 *     ROUNDS=40            pairs of slices a row
 *     ROWS='tanh|picture'  a regular expression: only the rows whose group or name it finds
 *     PLACES=Node,Chromium
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import { measureCosts, showCosts } from './costs.js';
import { framesTitle, measureFrames } from './frames.js';
import { compare } from './measure.js';
import { openChromium, openNode } from './places.js';
import { goalOf, rows } from './rows.js';
import { measureSeeks, seekTitle } from './seek.js';
import { asSlowdown, head, judge, showRow } from './table.js';

/** @typedef {import('./places.js').Place} Place */
/** @typedef {import('./rows.js').Row} Row */

const rounds = Number(process.env.ROUNDS ?? 40);
const filter = new RegExp(process.env.ROWS ?? '', 'i');
const places = (process.env.PLACES ?? 'Node,Chromium').split(',');
if (!(Number.isInteger(rounds) && rounds >= 1)) throw new RangeError(`ROUNDS: ${process.env.ROUNDS} is no count`);

const costsTitle = 'cost of an example and unit in a full-batch step, σ, ns';

/** @param {string} text */
const wanted = (text) => filter.test(text);

/**
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs empty where there is nothing to compare
 * @returns {number} the largest difference
 */
const difference = (ours, theirs) =>
  theirs.length === 0 ? 0 : Math.max(...ours.map((value, k) => Math.abs(value - theirs[k])));

/** @param {readonly number[]} numbers */
const showProof = (numbers) => numbers.map((value) => value.toPrecision(7)).join(', ');

/**
 * @param {Place} place
 * @param {Row} row
 * @returns {Promise<{ text: string, short: boolean }>}
 */
async function measureRow(place, row) {
  const ours = await place.open(row.ours.by, row.ours.task);
  const theirs = await place.open(row.theirs.by, row.theirs.task);
  try {
    const [a, b] = [await ours.prove(), await theirs.prove()];
    // NaN is no agreement.
    const agree = difference(a, b) <= row.tolerance;
    const compared = await compare(ours, theirs, Math.min(rounds, row.rounds ?? rounds));
    const found = row.slowdown ? asSlowdown(compared) : compared;
    const goal = goalOf(row, place.name);
    const verdict = agree ? judge(found, goal, row.slowdown ?? false) : 'DIFFERENT WORK';
    const proof = agree && !row.theirs.by.startsWith('tensorflow') ? '' : `  J ${showProof(a)} and ${showProof(b)}`;
    return { text: showRow(row, found, goal, verdict + proof), short: !['ok', ''].includes(verdict) };
  } finally {
    await ours.free();
    await theirs.free();
  }
}

/**
 * @param {Place} place
 * @returns {Promise<string[]>} what falls short
 */
async function measurePlace(place) {
  const load = `load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`;
  console.log(`\n${place.name} ${place.version}, ${rounds} pairs of slices a row, ${load}`);
  const short = [];
  let group = '';
  for (const row of rows.filter(({ group, name }) => wanted(`${group}: ${name}`))) {
    if (row.group !== group) console.log(`\n${row.group}\n${head}`);
    group = row.group;
    const measured = await measureRow(place, row).catch((error) => ({ text: `  ${row.name}: ${error}`, short: true }));
    console.log(measured.text);
    if (measured.short) short.push(`${place.name}: ${row.group}:${measured.text.replaceAll(/\s+/g, ' ')}`);
  }
  if (wanted(costsTitle)) {
    console.log(`\n${costsTitle}\n${showCosts(await measureCosts(place, Math.ceil(rounds / 4)))}`);
  }
  return short;
}

/** @returns {string[]} what falls short */
function measureSize() {
  const wasm = readFileSync(new URL('../../build/two-layer.wasm', import.meta.url));
  const size = gzipSync(wasm, { level: 9 }).length;
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).length;
  const text = `two-layer.wasm: ${wasm.length} bytes, ${size} by gzip (goal ≤ 12000), ${imports} imports (goal 0)`;
  console.log(text);
  return size <= 12_000 && imports === 0 ? [] : [text];
}

const openers = { Node: openNode, Chromium: openChromium };
const short = measureSize();
if (wanted(seekTitle) && places.includes('Node')) {
  const { text, short: found } = await measureSeeks();
  console.log(`\n${seekTitle}\n${text}`);
  short.push(...found);
}
if (wanted(framesTitle) && places.includes('Chromium')) {
  const { text, short: found } = await measureFrames();
  console.log(`\n${framesTitle}\n${text}`);
  short.push(...found);
}
for (const name of places) {
  const open = openers[/** @type {Place['name']} */ (name)];
  if (open === undefined) throw new RangeError(`PLACES: ${name} is none of ${Object.keys(openers).join(', ')}`);
  /** @type {Place} */
  let place;
  try {
    place = await open();
  } catch (error) {
    // A machine without Chromium still has Node's figures.
    short.push(`${name} is not measured: ${error instanceof Error ? error.message : error}`);
    continue;
  }
  try {
    short.push(...(await measurePlace(place)));
  } finally {
    await place.close();
  }
}
console.log(short.length === 0 ? '\nAll goals are reached.' : `\nFalls short, or nearly:\n  ${short.join('\n  ')}`);
