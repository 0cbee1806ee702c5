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

inEveryEngine('a number that the table cannot take is named, and the point stays', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="1 1 A; -1 -1 B"' });
  await press(browser, 'Points');
  for (const text of ['99', 'abc']) {
    await browser.evaluate((typed) => {
      const input = /** @type {HTMLInputElement} */ (
        document.querySelector('two-layer')?.shadowRoot?.querySelector('td input')
      );
      input.value = typed;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
    await waitForCaption(browser, /of point 0: a number from −3 to 3, please\./);
    assert.equal((await readPoints(browser))[0].x, 1);
    await press(browser, 'Add a point');
  }
  await assertQuiet(browser);
});

inEveryEngine('a link is replayed when asked, also while it trains', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone session="preset=ring&amp;n=20000&amp;hidden=256&amp;step=3000000"',
  });
  await waitForCaption(browser, /A link to step 3,000,000, not replayed/);
  await press(browser, 'Train');
  await rest(browser, 500);
  await press(browser, 'Replay it');
  await rest(browser, 1000);
  assert.match(await readCaption(browser), /Replaying/);
  await press(browser, 'Stop');
  await waitForCaption(browser, /not replayed/);
  await assertQuiet(browser);
});

inEveryEngine('on a phone the menu shows the whole name of data that was drawn on', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="penguins"', width: 375, height: 700 });
  await click(browser, 2, -2);
  await rest(browser, 100);
  const { words, room, need } = await browser.evaluate(() => {
    const menu = /** @type {HTMLSelectElement} */ (
      document.querySelector('two-layer')?.shadowRoot?.querySelector('header select')
    );
    const { font, paddingLeft, paddingRight } = getComputedStyle(menu);
    const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    measure.font = font;
    const shown = menu.selectedOptions[0].text;
    return {
      words: shown,
      room: menu.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
      need: measure.measureText(shown).width,
    };
  });
  assert.equal(words, 'penguins +');
  assert.ok(room >= need - 1, `${need} px in ${room}`);
  await assertQuiet(browser);
});
