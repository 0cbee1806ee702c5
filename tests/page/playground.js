/**
 * The element on a page of its own, in a real browser, and what the tests ask of it.
 */
import assert from 'node:assert/strict';
import { makeSite } from '../browsers/site.js';

/** @typedef {import('../browsers/browser.js').Browser} Browser */

const script = new URL('../../build/two-layer.iife.js', import.meta.url);

/**
 * Opens a page with one <two-layer>.
 *
 * @param {Browser} browser
 * @param {import('node:test').TestContext} context
 * @param {{ attributes?: string, head?: string, body?: string, width?: number, height?: number, scale?: number,
 *   hasTouch?: boolean }} [options] `head`
 *   before its script, `body` instead of the element alone
 */
export async function openPlayground(
  browser,
  context,
  {
    attributes = 'standalone',
    head = '',
    body = `<two-layer ${attributes}></two-layer>`,
    width = 1280,
    height = 800,
    scale = 1,
    hasTouch = false,
  } = {},
) {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>two-layer</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,"><script src="messages.js"></script>${head}<script src="two-layer.iife.js"></script></head>
    <body><main>${body}</main></body></html>`;
  const { url } = await makeSite(context, { 'index.html': page, 'two-layer.iife.js': script });
  await browser.setViewport(width, height, scale, hasTouch);
  await browser.open(url);
  await browser.evaluate(async () => {
    await customElements.whenDefined('two-layer');
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    await element?.updateComplete;
    // Two frames: one to lay out, one to draw.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Nothing went wrong that the console knows of. @param {Browser} browser */
export async function assertQuiet(browser) {
  const errors = (await browser.messages()).filter(({ type }) => type === 'error');
  assert.deepEqual(errors, []);
}

/**
 * Where a place on the plane is, in CSS pixels of the viewport.
 *
 * @param {Browser} browser
 * @param {number} x
 * @param {number} y
 */
export function onScreen(browser, x, y) {
  return browser.evaluate(
    (px, py) => {
      const canvas = document.querySelector('two-layer')?.shadowRoot?.getElementById('field');
      if (!canvas) throw new Error('no plot');
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return { left: left + ((px + 3) / 6) * width, top: top + ((3 - py) / 6) * height };
    },
    x,
    y,
  );
}

/**
 * Drags the mouse along places on the plane, with a pause at each.
 *
 * @param {Browser} browser
 * @param {[number, number][]} way
 * @param {number} [pause] ms
 */
export async function drag(browser, way, pause = 60) {
  const [first, ...rest] = way;
  const start = await onScreen(browser, ...first);
  await browser.pointer.move(start.left, start.top);
  await browser.pointer.down();
  for (const place of rest) {
    const { left, top } = await onScreen(browser, ...place);
    await browser.pointer.move(left, top);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await browser.pointer.up();
}

/** @param {Browser} browser @param {number} x @param {number} y */
export async function click(browser, x, y) {
  const { left, top } = await onScreen(browser, x, y);
  await browser.pointer.click(left, top);
}

/**
 * Clicks a control by its name, as a person finds it.
 *
 * @param {Browser} browser
 * @param {string} name its label or text
 */
export async function press(browser, name) {
  const { left, top } = await findButton(browser, name);
  await browser.pointer.click(left, top);
}

/**
 * Taps a control by its name.
 *
 * @param {Browser} browser
 * @param {string} name its label or text
 */
export async function tap(browser, name) {
  const { left, top } = await findButton(browser, name);
  await tapAt(browser, left, top);
}

/** @param {Browser} browser @param {number} left CSS px of the viewport @param {number} top */
export async function tapAt(browser, left, top) {
  if (browser.touch === undefined) throw new Error(`${browser.name} cannot be touched`);
  const finger = await browser.touch.start(left, top);
  await finger.end();
}

/**
 * Scrolls to a button, and says where its middle is.
 *
 * @param {Browser} browser
 * @param {string} name its label or text
 * @returns {Promise<{ left: number, top: number }>} CSS px of the viewport
 */
function findButton(browser, name) {
  return browser.evaluate((wanted) => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const buttons = [...(root?.querySelectorAll('button') ?? [])].filter((button) => button.checkVisibility());
    const named = buttons.find(
      (button) => (button.getAttribute('aria-label') ?? button.textContent ?? '').trim() === wanted,
    );
    if (named === undefined) throw new Error(`no button "${wanted}"`);
    // Not to the nearest edge: what sticks there may lie over it.
    named.scrollIntoView({ block: named.closest('.bar') === null ? 'center' : 'nearest' });
    const box = named.getBoundingClientRect();
    return { left: box.left + box.width / 2, top: box.top + box.height / 2 };
  }, name);
}

/**
 * Tabs to the control of a name, as a person without a mouse finds it.
 *
 * @param {Browser} browser
 * @param {RegExp} name of its label or text
 * @param {{ isBack?: boolean }} [options] isBack: with Shift
 */
export async function tabTo(browser, name, { isBack = false } = {}) {
  for (let i = 0; i < 40; i += 1) {
    if (isBack) await browser.keyboard.down('Shift');
    await browser.keyboard.press('Tab');
    if (isBack) await browser.keyboard.up('Shift');
    const found = await browser.evaluate(() => {
      const active = document.querySelector('two-layer')?.shadowRoot?.activeElement;
      const label = active?.getAttribute('aria-label') ?? /** @type {any} */ (active)?.labels?.[0]?.textContent;
      return (label ?? active?.textContent ?? '').trim();
    });
    if (name.test(found)) return;
  }
  throw new Error(`no control named ${name}`);
}

/** The points on the plot. @param {Browser} browser @returns {Promise<{ x: number, y: number, class: number }[]>} */
export function readPoints(browser) {
  return browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).points);
}

/** The sentence under the plot. @param {Browser} browser @returns {Promise<string>} */
export function readCaption(browser) {
  return browser.evaluate(
    () =>
      document
        .querySelector('two-layer')
        ?.shadowRoot?.querySelector('.caption')
        ?.textContent?.replace(/\s+/g, ' ')
        .trim() ?? '',
  );
}

/**
 * Waits until the caption says something.
 *
 * @param {Browser} browser
 * @param {RegExp} words
 */
export async function waitForCaption(browser, words) {
  let caption = '';
  for (let i = 0; i < 100; i += 1) {
    caption = await readCaption(browser);
    if (words.test(caption)) return;
    await rest(browser, 100);
  }
  assert.match(caption, words);
}

/**
 * Waits until the loss is below a value.
 *
 * @param {Browser} browser
 * @param {number} below
 * @param {number} [patience] ms
 */
export function waitForLoss(browser, below, patience = 30_000) {
  return browser.evaluate(
    (limit, ms) =>
      new Promise((done, fail) => {
        const element = document.querySelector('two-layer');
        let latest = Number.NaN;
        const timer = setTimeout(() => fail(new Error(`the loss is ${latest} after ${ms} ms`)), ms);
        element?.addEventListener('two-layer-step', (event) => {
          latest = /** @type {CustomEvent} */ (event).detail.loss;
          if (latest >= limit) return;
          clearTimeout(timer);
          done(latest);
        });
      }),
    below,
    patience,
  );
}

/**
 * The field's colours at places on the plane.
 *
 * @param {Browser} browser
 * @param {[number, number][]} places
 * @returns {Promise<number[][]>} bytes [r, g, b] each
 */
export function readField(browser, places) {
  return browser.evaluate((list) => {
    const canvas = /** @type {HTMLCanvasElement | null | undefined} */ (
      document.querySelector('two-layer')?.shadowRoot?.getElementById('field')
    );
    const context = canvas?.getContext('2d');
    if (!canvas || !context) throw new Error('no plot');
    return list.map(([x, y]) => {
      const column = Math.min(canvas.width - 1, Math.floor(((x + 3) / 6) * canvas.width));
      const row = Math.min(canvas.height - 1, Math.floor(((3 - y) / 6) * canvas.height));
      return [...context.getImageData(column, row, 1, 1).data.slice(0, 3)];
    });
  }, places);
}

/** Whether a colour is nearer to the blue field of A than to the orange one of B: less red than blue. @param {number[]} colour */
export const isBlue = ([red, , blue]) => blue > red;

/** @param {Browser} browser @param {number} ms */
export const rest = (browser, ms) =>
  browser.evaluate((time) => new Promise((resolve) => setTimeout(resolve, time)), ms);
