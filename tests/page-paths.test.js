/**
 * The whole path, by the keyboard alone and by one finger alone: four XOR points, three hidden units, trained, a point
 * undone, the link copied.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import {
  assertQuiet,
  onScreen,
  openPlayground,
  press,
  readCaption,
  readPoints,
  rest,
  tabTo,
  tap,
  tapAt,
  waitForLoss,
} from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** Keeps what the page writes to the clipboard, which no engine lets a test read. */
const head = `<script>
  window.copied = [];
  const { clipboard } = navigator;
  const write = clipboard?.writeText.bind(clipboard);
  if (write) clipboard.writeText = (text) => write(text).then(() => window.copied.push(text));
  document.addEventListener('copy', (event) => window.copied.push(event.composedPath()[0].value));
</script>`;

const xor = [
  { x: 1, y: 1, class: 0 },
  { x: -1, y: 1, class: 1 },
  { x: -1, y: -1, class: 0 },
  { x: 1, y: -1, class: 1 },
];

/** What was copied, and what is the link. @param {Browser} browser */
const readCopied = (browser) =>
  browser.evaluate(() => ({
    copied: /** @type {any} */ (globalThis).copied,
    address: `${location.href.split('#')[0]}#${/** @type {any} */ (document.querySelector('two-layer')).link()}`,
  }));

/** @param {Browser} browser */
const readHidden = (browser) =>
  browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).hiddenUnits);

inEveryEngine(
  'with the keyboard alone',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone points="" seed="3"', head });
    const { keyboard } = browser;
    /** @param {string} key @param {number} count */
    const far = async (key, count) => {
      await keyboard.down('Shift');
      for (let i = 0; i < count; i += 1) await keyboard.press(key);
      await keyboard.up('Shift');
    };
    await tabTo(browser, /Drawing surface$/);
    await far('ArrowRight', 2);
    await far('ArrowUp', 2);
    await keyboard.press('Enter');
    await far('ArrowLeft', 4);
    await keyboard.press('2');
    await keyboard.press('Enter');
    await far('ArrowDown', 4);
    await keyboard.press('1');
    await keyboard.press('Enter');
    await far('ArrowRight', 4);
    await keyboard.press('2');
    await keyboard.press('Enter');
    assert.deepEqual(await readPoints(browser), xor);

    await tabTo(browser, /One hidden unit fewer/);
    await keyboard.press('Enter');
    assert.equal(await readHidden(browser), 3);
    await tabTo(browser, /^Train$/);
    await keyboard.press('Enter');
    assert.ok((await waitForLoss(browser, 0.1, 60_000)) < 0.1);
    await keyboard.press('Enter');
    await keyboard.down('Control');
    await keyboard.press('z');
    assert.equal(await readHidden(browser), 4, 'the latest stroke first');
    await keyboard.press('z');
    await keyboard.up('Control');
    assert.deepEqual(await readPoints(browser), xor.slice(0, 3));

    await tabTo(browser, /^Share$/, { isBack: true });
    await keyboard.press('Enter');
    await tabTo(browser, /^Copy the link$/);
    await keyboard.press('Enter');
    await rest(browser, 300);
    const { copied, address } = await readCopied(browser);
    assert.deepEqual(copied, [address]);
    await assertQuiet(browser);
  },
  { timeout: 180_000 },
);

inEveryEngine(
  'with one finger alone',
  async (browser, context) => {
    await openPlayground(browser, context, {
      attributes: 'standalone points="" seed="3"',
      head,
      width: 375,
      height: 700,
    });
    for (const [k, { x, y, class: kind }] of xor.entries()) {
      if (k > 0) await tap(browser, kind === 0 ? 'Draw A (circle)' : 'Draw B (square)');
      const { left, top } = await onScreen(browser, x, y);
      await tapAt(browser, left, top);
    }
    const points = await readPoints(browser);
    assert.deepEqual(
      points.map((point) => [Math.round(point.x), Math.round(point.y), point.class]),
      xor.map((point) => [point.x, point.y, point.class]),
    );

    await tap(browser, 'One hidden unit fewer');
    assert.equal(await readHidden(browser), 3);
    await tap(browser, 'Train');
    assert.ok((await waitForLoss(browser, 0.1, 60_000)) < 0.1);
    await tap(browser, 'Pause');
    await tap(browser, 'Undo');
    await tap(browser, 'Undo');
    assert.deepEqual(await readPoints(browser), points.slice(0, 3));

    await tap(browser, 'Share');
    await tap(browser, 'Copy the link');
    await rest(browser, 300);
    const { copied, address } = await readCopied(browser);
    assert.deepEqual(copied, [address]);
    await assertQuiet(browser);
  },
  { engines: ['chromium'], timeout: 180_000 },
);

inEveryEngine('where nothing may be copied the link is selected, and it says so', async (browser, context) => {
  const refused = `<script>
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  </script>`;
  await openPlayground(browser, context, { attributes: 'standalone preset="xor"', head: refused });
  await press(browser, 'Share');
  await press(browser, 'Copy the link');
  await rest(browser, 100);
  assert.match(await readCaption(browser), /^The link is selected\./);
  const { selected, address } = await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    const { value, selectionStart, selectionEnd } = element.shadowRoot.activeElement;
    return {
      selected: value.slice(selectionStart, selectionEnd),
      address: `${location.href.split('#')[0]}#${element.link()}`,
    };
  });
  assert.equal(selected, address);
  await assertQuiet(browser);
});
