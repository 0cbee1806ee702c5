/**
 * Links, files and the address: how a run leaves the page, and how it comes back.
 */
import assert from 'node:assert/strict';
import { loadCore } from '../web/engine/core.js';
import { verify } from '../web/engine/index.js';
import { createSession } from '../web/engine/session.js';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { performRandomRun, randomOptions } from './helpers/random-runs.js';
import { assertQuiet, click, openPlayground, press, readCaption, readPoints, rest } from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

const core = await loadCore();

/** A run that was drawn and trained elsewhere. @param {number} number */
function makeRun(number) {
  const session = createSession(core, randomOptions(number));
  performRandomRun(session, number, 300);
  return session;
}

/** What the Share drawer shows; it is open. @param {Browser} browser */
const readShared = (browser) =>
  browser.evaluate(() => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const value = (/** @type {string} */ id) =>
      /** @type {HTMLTextAreaElement | null | undefined} */ (root?.getElementById(id))?.value;
    const help = root?.getElementById('hash')?.parentElement?.textContent ?? '';
    return {
      link: value('link'),
      file: value('session-text'),
      hash: root?.getElementById('hash')?.textContent ?? '',
      step: Number(help.match(/step ([\d\s,.]+)/)?.[1].replace(/\D/g, '')),
      fileStep: Number(root?.querySelector('[for="session-text"]')?.textContent?.replace(/\D/g, '')),
      tooLong: root?.getElementById('too-long')?.textContent ?? '',
    };
  });

/** The run as the element hands it out. @param {Browser} browser @returns {Promise<string>} */
const readLink = (browser) => browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).link());

/** @param {Browser} browser @param {string} pattern that the sentence under the plot is to match */
const waitForCaption = (browser, pattern) =>
  browser.evaluate(async (text) => {
    const read = () => document.querySelector('two-layer')?.shadowRoot?.querySelector('.caption')?.textContent ?? '';
    while (!new RegExp(text).test(read().trim())) await new Promise((resolve) => setTimeout(resolve, 10));
  }, pattern);

/** @param {Browser} browser @param {string} link of the run that stood there before */
async function goBack(browser, link) {
  await press(browser, 'Back to the run before');
  await browser.evaluate(async (expected) => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    while (element.link() !== expected) await new Promise((resolve) => setTimeout(resolve, 10));
  }, link);
}

/**
 * Calls a function of the test's own with the page's element.
 *
 * @template {any[]} Arguments
 * @param {Browser} browser
 * @param {(element: any, ...args: Arguments) => unknown} act
 * @param {Arguments} args
 */
const handOver = (browser, act, ...args) =>
  browser.evaluate(
    (source, values) => {
      new Function(`return (${source})(...arguments)`)(document.querySelector('two-layer'), ...values);
    },
    String(act),
    args,
  );

/**
 * The same, where it opens a run: waits until that is there.
 *
 * @template {any[]} Arguments
 * @param {Browser} browser
 * @param {(element: any, ...args: Arguments) => unknown} act
 * @param {Arguments} args
 */
async function openBy(browser, act, ...args) {
  await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    const opened = new Promise((resolve) => element.addEventListener('two-layer-change', resolve, { once: true }));
    Object.assign(globalThis, { opened: opened.then(() => element.updateComplete) });
  });
  await handOver(browser, act, ...args);
  await browser.evaluate(() => /** @type {any} */ (globalThis).opened.then(() => undefined));
}

/** @param {Browser} browser */
async function reload(browser) {
  await browser.reload();
  await browser.evaluate(async () => {
    while (document.readyState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 10));
    await /** @type {any} */ (document.querySelector('two-layer')).updateComplete;
  });
}

/** How each way of handing a text over looks to the page.
 * @type {Record<string, (element: any, name: string, text: string) => void>} */
