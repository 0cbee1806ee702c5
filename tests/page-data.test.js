/**
 * Data on the page: real data with its names and units, tables in by paste, drop and file, the table that is edited, and
 * out again as CSV.
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
  waitForLoss,
} from './page/playground.js';

/** @typedef {import('./browsers/browser.js').Browser} Browser */

/** The texts of the parts that a selector finds, where they are shown. @param {Browser} browser @param {string} selector */
const read = (browser, selector) =>
  browser.evaluate(
    (part) =>
      [...(document.querySelector('two-layer')?.shadowRoot?.querySelectorAll(part) ?? [])]
        .filter((found) => found.checkVisibility())
        .map((found) => String('labels' in found ? /** @type {any} */ (found).value : found.textContent).trim()),
    selector,
  );

/** Types into a field, or chooses, and leaves it. @param {Browser} browser @param {string} selector @param {string} value */
const change = (browser, selector, value) =>
  browser.evaluate(
    async (part, text) => {
      const element = /** @type {any} */ (document.querySelector('two-layer'));
      const field = element.shadowRoot.querySelector(part);
      field.value = text;
      field.dispatchEvent(new Event('change', { bubbles: true }));
      await element.updateComplete;
      await element.updateComplete;
    },
    selector,
    value,
  );

/**
 * Gives the page a table.
 *
 * @param {Browser} browser
 * @param {'paste' | 'drop' | 'drop beside' | 'file'} way
 * @param {string} text
 */
const give = (browser, way, text) =>
  browser.evaluate(
    async (how, content) => {
      const element = /** @type {any} */ (document.querySelector('two-layer'));
      const root = element.shadowRoot;
      const transfer = new DataTransfer();
      if (how === 'paste') transfer.setData('text', content);
      else transfer.items.add(new File([content], 'flowers.csv', { type: 'text/csv' }));
      if (how === 'paste') {
        const event = new Event('paste', { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'clipboardData', { value: transfer });
        root.getElementById('paste').dispatchEvent(event);
      } else if (how === 'file') {
        const input = root.querySelector('.drawer input[type=file]');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        const target = root.querySelector(how === 'drop' ? '.drawer' : '.plot');
        const event = new DragEvent('drop', {
          bubbles: true,
          cancelable: true,
          composed: true,
          dataTransfer: transfer,
        });
        target.dispatchEvent(event);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      await element.updateComplete;
    },
    way,
    text,
  );

const flowers = [
  'length,width,species',
  '5.1,1.4,setosa',
  '4.9,1.4,setosa',
  '7,4.7,versicolor',
  '6.4,,versicolor',
  '6.3,x,virginica',
  '5.8,5.1,virginica',
  '',
].join('\n');

for (const [width, height] of [
  [1280, 800],
  [600, 400],
]) {
  inEveryEngine(`real data has its names and units at ${width} px`, async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="penguins"', width, height });
    assert.deepEqual(await read(browser, '.legend li'), ['Adelie', 'Chinstrap', 'Gentoo']);
    const axes = await read(browser, width > 900 ? '.ticks .name' : '.plot .axis');
    assert.deepEqual(axes.toSorted(), ['bill depth, mm', 'bill length, mm']);
    if (width > 900) {
      const ticks = (await read(browser, '.ticks-1 text:not(.name)')).map(Number);
      assert.ok(ticks.length >= 4 && Math.min(...ticks) > 20 && Math.max(...ticks) < 70, `${ticks}`);
    }
    await press(browser, 'Points');
    assert.deepEqual((await read(browser, 'th')).slice(1, 4), ['bill length, mm', 'bill depth, mm', 'class']);
    // The first row of the data set: a bill 39.1 mm long and 18.7 mm deep.
    assert.deepEqual((await read(browser, 'tbody input')).slice(0, 2), ['39.1', '18.7']);
    assert.equal(
      await browser.evaluate(
        () => document.querySelector('two-layer')?.shadowRoot?.querySelector('tbody option:checked')?.textContent,
      ),
      'Adelie',
    );
    assert.deepEqual(
      await browser.evaluate(() =>
        [...(document.querySelector('two-layer')?.shadowRoot?.querySelectorAll('.brush') ?? [])].map((brush) =>
          brush.getAttribute('aria-label'),
        ),
      ),
      ['Draw Adelie (circle)', 'Draw Chinstrap (square)', 'Draw Gentoo (triangle)'],
    );
    await assertQuiet(browser);
  });
}

for (const way of /** @type {const} */ (['paste', 'drop', 'drop beside', 'file'])) {
  inEveryEngine(
    `a table comes by ${way}, is looked at first, and then replaces the points`,
    async (browser, context) => {
      await openPlayground(browser, context, { attributes: 'standalone preset="ring" n="50"' });
      if (way !== 'drop beside') await press(browser, 'Points');
      await give(browser, way, flowers);
      assert.deepEqual(await read(browser, '.preview-table th'), ['length', 'width', 'species']);
      assert.deepEqual(await read(browser, '#map-x, #map-y, #map-label, #scaling'), ['0', '1', '2', 'plane']);
      assert.deepEqual(await read(browser, '.rejected li'), [
        'row 5: width is empty',
        'row 6: width is “x”, not a number',
      ]);
      const [taken] = (await read(browser, '.drawer p')).filter((text) => text.includes('classes'));
      assert.equal(taken.replaceAll(/\s+/g, ' '), '4 points in 3 classes: A = setosa, B = versicolor, C = virginica');
      assert.equal((await readPoints(browser)).length, 50, 'nothing is replaced yet');

      await press(browser, 'Use these points');
      const points = await readPoints(browser);
      assert.deepEqual(
        points.map((point) => point.class),
        [0, 0, 1, 2],
      );
      // To fill the plane: least and greatest at −2.75 and 2.75.
      assert.deepEqual(
        points
          .map(({ x }) => x)
          .toSorted((a, b) => a - b)
          .filter((_, i) => i % 3 === 0),
        [-2.75, 2.75],
      );
      await press(browser, 'Undo');
      assert.equal((await readPoints(browser)).length, 50, 'one undo brings all back');
      await assertQuiet(browser);
    },
  );
}

inEveryEngine('columns and scale are the person’s choice; a table can be refused', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone points="0 0 A"' });
  await press(browser, 'Points');
  await give(browser, 'paste', 'a;b;c\n1;2,5;3\n-1;0,5;-3\n');
  await change(browser, '#map-x', '2');
  await change(browser, '#map-y', '1');
  await change(browser, '#map-label', '-1');
  await change(browser, '#scaling', 'none');
  await press(browser, 'Use these points');
  assert.deepEqual(await readPoints(browser), [
    { x: 3, y: 2.5, class: 0 },
    { x: -3, y: 0.5, class: 0 },
  ]);
  await give(browser, 'paste', flowers);
  await press(browser, 'Cancel');
  assert.equal((await readPoints(browser)).length, 2);
  await give(browser, 'paste', 'nothing that is a table');
  assert.equal(await readCaption(browser), 'There is no table in this.');
  await assertQuiet(browser);
});

