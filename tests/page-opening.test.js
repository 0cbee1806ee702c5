/**
 * The first seconds, and what rests: points and boundary at first paint, the ring found by the clock, sleep and waking.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, click, openPlayground, press, rest, waitForCaption, waitForLoss } from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** The page's clock goes by its frames, whatever rate the machine has. @param {number} hertz */
const framesOf = (hertz) => `<script>
  const request = window.requestAnimationFrame.bind(window);
  window.clock = 0;
  performance.now = () => window.clock;
  let latest = 0;
  window.requestAnimationFrame = (callback) => request((time) => {
    if (time !== latest) window.clock += 1000 / ${hertz};
    latest = time;
    callback(window.clock);
  });
</script>`;

for (const hertz of [60, 120]) {
  inEveryEngine(`the ring is found between 2 and 4 s of clock at ${hertz} Hz`, async (browser, context) => {
    await openPlayground(browser, context, {
      attributes: 'standalone preset="ring" autoplay',
      head: framesOf(hertz),
      width: 600,
      height: 400,
    });
    const { began, found } = await browser.evaluate(
      () =>
        new Promise((done) => {
          const page = /** @type {any} */ (globalThis);
          const element = /** @type {any} */ (document.querySelector('two-layer'));
          /** @type {number | undefined} */
          let start;
          element.addEventListener('two-layer-step', (/** @type {CustomEvent} */ { detail }) => {
            // Steps are told of four times a second, so the clock at the first is reckoned back from its number.
            start ??= page.clock - (1000 * detail.step) / 240;
            if (detail.loss < 0.1) done({ began: start, found: page.clock });
          });
        }),
    );
    const span = found - began;
    assert.ok(span > 2000 && span < 4000, `${span} ms`);
    await waitForCaption(browser, /^It found the ring\. Draw .*in a corner\.$/);
    await assertQuiet(browser);
  });
}

/** Looks at the canvases in the first frame that has any, before it is painted. */
const firstFrame = `<script>
  requestAnimationFrame(function look() {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const canvas = (id) => root?.getElementById(id);
    if (!canvas('field')) return requestAnimationFrame(look);
    const inked = (id) => {
      const { width, height } = canvas(id);
      const { data } = canvas(id).getContext('2d').getImageData(0, 0, width, height);
      return data.filter((byte, i) => i % 4 === 3 && byte > 127).length;
    };
    const { width, height } = canvas('field');
    const field = canvas('field').getContext('2d').getImageData(0, 0, width, height).data;
    const colours = new Set();
    for (let i = 0; i < field.length; i += 4) colours.add(field.slice(i, i + 3).join());
    window.first = {
      marks: inked('marks'),
      lines: inked('lines'),
      colours: colours.size,
      isDark: colours.has('0,0,0'),
      controls: [...root.querySelectorAll('button')].filter((button) => button.checkVisibility()).length,
    };
  });
</script>`;

for (const [attributes, scale] of /** @type {[string, number][]} */ ([
  ['preset="ring" autoplay', 1],
  ['preset="spiral" n="2000" hidden-units="256" activation="tanh"', 2],
])) {
  inEveryEngine(`the first frame of ${attributes} has points, the field and the boundary`, async (browser, context) => {
    await openPlayground(browser, context, { attributes: `standalone ${attributes}`, head: firstFrame, scale });
    const { marks, lines, colours, isDark, controls } = await browser.evaluate(
      () => /** @type {any} */ (globalThis).first,
    );
    assert.ok(marks > 5000, `${marks} pixels of marks`);
    assert.ok(lines > 300, `${lines} pixels of lines`);
    assert.ok(colours > 20 && !isDark, `${colours} colours`);
    assert.ok(controls >= 10, `${controls} controls`);
    await assertQuiet(browser);
  });
}

/** The steps taken so far, by the page's own count. @param {Browser} browser */
const readStep = (browser) =>
  browser.evaluate(() =>
    Number(
      document.querySelector('two-layer')?.shadowRoot?.querySelector('.steps b')?.textContent?.replaceAll(',', ''),
    ),
  );

/**
 * Waits in the page, as a busy machine takes its time.
 * @param {Browser} browser
 * @param {number} step
 */
const waitForStepAbove = (browser, step) =>
  browser.evaluate(async (least) => {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const text = document.querySelector('two-layer')?.shadowRoot?.querySelector('.steps b')?.textContent ?? '';
      if (Number(text.replaceAll(',', '')) > least) return;
      if (Date.now() > deadline) throw new Error(`still at step ${text}`);
      await new Promise(requestAnimationFrame);
    }
  }, step);

/** Lets the page's clock, not the machine's, jump ahead. */
const clockHead = `<script>
  const now = performance.now.bind(performance);
  window.ahead = 0;
  performance.now = () => now() + window.ahead;
</script>`;

inEveryEngine('without input it rests, and drawing wakes it', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor" autoplay', head: clockHead });
  await waitForStepAbove(browser, 0);
  await browser.evaluate(() => {
    /** @type {any} */ (globalThis).ahead = 121_000;
  });
  await waitForCaption(browser, /^Resting\. Draw to wake it\.$/);
  const resting = await readStep(browser);
  await rest(browser, 300);
  assert.equal(await readStep(browser), resting);
  await click(browser, 2.5, 2.5);
  await waitForStepAbove(browser, resting);
  await assertQuiet(browser);
});

inEveryEngine('what has learned rests sooner, and Train wakes it', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="gaussians" autoplay', head: clockHead });
  await waitForLoss(browser, 0.1);
  await browser.evaluate(() => {
    /** @type {any} */ (globalThis).ahead = 21_000;
  });
  await waitForCaption(browser, /^Resting\. Draw to wake it\.$/);
  const resting = await readStep(browser);
  await press(browser, 'Train');
  await waitForStepAbove(browser, resting);
  await assertQuiet(browser);
});

inEveryEngine('in a hidden tab it pauses, and comes back without catching up', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" autoplay' });
  await waitForStepAbove(browser, 0);
  const hide = (/** @type {boolean} */ isHidden) =>
    browser.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await hide(true);
  await rest(browser, 200);
  const gone = await readStep(browser);
  await rest(browser, 1500);
  assert.equal(await readStep(browser), gone);
  await hide(false);
  await waitForStepAbove(browser, gone);
  const back = await readStep(browser);
  assert.ok(back - gone < 150, `${gone} to ${back}`);
  await waitForStepAbove(browser, back);
  await assertQuiet(browser);
});