const ways = {
  'picked in the drawer': (element, name, text) => {
    const input = element.shadowRoot.getElementById('session-file');
    const list = new DataTransfer();
    list.items.add(new File([text], name));
    input.files = list.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  },
  dropped: (element, name, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name));
    const plot = element.shadowRoot.getElementById('plot');
    plot.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  },
  pasted: (element, _, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    // Firefox takes the text in two words of its own.
    const given = { clipboardData, dataType: 'text/plain', data: text };
    const area = element.shadowRoot.getElementById('session-paste');
    area.dispatchEvent(new ClipboardEvent('paste', { ...given, bubbles: true, composed: true, cancelable: true }));
  },
};

for (const [way, hand] of Object.entries(ways)) {
  inEveryEngine(`a saved run is ${way}, and goes on with the same bits`, async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'preset="moons" n="40"' });
    await click(browser, 1, 1);
    await browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).step(77));
    await press(browser, 'Share');
    await press(browser, 'Save as a file');
    const saved = await readShared(browser);
    assert.equal(saved.fileStep, 77);
    const { hash } = await verify(/** @type {string} */ (saved.file));
    assert.equal(saved.hash, hash);

    await openPlayground(browser, context, { attributes: 'preset="xor"' });
    await press(browser, 'Share');
    const before = await readLink(browser);
    await openBy(browser, hand, 'run.json', /** @type {string} */ (saved.file));
    assert.equal((await readShared(browser)).hash, hash);
    assert.match(await readCaption(browser), /^Opened (run\.json|the pasted text)\./);
    await goBack(browser, before);
    await assertQuiet(browser);
  });

  inEveryEngine(`what is damaged and ${way} loses nothing`, async (browser, context) => {
    const file = makeRun(3).toJSON();
    await openPlayground(browser, context, { attributes: 'preset="xor" n="30"' });
    await click(browser, 2, 2);
    await press(browser, 'Share');
    const before = await readLink(browser);

    await handOver(browser, hand, 'run.json', JSON.stringify(file).slice(0, -9));
    await waitForCaption(browser, '^Nothing was changed: (run.json|the pasted text) is no saved run, or is cut off.');
    assert.equal(await readLink(browser), before);

    const damaged = { ...file, at: -1, options: { ...file.options, hidden: 900, colour: 'red' } };
    await openBy(browser, hand, 'run.json', JSON.stringify(damaged));
    assert.match(
      await readCaption(browser),
      /^Not taken over: 'colour': unknown. hidden: 900 is outside 1 … 256. And 1 more/,
    );
    assert.deepEqual(
      await browser.evaluate(() =>
        [...(document.querySelector('two-layer')?.shadowRoot?.querySelectorAll('#dropped li') ?? [])].map(
          (item) => item.textContent,
        ),
      ),
      ["'colour': unknown", 'hidden: 900 is outside 1 … 256', `at: -1 is outside 0 … ${file.step}`],
    );
    assert.notEqual(await readLink(browser), before);
    await goBack(browser, before);
    await assertQuiet(browser);
  });
}

inEveryEngine('what is shown of a run is the same wherever it is opened', async (browser, context) => {
  const [first, second] = ['preset=moons&n=60&seed=2&step=30', 'preset=xor&n=60&seed=2&step=30'];
  // Once nothing changes any more: a picture at rest is painted in bands.
  const readPicture = () =>
    browser.evaluate(async () => {
      const root = document.querySelector('two-layer')?.shadowRoot;
      const read = () =>
        [...(root?.querySelectorAll('#field, #marks, #chart') ?? [])].map((canvas) =>
          /** @type {HTMLCanvasElement} */ (canvas).toDataURL('image/png'),
        );
      for (let [before, now] = [[''], read()]; ; [before, now] = [now, read()]) {
        if (before.join() === now.join()) return now;
        // In each of these frames more would be painted.
        for (let k = 0; k < 5; k++) await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    });
  await openPlayground(browser, context, { attributes: `session="${second}"` });
  const fresh = await readPicture();
  await openPlayground(browser, context, { attributes: `session="${first}"` });
  assert.notDeepEqual(await readPicture(), fresh);
  await openBy(
    browser,
    (element, link) => {
      element.session = link;
    },
    second,
  );
  const [field, marks, chart] = await readPicture();
  assert.equal(marks, fresh[1], 'the points');
  assert.equal(field, fresh[0], 'the boundary');
  assert.equal(chart, fresh[2], 'the loss');
  await assertQuiet(browser);
});

inEveryEngine('a link that is put into the address opens; a broken one changes nothing', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor" n="30"' });
  await click(browser, 2, 2);
  const before = await readLink(browser);
  const link = makeRun(5).link();
  const { hash } = await verify(link);
  await openBy(browser, (_, payload) => Object.assign(location, { hash: payload }), link);
  assert.equal(await readLink(browser), link);
  await press(browser, 'Share');
  assert.equal((await readShared(browser)).hash, hash);
  await goBack(browser, before);
  await browser.evaluate(() => Object.assign(location, { hash: 'nothing-of-ours' }));
  await waitForCaption(browser, '^Nothing was changed: the link in the address is no saved run');
  assert.equal(await readLink(browser), before);
  await openBy(browser, () => Object.assign(location, { hash: 'preset=moons&hidden=900&<b>=1' }));
  assert.match(await readCaption(browser), /unknown. hidden: 900 is outside 1 … 256/);
  assert.match(await readLink(browser), /^preset=moons/);
  await goBack(browser, before);
  await assertQuiet(browser);
});