inEveryEngine(
  'the table is the plot’s equal: values, classes, new points, removal, clear and undo',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone points="1 1 A; -1 0.5 B"' });
    await press(browser, 'Points');
    await change(browser, 'tbody tr:nth-child(1) input', '−2,25');
    await change(browser, 'tbody tr:nth-child(2) select', '0');
    assert.deepEqual(await readPoints(browser), [
      { x: -2.25, y: 1, class: 0 },
      { x: -1, y: 0.5, class: 0 },
    ]);
    await change(browser, 'tbody tr:nth-child(1) input', 'nowhere');
    assert.equal((await read(browser, 'tbody tr:nth-child(1) input'))[0], '−2.25');
    await press(browser, 'Add a point');
    await press(browser, 'Remove point 0');
    assert.deepEqual(await readPoints(browser), [
      { x: -1, y: 0.5, class: 0 },
      { x: 0, y: 0, class: 0 },
    ]);
    await press(browser, 'Clear all points');
    assert.deepEqual(await readPoints(browser), []);
    assert.match(await readCaption(browser), /^Nothing to learn yet/);
    await press(browser, 'Undo');
    assert.equal((await readPoints(browser)).length, 2);
    await assertQuiet(browser);
  },
);

inEveryEngine('a point of real data is edited in its units', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="iris"' });
  await press(browser, 'Points');
  const before = await readPoints(browser);
  const [length, width] = await read(browser, 'tbody tr:nth-child(1) input');
  await change(browser, 'tbody tr:nth-child(1) input', String(Number(length) + 2));
  const [longer, same] = await read(browser, 'tbody tr:nth-child(1) input');
  assert.ok(Math.abs(Number(longer) - Number(length) - 2) < 0.01, `${length} to ${longer}`);
  assert.equal(same, width);
  const after = await readPoints(browser);
  assert.ok(after[0].x > before[0].x + 1);
  assert.deepEqual(after.slice(1), before.slice(1));
  await assertQuiet(browser);
});

