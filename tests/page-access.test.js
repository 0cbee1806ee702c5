/**
 * Accessibility and layout: axe finds nothing, nothing scrolls sideways, targets are large enough, calm is respected.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, openPlayground, press, rest } from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

const axeSource = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds wrong, in short. @param {Browser} browser */
async function findViolations(browser) {
  return browser.evaluate(async (source) => {
    const page = /** @type {any} */ (globalThis);
    if (page.axe === undefined) {
      const script = document.createElement('script');
      script.textContent = source;
      document.head.append(script);
    }
    const { violations } = await page.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map((/** @type {any} */ { id, nodes }) =>
      [id, ...nodes.map((/** @type {any} */ node) => `${node.target.flat().join(' ')}: ${node.failureSummary}`)].join(
        ' | ',
      ),
    );
  }, axeSource);
}

for (const [name, attributes, width, height] of /** @type {[string, string, number, number][]} */ ([
  ['the opening', 'standalone preset="ring"', 1280, 800],
  ['the opening in dark', 'standalone preset="ring" theme="dark"', 1280, 800],
  ['an embed', 'preset="xor" ask="How few units will do?"', 600, 400],
  ['a phone', 'standalone preset="ring"', 375, 700],
  ['a phone in dark', 'standalone preset="iris" theme="dark" test-split="0.2"', 375, 700],
  ['real data', 'standalone preset="penguins" test-split="0.2" lock="points"', 1280, 800],
  ['four classes', 'standalone preset="ring" classes="4" test-split="0.5"', 1280, 800],
])) {
  inEveryEngine(`axe finds nothing in ${name}`, async (browser, context) => {
    // An embed stands in a page that has a heading of its own.
    const heading = attributes.includes('standalone') ? '' : '<h1>A course</h1>';
    await openPlayground(browser, context, { body: `${heading}<two-layer ${attributes}></two-layer>`, width, height });
    assert.deepEqual(await findViolations(browser), []);
    await press(browser, 'Settings');
    assert.deepEqual(await findViolations(browser), []);
    await press(browser, 'Points');
    assert.deepEqual(await findViolations(browser), []);
    await press(browser, 'Share');
    assert.deepEqual(await findViolations(browser), []);
    await assertQuiet(browser);
  });
}

/** What sticks out of the page sideways, and what is cut. @param {Browser} browser */
const findOverflow = (browser) =>
  browser.evaluate(() => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const width = document.documentElement.clientWidth;
    const out = [];
    if (document.documentElement.scrollWidth > width)
      out.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const part of root?.querySelectorAll(
      'button, input, select, p, .title, .number, label, output, span, b, li, td',
    ) ?? []) {
      if (!part.checkVisibility() || part.closest('.unseen, .preview-table') !== null) continue;
      const { left, right, width: wide } = part.getBoundingClientRect();
      const name = `${part.tagName} ${part.getAttribute('aria-label') ?? part.textContent?.trim()}`;
      if (wide > 0 && (left < -0.5 || right > width + 0.5)) out.push(`${name}: ${left} … ${right}`);
      // What is typed into a field may be longer than the field; all other words are whole.
      if (!part.matches('input, select') && part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1) {
        out.push(`${name} is cut`);
      }
    }
    return out;
  });

/** Controls that lie on each other. @param {Browser} browser */
const findOverlaps = (browser) =>
  browser.evaluate(() => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const parts = [
      ...(root?.querySelectorAll('button, input, .select, .caption p, .number, .title, .heading') ?? []),
    ].filter((part) => part.checkVisibility() && part.closest('.unseen, .drawer, .file') === null);
    const boxes = parts.map((part) => part.getBoundingClientRect());
    const found = [];
    for (let i = 0; i < parts.length; i += 1) {
      for (let j = i + 1; j < parts.length; j += 1) {
        const a = boxes[i];
        const b = boxes[j];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // What sticks to the bottom of a phone lies over what scrolls.
        const sticks = (/** @type {Element} */ part) => part.closest('.bar') !== null;
        if (wide > 1 && high > 1 && sticks(parts[i]) === sticks(parts[j])) {
          found.push(
            [parts[i], parts[j]].map((part) => part.getAttribute('aria-label') ?? part.textContent?.trim()).join(' / '),
          );
        }
      }
    }
    return found;
  });

