import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { makeSite } from './browsers/site.js';

const page = `<!doctype html><meta charset="utf-8"><title>drivers</title><link rel="icon" href="data:,">
<script src="messages.js"></script>
<style>body { margin: 0 } #pad { width: 200px; height: 100px; background: rgb(255, 0, 0) }</style>
<div id="pad" tabindex="0"></div><iframe srcdoc="<p>inside</p>" sandbox="allow-scripts"></iframe>
<script>
  window.heard = [];
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'keydown', 'keyup']) {
    pad.addEventListener(type, (event) => heard.push([type, event.key ?? event.pointerType, event.isTrusted,
      Math.round(event.clientX), Math.round(event.clientY), event.shiftKey]));
  }
  console.warn('careful');
  Promise.reject(new Error('unheard'));
</script>`;

inEveryEngine('gives the page real pointer and key events', async (browser, context) => {
  const site = await makeSite(context, { 'index.html': page });
  await browser.open(site.url);
  await browser.setViewport(800, 600);
  assert.deepEqual(await browser.evaluate(() => [innerWidth, innerHeight]), [800, 600]);

  await browser.pointer.move(20, 30);
  await browser.pointer.down();
  await browser.pointer.move(50, 60);
  await browser.pointer.up();
  await browser.evaluate(() => document.getElementById('pad')?.focus());
  await browser.keyboard.down('Shift');
  await browser.keyboard.press('ArrowLeft');
  await browser.keyboard.up('Shift');
  const heard = await browser.evaluate(() => /** @type {any} */ (globalThis).heard);
  const pointer = heard.filter((/** @type {any[]} */ [type]) => type.startsWith('pointer'));
  assert.deepEqual(pointer.slice(-3), [
    ['pointerdown', 'mouse', true, 20, 30, false],
    ['pointermove', 'mouse', true, 50, 60, false],
    ['pointerup', 'mouse', true, 50, 60, false],
  ]);
  const keys = heard.filter((/** @type {any[]} */ [type]) => type.startsWith('key'));
  assert.deepEqual(
    keys.map((/** @type {any[]} */ [type, key, trusted, , , shift]) => [type, key, trusted, shift]),
    [
      ['keydown', 'Shift', true, true],
      ['keydown', 'ArrowLeft', true, true],
      ['keyup', 'ArrowLeft', true, true],
      ['keyup', 'Shift', true, false],
    ],
  );
});

inEveryEngine('shows what the page wrote, and a picture of it', async (browser, context) => {
  const site = await makeSite(context, { 'index.html': page });
  await browser.open(site.url);
  // A rejection is reported once it is sure that nobody handles it: a moment after the load event.
  let messages = await browser.messages();
  for (let wait = 0; wait < 100 && messages.length < 2; wait++) {
    await setTimeout(50);
    messages = await browser.messages();
  }
  for (const [kind, word] of [
    ['warning', 'careful'],
    ['error', 'unheard'],
  ]) {
    assert.ok(
      messages.some(({ type, text }) => type === kind && text.includes(word)),
      `${word}: ${JSON.stringify(messages)}`,
    );
  }
  const png = await browser.screenshot();
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.equal(await browser.evaluateIn('iframe', () => document.body.textContent), 'inside');
  await assert.rejects(
    browser.evaluate(() => {
      throw new Error('thrown in the page');
    }),
    /thrown in the page/,
  );
});

inEveryEngine(
  'gives the page real touches',
  async (browser, context) => {
    const site = await makeSite(context, { 'index.html': page });
    await browser.open(site.url);
    const finger = await browser.touch?.start(20, 30);
    await finger?.end();
    const heard = await browser.evaluate(() => /** @type {any} */ (globalThis).heard);
    assert.deepEqual(heard[0], ['pointerdown', 'touch', true, 20, 30, false]);
  },
  { engines: ['chromium'] },
);