inEveryEngine('a reload loses nothing, not even while it trains', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="60" pace="max"' });
  await click(browser, 2, 2);
  await press(browser, 'Train');
  await rest(browser, 300);
  // A busy WebKit may drop what a page writes as it goes: there the last second can be lost, and no more.
  const isSure = browser.name !== 'webkit';
  if (!isSure) await rest(browser, 2500);
  await browser.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    // After the element's own listener, in the same moment.
    addEventListener('beforeunload', () => sessionStorage.setItem('link', element.link()));
  });
  await reload(browser);
  const left = await browser.evaluate(() => sessionStorage.getItem('link') ?? '');
  assert.ok(Number(left.match(/step=(\d+)/)?.[1]) > 0, left);
  const link = await readLink(browser);
  const steps = (/** @type {string} */ text) => Number(text.match(/step=(\d+)/)?.[1]);
  // It may have trained on until it was gone.
  assert.ok(steps(link) >= (isSure ? steps(left) : 1), `${link} after ${left}`);
  assert.equal(link.replace(/step=\d+/, ''), left.replace(/step=\d+/, ''));
  await waitForCaption(browser, '^(?!Replaying|A link to)');
  await press(browser, 'Share');
  assert.equal((await readShared(browser)).hash, (await verify(link)).hash);
  await assertQuiet(browser);
});

inEveryEngine('a reload that takes its time loses nothing', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="60"' });
  await click(browser, 2, 2);
  const left = await browser.evaluate(async () => {
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    element.step(77);
    // The page is there for a while yet, in which the address would follow.
    dispatchEvent(new Event('beforeunload'));
    element.step(1);
    const address = location.href;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    if (location.href !== address) throw new Error('the address changes while the page is left');
    return element.link();
  });
  await reload(browser);
  assert.equal(await readLink(browser), left);
  await assertQuiet(browser);
});

inEveryEngine('an address that somebody has just put in is not written over', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="60"' });
  await click(browser, 2, 2);
  await openBy(browser, async () => {
    const before = location.href;
    // Just before the address is written, as the page is busy.
    const end = performance.now() + 900;
    while (performance.now() < end);
    location.hash = 'preset=moons&n=20';
    while (performance.now() < end + 400);
    if (location.href === before) throw new Error('the address is the old one');
  });
  assert.match(await readLink(browser), /^preset=moons&n=20/);
  await assertQuiet(browser);
});

inEveryEngine('a run too long for a link: a file is offered, and a reload keeps it', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  const long = createSession(core, { preset: null });
  for (let k = 0; k < 1800; k++) {
    long.edit({ add: [{ x: (k % 60) / 10 - 3, y: Math.floor(k / 60) / 10, class: k % 2 }] });
    long.train(1);
  }
  assert.ok(long.link().length > 8192);
  await press(browser, 'Share');
  await openBy(browser, ways.dropped, 'long.json', JSON.stringify(long));
  const shared = await readShared(browser);
  assert.equal(shared.link ?? '', '');
  assert.match(shared.tooLong, /^This run would make a link of \d+ kB: .* Save it as a file instead\.$/);
  await press(browser, 'Save as a file');
  const { file } = await readShared(browser);
  assert.equal(file, JSON.stringify(long));
  await rest(browser, 1500);
  assert.equal(await browser.evaluate(() => location.hash), '', 'the address has no room for it');
  await reload(browser);
  assert.equal(await readLink(browser), long.link());
  await assertQuiet(browser);
});

