/**
 * A run is a pure function of its log: each run of one table has one hash, wherever it is made.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { loadCore } from '../web/engine/core.js';
import { loadGradientCheck } from '../web/engine/gradient-check.js';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { makeSite } from './browsers/site.js';
import { makeRuns } from './same-bits/driver.js';

const run = promisify(execFile);
const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const table = await readFile(at('same-bits/runs.txt'), 'utf8');
/** @type {{ arithmetic: number, hashes: Record<string, string> }} */
const pinned = JSON.parse(await readFile(at('same-bits/hashes.json'), 'utf8'));

test('the pinned hashes are those of the arithmetic version', async () => {
  const core = await loadCore();
  assert.equal(pinned.arithmetic, core.arithmeticVersion, 'arithmetic_version in src/network.c is not the pinned one');
});

test('the runs have their pinned hashes in Node', async () => {
  assert.deepEqual(makeRuns({ core: await loadCore(), checker: await loadGradientCheck() }, table), pinned.hashes);
});

for (const kind of ['gcc-O0', 'gcc-O3-native', 'clang-O2']) {
  test(`the runs have their pinned hashes natively, by ${kind}`, async () => {
    const { stdout } = await run(at(`../build/${kind}/same-bits`), [at('same-bits/runs.txt')]);
    const lines = stdout.trim().split('\n');
    assert.deepEqual(Object.fromEntries(lines.map((line) => line.split(' '))), pinned.hashes);
  });
}

/** The driver and the engine as one module, as a page has it. */
async function bundleDriver() {
  const contents = `export { loadCore } from '../web/engine/core.js';
    export { loadGradientCheck } from '../web/engine/gradient-check.js';
    export { makeRuns } from './same-bits/driver.js';`;
  const stdin = { contents, resolveDir: at('.') };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', tsconfigRaw: {} });
  return outputFiles[0].text;
}

inEveryEngine('the runs have their pinned hashes', async (browser, context) => {
  const site = await makeSite(context, {
    'index.html': '<!doctype html><meta charset="utf-8"><title>the same bits</title>',
    'driver.js': await bundleDriver(),
  });
  await browser.open(site.url);
  const hashes = await browser.evaluate(
    async (module, text) => {
      const { loadCore, loadGradientCheck, makeRuns } = await import(module);
      return makeRuns({ core: await loadCore(), checker: await loadGradientCheck() }, text);
    },
    `${site.url}driver.js`,
    table,
  );
  assert.deepEqual(hashes, pinned.hashes);
});
