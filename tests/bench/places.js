/** Where is measured: Node, and a page in headless Chromium. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { serve } from '../../web/serve.js';
import { launch } from '../browsers/browser.js';
import { openNative } from './sides/native.js';
import { openSide } from './sides/open.js';

/** @typedef {import('./task.js').Task} Task */
/** @typedef {import('./task.js').Worker} Worker */
/** @typedef {import('./sides/open.js').RealmSide | 'native'} SideName */

/**
 * @typedef {object} Place
 * @property {'Node' | 'Chromium'} name
 * @property {string} version
 * @property {(by: SideName, task: Task) => Promise<Worker>} open
 * @property {() => Promise<void>} close
 */

const built = fileURLToPath(new URL('../../build/bench/', import.meta.url));
const tensorflowFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/** @returns {Promise<Place>} */
export async function openNode() {
  const realm = {
    read: (/** @type {string} */ name) => readFile(join(built, name)),
    tensorflowFolder: `${tensorflowFolder}/`,
  };
  return {
    name: 'Node',
    version: process.version,
    open: async (by, task) => (by === 'native' ? openNative(join(built, 'native'), task) : openSide(realm, by, task)),
    close: async () => undefined,
  };
}

/** The folder that the page is served from. */
async function makeSite() {
  const site = join(built, 'site');
  await mkdir(site, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('./page.js', import.meta.url))],
    outfile: join(site, 'page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: '{}',
    logLevel: 'error',
  });
  await writeFile(join(site, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  for (const name of ['scalar.wasm', 'peak.wasm']) await copyFile(join(built, name), join(site, name));
  for (const name of await readdir(tensorflowFolder)) {
    if (name.endsWith('.wasm')) await copyFile(join(tensorflowFolder, name), join(site, name));
  }
  return site;
}

/**
 * @returns {Promise<Place>}
 * @throws {Error} when Chromium is not installed, with the line that installs it
 */
export async function openChromium() {
  const browser = await launch('chromium');
  // Isolated from other origins, the page has a clock of 5 µs instead of 100.
  const server = await serve({
    root: await makeSite(),
    port: 0,
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  });
  await browser.open(server.url);
  const version = await browser.evaluate(() => navigator.userAgent.replace(/.*Chrome\/(\d+).*/, '$1'));

  /**
   * Calls a function of page.js.
   * @param {keyof import('./page.js').Bench} name
   * @param {unknown[]} words
   */
  const call = (name, ...words) =>
    browser.evaluate((name, words) => /** @type {any} */ (globalThis).bench[name](...words), name, words);

  /**
   * @param {import('./sides/open.js').RealmSide} by
   * @param {Task} task
   * @returns {Promise<Worker>}
   */
  const openInPage = async (by, task) => {
    const { key, work } = await call('open', by, task);
    return {
      work,
      slice: (count) => call('slice', key, count),
      prove: () => call('prove', key),
      free: () => call('free', key),
    };
  };
  return {
    name: 'Chromium',
    version,
    open: async (by, task) => (by === 'native' ? openNative(join(built, 'native'), task) : openInPage(by, task)),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