inEveryEngine('the address follows quietly; that of an embed is left alone', async (browser, context) => {
  for (const [attributes, follows] of /** @type {const} */ ([
    ['standalone preset="ring"', true],
    ['preset="ring"', false],
  ])) {
    await openPlayground(browser, context, { attributes });
    const before = await browser.evaluate(() => {
      const calls = Object.assign(globalThis, { historyCalls: 0 });
      for (const name of /** @type {const} */ (['replaceState', 'pushState'])) {
        const original = history[name].bind(history);
        history[name] = (...args) => {
          calls.historyCalls++;
          original(...args);
        };
      }
      return location.href;
    });
    await click(browser, 2, 2);
    await press(browser, 'Train');
    await rest(browser, 2600);
    const [calls, seconds, after, entries] = await browser.evaluate(() => [
      /** @type {any} */ (globalThis).historyCalls,
      performance.now() / 1000,
      location.href,
      history.length,
    ]);
    if (follows) {
      assert.ok(calls <= seconds, `${calls} writes in ${seconds} s`);
      // Sooner or later.
      await browser.evaluate(async () => {
        while (!/step=[1-9]/.test(location.hash)) await new Promise((resolve) => setTimeout(resolve, 50));
      });
    } else {
      assert.equal(calls, 0);
      assert.equal(after, before);
      await browser.evaluate(() => dispatchEvent(new Event('beforeunload')));
      assert.equal(await browser.evaluate(() => /** @type {any} */ (globalThis).historyCalls), 0);
    }
    assert.ok(entries < 50, 'no entry of the history is added');
  }
  await assertQuiet(browser);
});

inEveryEngine(
  'the Share drawer is of one moment, and follows the training until somebody copies',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'preset="ring" n="50"' });
    await press(browser, 'Train');
    await press(browser, 'Share');
    await press(browser, 'Save as a file');
    const first = await readShared(browser);
    await browser.evaluate(async (hash) => {
      const shown = () => document.querySelector('two-layer')?.shadowRoot?.getElementById('hash')?.textContent;
      while (shown() === hash) await new Promise((resolve) => setTimeout(resolve, 20));
    }, first.hash);
    const second = await readShared(browser);
    assert.ok(second.step > first.step, `${first.step} and later ${second.step}`);
    for (const { link, hash, step } of [first, second]) {
      const verdict = await verify(/** @type {string} */ (link));
      assert.deepEqual([verdict.hash, verdict.step], [hash, step]);
    }
    const { file, fileStep } = second;
    assert.equal((await verify(/** @type {string} */ (file))).step, fileStep, 'the file says of which step it is');

    await browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.getElementById('link')?.focus());
    const held = await readShared(browser);
    await browser.evaluate(
      () =>
        new Promise((resolve) => {
          let count = 0;
          document.addEventListener('two-layer-step', () => ++count === 8 && resolve(undefined));
        }),
    );
    assert.deepEqual(await readShared(browser), held);
    await assertQuiet(browser);
  },
);

