/**
 * Runs a test in each of the three engines, one browser of each for all tests of a file.
 */
import { after, test } from 'node:test';
import { launch } from './browser.js';
import { engineNames, findEngine } from './engines.js';

/** @type {Map<import('./engines.js').EngineName, Promise<import('./browser.js').Browser>>} */
const browsers = new Map();

after(async () => {
  const started = await Promise.allSettled(browsers.values());
  await Promise.all(started.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)));
});

/**
 * Where an engine is missing its test is skipped by name, and fails under CI=true.
 *
 * @param {string} title
 * @param {(browser: import('./browser.js').Browser, context: import('node:test').TestContext) => Promise<void>} body
 * @param {{ engines?: readonly import('./engines.js').EngineName[], timeout?: number }} [options] time-out in ms,
 *   the browser's start included
 */
export function inEveryEngine(title, body, { engines = engineNames, timeout = 120_000 } = {}) {
  for (const name of engines) {
    const { missing } = findEngine(name);
    const skip = missing !== undefined && process.env.CI !== 'true' ? missing : false;
    test(`${title} (${name})`, { skip, timeout }, async (context) => {
      let browser = browsers.get(name);
      if (browser === undefined) {
        browser = launch(name);
        browsers.set(name, browser);
      }
      await body(await browser, context);
    });
  }
}
