/**
 * Pins the hashes of runs.txt anew: make pin
 *
 * A run that hashes otherwise than before is another arithmetic, which links and hashes must say:
 * arithmetic_version in src/network.c goes up first. New runs may be added to the table at any time.
 * Before a version has been released, `node tests/same-bits/pin.js --unreleased` may change its hashes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { loadCore } from '../../web/engine/core.js';
import { loadGradientCheck } from '../../web/engine/gradient-check.js';
import { makeRuns } from './driver.js';

const pins = new URL('hashes.json', import.meta.url);
const table = await readFile(new URL('runs.txt', import.meta.url), 'utf8');
const core = await loadCore();
/** @type {{ arithmetic: number, hashes: Record<string, string> }} */
const before = JSON.parse(await readFile(pins, 'utf8'));
const hashes = makeRuns({ core, checker: await loadGradientCheck() }, table);

const changed = Object.keys(hashes).filter((name) => (before.hashes[name] ?? hashes[name]) !== hashes[name]);
const free = core.arithmeticVersion > before.arithmetic || process.argv.includes('--unreleased');
if (changed.length > 0 && !free) {
  console.error(`These runs have other bits than version ${before.arithmetic} pins: ${changed.join(', ')}.`);
  console.error('Raise arithmetic_version in src/network.c if that is meant, then pin again.');
  process.exit(1);
}
await writeFile(pins, `${JSON.stringify({ arithmetic: core.arithmeticVersion, hashes }, null, 2)}\n`);
console.log(
  `${Object.keys(hashes).length} runs, ${changed.length} changed, arithmetic version ${core.arithmeticVersion}`,
);