for (const [width, height] of [
  [1920, 1080],
  [1280, 800],
  [1024, 700],
  [900, 640],
  [900, 500],
  [899, 640],
  [768, 600],
  [600, 400],
  [480, 640],
  [479, 640],
  [375, 700],
  [320, 640],
  [260, 500],
  [240, 300],
]) {
  // biome-ignore format: sizes
  inEveryEngine(`nothing sticks out, is cut or lies on another at ${width} × ${height}`, async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="ring"', width, height });
    assert.deepEqual(await findOverflow(browser), []);
    assert.deepEqual(await findOverlaps(browser), []);
    if (width >= 320) {
      for (const drawer of ['Settings', 'Points', 'Share']) {
        await press(browser, drawer);
        assert.deepEqual(await findOverflow(browser), [], drawer);
      }
    }
    await assertQuiet(browser);
    for (const crowded of [
      'standalone preset="iris" test-split="0.5" hidden-units="256" learning-rate="0.00001"',
      'standalone points="1 1 A; -1 0 B; -2 -2 C; 2 -2 D" classes="4"',
      'preset="xor" lock="points, data" ask="How few hidden units can part these four groups?"',
    ]) {
      // biome-ignore format: three
      await openPlayground(browser, context, { attributes: crowded, width, height });
      await browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).step(20));
      await rest(browser, 50);
      assert.deepEqual(await findOverflow(browser), [], crowded);
      assert.deepEqual(await findOverlaps(browser), [], crowded);
    }
    await assertQuiet(browser);
  });
}

/** Controls that are smaller than `least` px in some direction. @param {Browser} browser @param {number} least */
const smallerThan = (browser, least) =>
  browser.evaluate((limit) => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    return [...(root?.querySelectorAll('button, input, select, textarea') ?? [])]
      .filter((part) => part.checkVisibility())
      .map((part) => {
        // A label belongs to its check box's target.
        const { width, height } = (part.closest('label') ?? part).getBoundingClientRect();
        return { name: part.id || part.getAttribute('aria-label') || part.textContent?.trim(), width, height };
      })
      .filter(({ width, height }) => width < limit || height < limit);
  }, least);

inEveryEngine('controls are at least 24 px each way', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  await press(browser, 'Settings');
  assert.deepEqual(await smallerThan(browser, 24), []);
});

for (const [width, height] of [
  [1280, 800],
  [375, 700],
  [320, 640],
]) {
  // biome-ignore format: sizes
  inEveryEngine(
    `under a finger they are at least 44 px, at ${width} × ${height}`,
    async (browser, context) => {
      await openPlayground(browser, context, { attributes: 'standalone preset="ring"', width, height, hasTouch: true });
      assert.ok(await browser.evaluate(() => matchMedia('(pointer: coarse)').matches));
      assert.deepEqual(
        (await smallerThan(browser, 44)).filter(({ name }) => name !== 'pace'),
        [],
        'beside the slider, whose knob may be dragged from above and below',
      );
    },
    { engines: ['chromium'] },
  );
}

inEveryEngine('keys do not leave the element', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  await browser.evaluate(() => {
    const page = /** @type {any} */ (globalThis);
    page.leaked = [];
    document.addEventListener('keydown', (event) => page.leaked.push(event.key));
    document.querySelector('two-layer')?.shadowRoot?.getElementById('learning-rate')?.focus();
  });
  for (const key of ['ArrowRight', 'ArrowLeft', 'Home']) await browser.keyboard.press(key);
  await browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.getElementById('plot')?.focus());
  for (const key of ['ArrowUp', ']', 'Escape']) await browser.keyboard.press(key);
  assert.deepEqual(await browser.evaluate(() => /** @type {any} */ (globalThis).leaked), []);
});

inEveryEngine('a drawer takes the focus, Escape closes it and gives it back', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  const focused = () => browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.activeElement?.id);
  await press(browser, 'Settings');
  await rest(browser, 100);
  assert.equal(await focused(), 'drawer-close');
  await browser.keyboard.press('Escape');
  await rest(browser, 100);
  assert.equal(await focused(), 'settings-button');
});