inEveryEngine(
  'a long run brings its end along: it is shown before the replay, and marked',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'preset="ring" n="20000" hidden-units="64"' });
    await browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).step(1600));
    await press(browser, 'Share');
    const { hash } = await readShared(browser);
    const link = await readLink(browser);
    assert.match(link, /&checkpoint=/);
    await openPlayground(browser, context, { attributes: 'preset="xor" n="20"' });
    await press(browser, 'Share');
    await browser.evaluate(() => {
      const root = document.querySelector('two-layer')?.shadowRoot;
      const caption = () => root?.querySelector('.caption')?.textContent ?? '';
      const shown = async () => {
        while (!/Replaying|not replayed/.test(caption())) await new Promise((resolve) => setTimeout(resolve, 5));
        return root?.getElementById('hash')?.textContent;
      };
      Object.assign(globalThis, { shown: shown() });
    });
    await openBy(
      browser,
      (element, payload) => {
        element.session = payload;
      },
      link,
    );
    assert.equal(await browser.evaluate(() => /** @type {any} */ (globalThis).shown), hash);
    // A slow machine has it replayed on demand.
    if (/not replayed/.test(await readCaption(browser))) await press(browser, 'Replay it');
    await waitForCaption(browser, '^(?!Replaying|A link to)');
    assert.equal((await readShared(browser)).hash, hash);
    assert.equal(await readLink(browser), link);
    await assertQuiet(browser);
  },
  { engines: ['chromium'] },
);

inEveryEngine(
  'a long replay says how far it is, and ends by itself, by Escape or by a button',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="xor" n="20"' });
    await press(browser, 'Share');
    const replaying = 'Replaying: [\\d.]+\\s?%';
    const stopped = 'A link to step 1\\D000\\D000, not replayed';
    // Twenty minutes of work.
    await openBy(
      browser,
      (element, link) => {
        element.session = link;
      },
      'preset=ring&n=10000&hidden=256&step=1000000',
    );
    await waitForCaption(browser, stopped);
    assert.equal((await readPoints(browser)).length, 10_000);
    const { hash } = await readShared(browser);

    await press(browser, 'Replay it');
    await waitForCaption(browser, replaying);
    await browser.keyboard.press('Escape');
    await waitForCaption(browser, stopped);
    assert.equal((await readShared(browser)).hash, hash, 'nothing has changed, and the drawer is open');

    await press(browser, 'Replay it');
    await waitForCaption(browser, replaying);
    await press(browser, 'Stop');
    await waitForCaption(browser, stopped);
    assert.equal((await readShared(browser)).hash, hash);

    await browser.evaluate(() => {
      const seeking = /** @type {any} */ (document.querySelector('two-layer')).seek(1_000_000);
      Object.assign(globalThis, { seeking: seeking.catch((/** @type {Error} */ { name }) => name) });
    });
    await waitForCaption(browser, replaying);
    await browser.keyboard.press('Escape');
    assert.equal(await browser.evaluate(() => /** @type {any} */ (globalThis).seeking), 'AbortError');
    assert.equal((await readShared(browser)).hash, hash);
    await assertQuiet(browser);
  },
);

inEveryEngine('nothing of a hostile link runs or becomes markup', async (browser, context) => {
  const evil = [
    '<img src=x onerror=hacked=1>',
    '<script>hacked=1</script>',
    '"><svg onload=hacked=1>',
    'javascript:hacked=1',
  ];
  await openPlayground(browser, context, { attributes: 'standalone preset="xor"' });
  await press(browser, 'Share');
  for (const text of evil) {
    const code = encodeURIComponent(text);
    const names = ['preset', 'goal', 'lock', 'features', 'activation', 'hidden', 'points', 'log', 'checkpoint', text];
    await openBy(
      browser,
      (element, payload) => {
        element.session = payload;
      },
      names.map((name) => `${name}=${code}`).join('&'),
    );
    await openBy(
      browser,
      ways.dropped,
      `${text}.json`,
      JSON.stringify({
        format: 'two-layer-session',
        version: text,
        options: { preset: text, goal: text, [text]: text, __proto__: { hacked: 1 } },
        events: [{ step: 0, data: { preset: text } }, { step: 0, [text]: text }, text],
        step: text,
      }),
    );
    const found = await browser.evaluate(() => {
      const root = document.querySelector('two-layer')?.shadowRoot;
      return {
        hacked: 'hacked' in globalThis || 'hacked' in {},
        foreign: [...(root?.querySelectorAll('img, script, [onload], [onerror], a[href^="javascript:"]') ?? [])].length,
      };
    });
    assert.deepEqual(found, { hacked: false, foreign: 0 }, text);
    assert.notEqual(await readCaption(browser), '');
  }
  await assertQuiet(browser);
});
