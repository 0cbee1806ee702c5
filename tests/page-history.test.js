/** Back and Forward: every entry of the history keeps its run, and opens it. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, click, openPlayground, rest } from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** @param {Browser} browser */
const read = (browser) =>
  browser.evaluate(() => ({
    link: /** @type {any} */ (document.querySelector('two-layer')).link(),
    hash: location.hash.slice(1),
  }));

/** Goes through the history. @param {Browser} browser @param {-1 | 1} way */
const go = (browser, way) =>
  browser.evaluate(async (delta) => {
    const arrived = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    history.go(delta);
    await arrived;
  }, way);

inEveryEngine('Back soon after a link is opened brings the run before, and loses neither', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="60"' });
  await click(browser, 2, 2);
  await rest(browser, 1500);
  const ring = await read(browser);
  assert.match(ring.hash, /^preset=ring/);
  assert.equal(ring.link, ring.hash);
  await browser.evaluate(() => Object.assign(location, { hash: 'preset=xor&hidden=2' }));
  // Less than it takes until the address follows.
  await rest(browser, 300);
  assert.match((await read(browser)).link, /^preset=xor/);
  await go(browser, -1);
  await rest(browser, 300);
  assert.deepEqual(await read(browser), ring);
  await rest(browser, 2000);
  assert.deepEqual(await read(browser), ring);
  await go(browser, 1);
  await rest(browser, 300);
  const xor = await read(browser);
  assert.match(xor.link, /^preset=xor/);
  assert.match(xor.hash, /^preset=xor/);
  await rest(browser, 2000);
  assert.equal((await read(browser)).link, xor.link);
  await go(browser, -1);
  await rest(browser, 300);
  assert.deepEqual(await read(browser), ring);
  await assertQuiet(browser);
});

inEveryEngine('Back before the first link brings what the page opens by itself', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="60"' });
  const ring = await read(browser);
  assert.equal(ring.hash, '');
  await browser.evaluate(() => Object.assign(location, { hash: 'preset=xor&hidden=2' }));
  await rest(browser, 1500);
  assert.match((await read(browser)).link, /^preset=xor/);
  await browser.evaluate(() => {
    window.setTimeout(() => history.back());
  });
  // Not in the page, as that is loaded again.
  await setTimeout(1500);
  assert.deepEqual(await read(browser), ring);
  await assertQuiet(browser);
});
