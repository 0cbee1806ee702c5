/**
 * The element for authors and programs: properties, methods, events, links.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, click, openPlayground, press, readCaption, readPoints, rest } from './page/playground.js';

inEveryEngine('attributes and properties are one', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone preset="xor" hidden-units="3" activation="tanh" n="40" pace="max"',
  });
  const found = await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    const before = [
      element.preset,
      element.hiddenUnits,
      element.activation,
      element.n,
      String(element.pace),
      element.points.length,
    ];
    element.hiddenUnits = 6;
    element.learningRate = '0.5';
    element.setAttribute('momentum', '0.5');
    element.preset = 'moons';
    const refused = [];
    for (const [name, value] of [
      ['hiddenUnits', 0],
      ['learningRate', -1],
      ['optimizer', 'newton'],
    ]) {
      try {
        element[name] = value;
      } catch (error) {
        refused.push(/** @type {Error} */ (error).message);
      }
    }
    return {
      before,
      after: [
        element.hiddenUnits,
        element.learningRate,
        element.momentum,
        element.preset,
        element.getAttribute('hidden-units'),
      ],
      refused,
    };
  });
  assert.deepEqual(found.before, ['xor', 3, 'tanh', 40, 'Infinity', 40]);
  assert.deepEqual(found.after, [6, 0.5, 0.5, 'moons', '6']);
  assert.equal(found.refused.length, 3);
  assert.match(found.refused[0], /hidden.*0/);
  assert.match(found.refused[2], /newton/);
  await assertQuiet(browser);
});

inEveryEngine('tells of its readiness, steps and changes, through shadow boundaries', async (browser, context) => {
  await openPlayground(browser, context, { body: '<div id="host"></div>', attributes: '' });
  const { events: heard, seconds } = await browser.evaluate(async () => {
    const types = ['two-layer-ready', 'two-layer-step', 'two-layer-change'];
    /** @type {any[]} */
    const events = [];
    for (const type of types)
      document.addEventListener(type, (event) => events.push([type, /** @type {CustomEvent} */ (event).detail]));
    const shadow = document.getElementById('host')?.attachShadow({ mode: 'open' });
    const element = /** @type {any} */ (document.createElement('two-layer'));
    element.setAttribute('preset', 'ring');
    shadow?.append(element);
    await new Promise((resolve) => document.addEventListener('two-layer-ready', resolve, { once: true }));
    const start = performance.now();
    element.play();
    await new Promise((resolve) =>
      document.addEventListener('two-layer-step', (event) => {
        if (/** @type {CustomEvent} */ (event).detail.step > 200) resolve(undefined);
      }),
    );
    element.pause();
    const seconds = (performance.now() - start) / 1000;
    element.shadowRoot.querySelector('[aria-label="One hidden unit more"]').click();
    return { events, seconds };
  });
  const count = (/** @type {string} */ type) => heard.filter(([name]) => name === type).length;
  assert.equal(count('two-layer-ready'), 1);
  assert.equal(count('two-layer-change'), 1);
  const steps = count('two-layer-step');
  assert.ok(steps >= 1 && steps <= 1 + 4 * seconds, `${steps} in ${seconds} s`);
  const [, detail] = heard.findLast(([name]) => name === 'two-layer-change') ?? [];
  assert.equal(detail.hidden, 5);
  assert.ok(detail.step > 200 && detail.loss < 1);
});

inEveryEngine('a link opens the same run, and the address follows it', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor" n="30"' });
  await click(browser, 0, 0);
  const link = await browser.evaluate(async () => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    element.step(300);
    const state = element.link();
    while (location.hash !== `#${state}`) await new Promise((resolve) => setTimeout(resolve, 50));
    return state;
  });
  const loss = () =>
    browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.querySelector('.number')?.textContent);
  const before = [await loss(), await readPoints(browser)];
  await openPlayground(browser, context, { attributes: `session="${link}"` });
  await rest(browser, 300);
  assert.deepEqual([await loss(), await readPoints(browser)], before);
  await assertQuiet(browser);
});

inEveryEngine('a broken link opens what can be read, and says so', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'session="no link at all"' });
  assert.ok((await readPoints(browser)).length >= 0);
  assert.notEqual(await readCaption(browser), '');
  await assertQuiet(browser);
});

inEveryEngine('the Share drawer shows the link as text', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  await press(browser, 'Share');
  const [text, link, address] = await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    return [element.shadowRoot.getElementById('link').value, element.link(), location.href.split('#')[0]];
  });
  assert.equal(text, `${address}#${link}`);
  await press(browser, 'Copy the link');
  await rest(browser, 200);
  assert.equal(
    await browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.activeElement?.textContent?.trim()),
    'Copied',
  );
  await assertQuiet(browser);
});

inEveryEngine('many elements share one page, and leave it', async (browser, context) => {
  await openPlayground(browser, context, { body: '<two-layer preset="ring" autoplay></two-layer>'.repeat(6) });
  await browser.evaluate(async () => {
    const steps = () =>
      [...document.querySelectorAll('two-layer')].map((element) =>
        Number(element.shadowRoot?.querySelector('.steps b')?.textContent),
      );
    while (!(steps()[0] > 20)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const left = await browser.evaluate(async () => {
    const [first] = document.querySelectorAll('two-layer');
    first.remove();
    await new Promise((resolve) => setTimeout(resolve, 200));
    document.body.append(first); // and it can come back
    await new Promise((resolve) => setTimeout(resolve, 400));
    return document.querySelectorAll('two-layer').length;
  });
  assert.equal(left, 6);
  await assertQuiet(browser);
});
