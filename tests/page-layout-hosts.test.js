/**
 * The layout where the page around it is not ours: it has a width in every parent, takes over nothing from the page's
 * rules, and its labels stand clear of each other and of all else.
 */
import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, openPlayground, rest } from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

const element = '<two-layer preset="xor"></two-layer>';

/** Where it fills its parent, as a paragraph does. */
const filled = {
  'a block': `<div>${element}</div>`,
  'a block, with a margin': `<style>two-layer { margin: 0 9px; border: 3px solid; padding: 5px }</style><div style="padding: 0 9px">${element}</div>`,
  'a flex row': `<div style="display: flex">${element}</div>`,
  'a centred column': `<div style="display: flex; flex-direction: column; align-items: center">${element}</div>`,
  'a centred grid': `<div style="display: grid; place-items: center">${element}</div>`,
  'a cell of a wide table': `<table style="width: 100%"><tr><td>${element}</td></tr></table>`,
};
/** Where the parent is as wide as what is in it. */
const hugged = {
  'a cell': `<table><tr><td>${element}</td></tr></table>`,
  'an inline block': `<div style="display: inline-block">${element}</div>`,
  'a float': `<div style="float: left">${element}</div>`,
  'a grid that is centred itself': `<div style="display: grid; place-content: center">${element}</div>`,
};

for (const [width, height] of [
  [1000, 700],
  [320, 640],
]) {
  inEveryEngine(`it has a width in every parent of a page ${width} px wide`, async (browser, context) => {
    for (const [parents, fills] of /** @type {const} */ ([
      [filled, true],
      [hugged, false],
    ])) {
      for (const [name, body] of Object.entries(parents)) {
        await openPlayground(browser, context, { body, width, height });
        const { own, margin, inner, outer, page } = await browser.evaluate(() => {
          const host = /** @type {HTMLElement} */ (document.querySelector('two-layer'));
          const parent = /** @type {HTMLElement} */ (host.parentElement);
          const { paddingLeft, paddingRight } = getComputedStyle(parent);
          return {
            own: host.getBoundingClientRect().width,
            margin: 2 * Number.parseFloat(getComputedStyle(host).marginLeft),
            inner: parent.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
            outer: document.documentElement.scrollWidth,
            page: document.documentElement.clientWidth,
          };
        });
        assert.ok(outer <= page, `${name}: ${outer} on a page of ${page}`);
        if (fills) assert.ok(Math.abs(own + margin - inner) <= 1, `${name}: ${own} of ${inner}`);
        else assert.ok(own >= Math.min(260, 0.8 * page) && own <= inner + 1, `${name}: ${own} of ${inner}`);
      }
    }
    await assertQuiet(browser);
  });
}

/** What can be seen of every part: its place in the element, and how its words are set. @param {Browser} browser */
const readParts = (browser) =>
  browser.evaluate(() => {
    const host = /** @type {HTMLElement} */ (document.querySelector('two-layer'));
    const { left, top } = host.getBoundingClientRect();
    const parts = [...(host.shadowRoot?.querySelectorAll('*') ?? [])];
    return parts
      .filter((part) => part.checkVisibility() && part.localName !== 'option')
      .map((part) => {
        const box = part.getBoundingClientRect();
        const style = getComputedStyle(part);
        const place = [box.left - left, box.top - top, box.width, box.height].map(Math.round);
        const words = [
          'direction',
          'fontSize',
          'fontFamily',
          'lineHeight',
          'letterSpacing',
          'wordSpacing',
          'textTransform',
          'textAlign',
          'textIndent',
        ]
          .concat('whiteSpace', 'color', 'cursor', 'fill')
          .map((name) => Reflect.get(style, name));
        return `${part.localName}.${part.getAttribute('class') ?? ''} ${place} ${words}`;
      });
  });

const rules = `* {
  font: 30px/3 monospace; letter-spacing: 5px; word-spacing: 1em; text-transform: uppercase; text-align: right;
  text-indent: 2em; white-space: pre; color: red; cursor: help; fill: red; direction: rtl;
}`;

for (const [what, change] of /** @type {[string, () => void][]} */ ([
  [
    'a page from right to left',
    () => {
      document.documentElement.dir = 'rtl';
    },
  ],
  [
    'a page with rules for everything',
    () => document.head.append(Object.assign(document.createElement('style'), { id: 'rules' })),
  ],
])) {
  inEveryEngine(`${what} changes nothing inside`, async (browser, context) => {
    for (const [width, height] of [
      [1280, 800],
      [600, 400],
      [375, 700],
    ]) {
      // The page's own words must not move it.
      const head = '<style>two-layer { position: absolute; top: 0; left: 0; right: 0 }</style>';
      await openPlayground(browser, context, { attributes: 'preset="iris" test-split="0.2"', head, width, height });
      const before = await readParts(browser);
      await browser.evaluate(change);
      await browser.evaluate((text) => {
        const sheet = document.getElementById('rules');
        if (sheet !== null) sheet.textContent = text;
      }, rules);
      await rest(browser, 50);
      assert.deepEqual(await readParts(browser), before);
      const isWider = await browser.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth > clientWidth;
      });
      assert.ok(!isWider, `sideways at ${width}`);
    }
    await assertQuiet(browser);
  });
}