inEveryEngine('points are saved as CSV, and the same text stands to be copied', async (browser, context) => {
  const head = `<script>
    window.saved = [];
    HTMLAnchorElement.prototype.click = function () {
      window.saved.push(fetch(this.href).then((answer) => answer.text()).then((text) => [this.download, text]));
    };
  </script>`;
  await openPlayground(browser, context, { attributes: 'standalone points="1 1 A; -1 0.5 B"', head });
  await press(browser, 'Points');
  await press(browser, 'Save as CSV');
  await rest(browser, 100);
  const csv = 'x1,x2,class\n1,1,A\n-1,0.5,B\n';
  assert.deepEqual(await browser.evaluate(() => Promise.all(/** @type {any} */ (globalThis).saved)), [
    ['points.csv', csv],
  ]);
  assert.equal(
    await browser.evaluate(
      () => /** @type {any} */ (document.querySelector('two-layer')).shadowRoot.getElementById('csv').value,
    ),
    csv,
  );
  await assertQuiet(browser);
});

inEveryEngine('presets, noise, flips, number and seed are settings of the data', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="gaussians"' });
  await press(browser, 'Settings');
  const points = await readPoints(browser);
  await change(browser, '#data-n', '60');
  assert.equal((await readPoints(browser)).length, 60);
  await change(browser, '#data-seed', '2');
  const other = await readPoints(browser);
  assert.notDeepEqual(other, points.slice(0, 60));
  await change(browser, '#data-flip', '0.5');
  const flipped = await readPoints(browser);
  assert.deepEqual(
    flipped.map(({ x, y }) => [x, y]),
    other.map(({ x, y }) => [x, y]),
    'flips move no point',
  );
  assert.notDeepEqual(flipped, other);
  await change(browser, '#data-noise', '0');
  assert.notDeepEqual(await readPoints(browser), flipped);
  await change(browser, '#data-noise', '9');
  assert.deepEqual(await read(browser, '#data-noise-error'), ['at most 3']);
  await change(browser, '#set-testSplit', '0.5');
  const tests = await browser.evaluate(
    () => [...(document.querySelector('two-layer')?.shadowRoot?.querySelectorAll('.test') ?? [])].length,
  );
  assert.equal(tests, 1);
  await change(browser, 'header select', 'spiral');
  assert.equal((await readPoints(browser)).length, 200, 'another preset has numbers of its own');
  await assertQuiet(browser);
});

inEveryEngine('what is locked is shown and fixed', async (browser, context) => {
  await openPlayground(browser, context, {
    attributes: 'standalone preset="xor" lock="points data hidden-units learning-rate activation"',
  });
  assert.deepEqual(await read(browser, '.lock'), ['points fixed']);
  assert.deepEqual(await read(browser, '.rail'), []);
  const before = await readPoints(browser);
  await click(browser, 0, 0);
  assert.deepEqual(await readPoints(browser), before);
  await press(browser, 'Settings');
  const disabled = await browser.evaluate(() =>
    [
      'header select',
      '#hidden',
      '[aria-label="One hidden unit more"]',
      '#learning-rate',
      '#set-activation',
      '#data-n',
    ].map((part) => [
      part,
      /** @type {any} */ (document.querySelector('two-layer')).shadowRoot.querySelector(part).disabled,
    ]),
  );
  assert.deepEqual(
    disabled.filter(([, isDisabled]) => !isDisabled),
    [],
  );
  await press(browser, 'Points');
  assert.deepEqual(await read(browser, '#paste'), []);
  await give(browser, 'drop beside', flowers);
  assert.deepEqual(await readPoints(browser), before);
  assert.equal(await readCaption(browser), 'The points are fixed here.');
  await press(browser, 'Train');
  assert.ok((await waitForLoss(browser, 1)) < 1, 'it trains all the same');
  await assertQuiet(browser);
});

inEveryEngine('only what is to be shown is shown', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="xor" show="train hidden chart"' });
  const shown = await browser.evaluate(() =>
    [
      ...(document
        .querySelector('two-layer')
        ?.shadowRoot?.querySelectorAll('button, header, .rail, .caption, canvas') ?? []),
    ]
      .filter((part) => part.checkVisibility())
      .map((part) => part.id || part.getAttribute('aria-label') || part.textContent?.trim()),
  );
  assert.deepEqual(shown.toSorted(), [
    'One hidden unit fewer',
    'One hidden unit more',
    'Train',
    'chart',
    'field',
    'lines',
    'marks',
  ]);
  await assertQuiet(browser);
});
