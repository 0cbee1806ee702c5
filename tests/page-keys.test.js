/**
 * Keys on the plot and beside it, and what a sentence under the plot still has to do with the run.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import {
  assertQuiet,
  click,
  openPlayground,
  press,
  readCaption,
  readPoints,
  rest,
  tabTo,
  waitForCaption,
} from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** @param {Browser} browser @param {string[]} keys */
async function typeKeys(browser, ...keys) {
  for (const key of keys) await browser.keyboard.press(key);
  await rest(browser, 100);
}

/** The part of the element that has the focus: its id, or its words. @param {Browser} browser */
const focused = (browser) =>
  browser.evaluate(() => {
    const active = document.querySelector('two-layer')?.shadowRoot?.activeElement;
    return active?.id || active?.getAttribute('aria-label') || active?.textContent?.trim() || '';
  });

inEveryEngine('Enter draws at the cross-hair, however near other points are', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="0 0 A; 0.3 0 A"' });
  await tabTo(browser, /Drawing surface$/);
  await typeKeys(browser, 'ArrowRight', 'Enter', 'ArrowRight', 'Enter');
  assert.deepEqual(
    (await readPoints(browser))
      .map(({ x, y }) => [x, y])
      .slice(2)
      .map(([x, y]) => [Math.round(x * 10) / 10, y]),
    [
      [0.1, 0],
      [0.2, 0],
    ],
  );
  // The eraser takes the point that is meant, not one far away.
  await press(browser, 'Erase points');
  await tabTo(browser, /Drawing surface$/);
  await typeKeys(browser, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter');
  assert.equal((await readPoints(browser)).length, 4);
  await typeKeys(browser, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  assert.equal((await readPoints(browser)).length, 3);
  await assertQuiet(browser);
});

inEveryEngine('after a click the arrows go on from there, and the cross-hair shows where', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points=""' });
  await click(browser, -2, -1);
  await typeKeys(browser, 'ArrowRight', 'Enter');
  const [, second] = await readPoints(browser);
  assert.deepEqual([Math.round(second.x * 10) / 10, Math.round(second.y * 10) / 10], [-1.9, -1]);
  await assertQuiet(browser);
});

inEveryEngine('a description goes when the run goes on, and with an undo', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="1 1 A; -1 -1 B"' });
  await click(browser, 2, 2);
  await typeKeys(browser, 'd');
  await waitForCaption(browser, /3 points/);
  await press(browser, 'Undo');
  assert.doesNotMatch(await readCaption(browser), /3 points/);
  await typeKeys(browser, 'd');
  await press(browser, 'Train');
  await rest(browser, 300);
  assert.doesNotMatch(await readCaption(browser), /of the plane/);
  await assertQuiet(browser);
});

inEveryEngine('points that cannot be taken change nothing', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor" n="50"' });
  const { error, count, events } = await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    const errors = /** @type {string[]} */ ([]);
    element.addEventListener('two-layer-error', (/** @type {any} */ { detail }) => errors.push(detail.message));
    try {
      element.points = [
        { x: 1, y: 1, class: 0 },
        { x: Number.NaN, y: 1, class: 0 },
      ];
    } catch (thrown) {
      errors.push(String(thrown));
    }
    element.setAttribute('points', 'garbage!!');
    return { error: errors.join(), count: element.points.length, events: element.getState().events.length };
  });
  assert.match(error, /points\[1\]\.x/);
  assert.deepEqual([count, events], [50, 0]);
  await assertQuiet(browser);
});

inEveryEngine('other classes start anew, and it says so and what went', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="iris"' });
  await press(browser, 'Take one step');
  await browser.evaluate(() => {
    /** @type {any} */ (document.querySelector('two-layer')).classes = 2;
  });
  await waitForCaption(browser, /classes: started anew\. 50 points of other classes went; Undo brings them back\./);
  await press(browser, 'Take one step');
  await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    element.points = [0, 1, 2].map((k) => ({ x: k, y: 0, class: k }));
  });
  await waitForCaption(browser, /classes: started anew\./);
  await assertQuiet(browser);
});

inEveryEngine('what a drawer covers has no focus; what is gone gives it to the plot', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor"' });
  await press(browser, 'Points');
  const covered = await browser.evaluate(() => {
    const side = /** @type {HTMLElement} */ (document.querySelector('two-layer')?.shadowRoot?.querySelector('.side'));
    const button = /** @type {HTMLElement} */ (side.querySelector('button'));
    button.focus();
    return [side.inert, document.querySelector('two-layer')?.shadowRoot?.activeElement === button];
  });
  assert.deepEqual(covered, [true, false]);
  await typeKeys(browser, 'Escape');
  await click(browser, 2.9, 2.9);
  await tabTo(browser, /^Undo$/, { isBack: true });
  await typeKeys(browser, 'Enter');
  assert.equal(await focused(browser), 'plot');
  await assertQuiet(browser);
});