for (const [width, height] of [
  [1920, 1080],
  [1280, 800],
  [920, 640],
  [920, 500],
]) {
  inEveryEngine(`the axes' numbers and names meet nothing at ${width} × ${height}`, async (browser, context) => {
    for (const attributes of ['preset="ring"', 'preset="iris"', 'preset="penguins" classes="4"']) {
      await openPlayground(browser, context, { attributes: `standalone ${attributes}`, width, height });
      const { met, gap, count } = await browser.evaluate(() => {
        const root = document.querySelector('two-layer')?.shadowRoot;
        const find = (/** @type {string} */ selector) => [...(root?.querySelectorAll(selector) ?? [])];
        const texts = find('.ticks text').filter((text) => text.getBoundingClientRect().width > 0);
        const others = find('.rail button, header, .plot, .caption p, .side > *');
        const found = [];
        for (const [i, text] of texts.entries()) {
          const a = text.getBoundingClientRect();
          for (const part of [...texts.slice(i + 1), ...others]) {
            const b = part.getBoundingClientRect();
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            // A line of text is a little higher than its letters.
            if (wide > 0 && high > 2)
              found.push(`${text.textContent} / ${part.getAttribute('class')} ${part.textContent}`);
          }
        }
        const edge = (/** @type {string} */ selector) => find(selector)[0].getBoundingClientRect();
        return { met: found, gap: edge('.ticks-1').top - edge('.plot').bottom, count: texts.length };
      });
      assert.deepEqual(met, [], attributes);
      assert.ok(count >= 7, `${count} numbers and names`);
      assert.ok(Math.abs(gap) <= 1, `the numbers are ${gap} px off the plot`);
    }
    await assertQuiet(browser);
  });
}

inEveryEngine('a long learning rate is whole in its field', async (browser, context) => {
  for (const [width, height] of [
    [1280, 800],
    [600, 400],
    [375, 700],
    [320, 640],
  ]) {
    for (const rate of ['1000000', '0.00001']) {
      await openPlayground(browser, context, { attributes: `learning-rate="${rate}"`, width, height });
      const [room, need] = await browser.evaluate(() => {
        const field = /** @type {HTMLInputElement} */ (
          document.querySelector('two-layer')?.shadowRoot?.getElementById('learning-rate')
        );
        const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
        const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
        context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
        return [
          field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
          context.measureText(field.value).width,
        ];
      });
      assert.ok(need <= room, `${rate} needs ${need} of ${room} px at ${width}`);
    }
  }
  await assertQuiet(browser);
});

/** Remembers what words the chart has, and their strips of paper, since it was last cleared. */
const listening = `<script>
  window.drawn = [];
  const { clearRect, fillRect, fillText } = CanvasRenderingContext2D.prototype;
  Object.assign(CanvasRenderingContext2D.prototype, {
    clearRect(...box) {
      if (this.canvas.id === 'chart') window.drawn = [];
      return clearRect.apply(this, box);
    },
    fillRect(...box) {
      const [left, top, width, height] = box;
      if (this.canvas.id === 'chart') window.drawn.push({ left, right: left + width, top, bottom: top + height });
      return fillRect.apply(this, box);
    },
    fillText(text, x, y) {
      if (this.canvas.id === 'chart') {
        const { width } = this.measureText(text);
        const left = x - { left: 0, center: width / 2, right: width }[this.textAlign];
        window.drawn.push({ text, left, right: left + width, top: y - 9, bottom: y });
      }
      return fillText.call(this, text, x, y);
    },
  });
</script>`;

inEveryEngine("no words on the chart are under other words' paper", async (browser, context) => {
  for (const [width, height] of [
    [1280, 800],
    [600, 400],
    [375, 700],
  ]) {
    for (const attributes of [
      'preset="penguins" classes="4" test-split="0.2" hidden-units="256"',
      'preset="iris" test-split="0.5"',
      'preset="ring" test-split="0.5"',
    ]) {
      await openPlayground(browser, context, { attributes, head: listening, width, height });
      await browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).step(200));
      await rest(browser, 300);
      const { words, covered } = await browser.evaluate(() => {
        /** @type {{ text?: string, left: number, right: number, top: number, bottom: number }[]} */
        const drawn = Reflect.get(globalThis, 'drawn');
        const meet = (/** @type {typeof drawn[0]} */ a, /** @type {typeof drawn[0]} */ b) =>
          a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return {
          words: drawn.map(({ text }) => text).filter((text) => text !== undefined),
          covered: drawn.flatMap((text, i) =>
            text.text === undefined
              ? []
              : drawn
                  .slice(i + 1)
                  .filter((later) => meet(text, later))
                  .map((later) => [text.text, later]),
          ),
        };
      });
      assert.ok(words.includes('test') && words.some((text) => text.startsWith('knowing nothing')), `${words}`);
      assert.deepEqual(covered, [], `${attributes} at ${width}`);
    }
  }
  await assertQuiet(browser);
});
