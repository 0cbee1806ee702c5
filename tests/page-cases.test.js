/**
 * What people meet: each case with its sentence and its way back.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import {
  assertQuiet,
  click,
  openPlayground,
  press,
  readCaption,
  readField,
  readPoints,
  rest,
  waitForCaption,
} from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** The element's own view of itself. @param {Browser} browser */
const read = (browser) =>
  browser.evaluate(() => {
    const { hiddenUnits, learningRate, preset } = /** @type {any} */ (document.querySelector('two-layer'));
    return { hiddenUnits, learningRate, preset };
  });

/** @param {Browser} browser @param {string} name */
const isPressed = (browser, name) =>
  browser.evaluate((label) => {
    const button = document.querySelector('two-layer')?.shadowRoot?.querySelector(`[aria-label="${label}"]`);
    return button?.getAttribute('aria-pressed') === 'true';
  }, name);

/** Types into a field and leaves it. @param {Browser} browser @param {string} id @param {string} text */
const type = (browser, id, text) =>
  browser.evaluate(
    (field, value) => {
      const input = /** @type {HTMLInputElement} */ (
        document.querySelector('two-layer')?.shadowRoot?.getElementById(field)
      );
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    id,
    text,
  );

inEveryEngine('no points: it idles and says what to draw', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="" autoplay' });
  assert.equal(await readCaption(browser), 'Nothing to learn yet. Draw two kinds of points.');
  await click(browser, 0, 0);
  await waitForCaption(browser, /the best answer is always/);
  await assertQuiet(browser);
});

inEveryEngine('one class only: it trains, and says what the best answer is', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="1 1 B; -1 0 B" autoplay' });
  await waitForCaption(browser, /Only .*: the best answer is always/);
  await rest(browser, 500);
  const step = await browser.evaluate(() =>
    Number(document.querySelector('two-layer')?.shadowRoot?.querySelector('.steps b')?.textContent),
  );
  assert.ok(step > 20, `step ${step}`);
  await assertQuiet(browser);
});

inEveryEngine('α far too large: it says that the loss jumps, and goes back to before', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" autoplay' });
  await rest(browser, 400);
  await type(browser, 'learning-rate', '100');
  await waitForCaption(browser, /The loss jumps\. α is too large\. Back to α 1\s*α 30/);
  await press(browser, 'Back to α 1');
  await waitForCaption(browser, /It learns|found the ring|learned/);
  assert.equal((await read(browser)).learningRate, 1);
  await assertQuiet(browser);
});

inEveryEngine(
  'ReLU past the numbers: it stops on the last finite step, names the parameter, and offers ways back',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="moons" activation="relu" autoplay' });
    await rest(browser, 300);
    await type(browser, 'learning-rate', '100000');
    await waitForCaption(browser, /^Stopped: [Wb]\[\d\].* would overflow\./);
    const [corner] = await readField(browser, [[-2.9, 2.9]]);
    assert.ok(Math.max(...corner) > 0, 'the plot is not blank');
    await press(browser, 'Back to α 1');
    await rest(browser, 300);
    assert.equal((await read(browser)).learningRate, 1);
    await assertQuiet(browser);
  },
);

inEveryEngine('saturated units: it says so and offers a new start', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone preset="ring" seed="23" activation="relu" learning-rate="10" autoplay',
  });
  await waitForCaption(browser, /Units are saturated; gradients vanish\. New start/);
  await press(browser, 'New start');
  await assertQuiet(browser);
});

inEveryEngine(
  'a field that cannot be taken keeps its text and says the limit; the run goes on',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
    const error = () =>
      browser.evaluate(() => {
        const root = document.querySelector('two-layer')?.shadowRoot;
        const input = root?.getElementById('learning-rate');
        return [input?.getAttribute('aria-invalid'), root?.getElementById('learning-rate-error')?.textContent ?? null];
      });
    for (const [text, words] of [
      ['1e9', 'at most 1000000'],
      ['0', 'above 0'],
      ['fast', 'a number, please'],
    ]) {
      // biome-ignore format: cases
      await type(browser, 'learning-rate', text);
      await rest(browser, 100);
      assert.deepEqual(await error(), ['true', words]);
      assert.equal((await read(browser)).learningRate, 1);
    }
    await type(browser, 'learning-rate', '0,5');
    await rest(browser, 100);
    assert.deepEqual(await error(), ['false', null]);
    assert.equal((await read(browser)).learningRate, 0.5);
    await assertQuiet(browser);
  },
);

inEveryEngine('attributes that cannot be are dropped and named; the rest stands', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone preset="rings" hidden-units="0" learning-rate="3"',
  });
  assert.deepEqual(await read(browser), { hiddenUnits: 4, learningRate: 3, preset: 'ring' });
  assert.match(await readCaption(browser), /hidden|preset/);
  await assertQuiet(browser);
});

inEveryEngine('at the cap nothing is lost, and the message is clear', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone preset="moons" n="20000" hidden-units="256" autoplay',
  });
  await rest(browser, 500);
  await click(browser, 0, 2.5);
  await waitForCaption(browser, /20,000 points are all it takes\. Nothing was lost/);
  assert.equal((await readPoints(browser)).length, 20_000);
  // It still answers: what is clicked is done at once, before another slice of training.
  await press(browser, 'Erase points');
  assert.equal(await isPressed(browser, 'Erase points'), true);
  await assertQuiet(browser);
});

inEveryEngine('undo restores points, not weights, and offers to rewind them too', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" autoplay' });
  await rest(browser, 600);
  await click(browser, 2.6, 2.6);
  await rest(browser, 600);
  await press(browser, 'Undo');
  await waitForCaption(browser, /Points restored, weights as they are\. Rewind the weights too/);
  await press(browser, 'Rewind the weights too');
  await rest(browser, 200);
  assert.equal((await readPoints(browser)).length, 200);
  await assertQuiet(browser);
});

inEveryEngine('off the screen it pauses, and comes back without catching up', async (browser, context) => {
  await openPlayground(browser, context, {
    body: '<two-layer preset="ring" autoplay></two-layer><p style="height: 3000px">A long text</p>',
  });
  const steps = () =>
    browser.evaluate(() =>
      Number(
        /** @type {any} */ (document.querySelector('two-layer')).shadowRoot
          .querySelector('.steps b')
          .textContent.replace(',', ''),
      ),
    );
  await rest(browser, 500);
  await browser.evaluate(() => scrollTo(0, 2500));
  await rest(browser, 300);
  const gone = await steps();
  await rest(browser, 1500);
  await browser.evaluate(() => scrollTo(0, 0));
  await rest(browser, 100);
  const back = await steps();
  assert.ok(back - gone < 150, `${gone} to ${back}`);
  await rest(browser, 800);
  assert.ok((await steps()) > back, 'it goes on');
  await assertQuiet(browser);
});