inEveryEngine('the picture is described in words on request', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  await browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.getElementById('plot')?.focus());
  await browser.keyboard.press('d');
  await rest(browser, 200);
  const spoken = await browser.evaluate(
    () => document.querySelector('two-layer')?.shadowRoot?.querySelector('[role=status]')?.textContent,
  );
  assert.match(
    spoken ?? '',
    /^A \d+.* %, B \d+.* % of the plane\. 200 points, \d+.* % right, \d+ wrong\. Loss 0\.\d+ at step 0\. 4 hidden units\./,
  );
});

const calmHead = `<script>
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => query.includes('reduced-motion') ? { matches: true, addEventListener() {} } : ask(query);
  window.repaints = 0;
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...picture) {
    window.repaints += 1;
    return putImageData.apply(this, picture);
  };
</script>`;

inEveryEngine('reduced motion opens paused, and repaints at most twice a second', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" autoplay', head: calmHead });
  await rest(browser, 500);
  const step = () =>
    browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.querySelector('.steps b')?.textContent);
  assert.equal(await step(), '0');
  await press(browser, 'Train');
  const repaints = await browser.evaluate(async () => {
    const page = /** @type {any} */ (globalThis);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const before = page.repaints;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return page.repaints - before;
  });
  assert.ok(repaints >= 1 && repaints <= 5, `${repaints} in 2 s`);
  assert.ok(Number((await step())?.replace(',', '')) > 300, 'the training itself keeps its pace');
});

inEveryEngine(
  'in forced colours marks, numbers, tools and lines stand out from what they are on',
  async (browser, context) => {
    const { emulateMedia } = browser;
    assert.ok(emulateMedia);
    try {
      for (const [scheme, theme] of [
        ['dark', 'light'],
        ['light', 'dark'],
      ]) {
        // The page's own theme is the other one: what keeps its colours must not rely on its ground.
        await emulateMedia({ 'forced-colors': 'active', 'prefers-color-scheme': scheme });
        await openPlayground(browser, context, { attributes: `standalone preset="ring" theme="${theme}"` });
        await press(browser, 'Points');
        await press(browser, 'Close');
        assert.ok(await browser.evaluate(() => matchMedia('(forced-colors: active)').matches));
        const faint = await browser.evaluate(() => {
          const root = document.querySelector('two-layer')?.shadowRoot;
          /** @param {string} colour @returns {number} relative luminance, WCAG 2.2 */
          const light = (colour) => {
            const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((byte) => {
              const c = Number(byte) / 255;
              return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = getComputedStyle(/** @type {Element} */ (document.querySelector('two-layer'))).backgroundColor;
          /** @type {[string, string, string][]} selector, property, what it is on */
          const parts = [
            ['.mark-0', 'fill', ground],
            ['.mark-1', 'fill', ground],
            ['.ticks text', 'fill', ground],
            ['.ticks .name', 'fill', ground],
            ['.brush.chosen', 'borderTopColor', ground],
            ['.brush:not(.chosen)', 'borderTopColor', ground],
            ['button.primary', 'color', 'its own'],
            ['button.primary', 'borderTopColor', ground],
            ['.caption p', 'color', ground],
            ['#pace', '--two-layer-ink', ground],
          ];
          return parts.flatMap(([selector, property, on]) => {
            const part = root?.querySelector(selector);
            if (!part) return [`no ${selector}`];
            const style = getComputedStyle(part);
            const below = on === 'its own' ? style.backgroundColor : on;
            const probe = document.createElement('i');
            probe.style.forcedColorAdjust = 'none';
            probe.style.color = property.startsWith('--')
              ? style.getPropertyValue(property)
              : Reflect.get(style, property);
            document.body.append(probe);
            const [low, high] = [light(getComputedStyle(probe).color), light(below)].sort((a, b) => a - b);
            const contrast = (high + 0.05) / (low + 0.05);
            return contrast >= 3 ? [] : [`${selector} ${property}: ${contrast}`];
          });
        });
        assert.deepEqual(faint, [], scheme);
        const chart = await browser.evaluate(
          () =>
            getComputedStyle(
              /** @type {any} */ (document.querySelector('two-layer')).shadowRoot.getElementById('chart'),
            ).backgroundColor,
        );
        assert.notEqual(chart, 'rgba(0, 0, 0, 0)', 'the chart brings its own paper');
      }
    } finally {
      await emulateMedia({});
    }
    await assertQuiet(browser);
  },
  { engines: ['chromium'] },
);
