import assert from 'node:assert/strict';
import { inEveryEngine } from './browsers/in-every-engine.js';
import {
  assertQuiet,
  click,
  drag,
  isBlue,
  onScreen,
  openPlayground,
  press,
  readCaption,
  readField,
  readPoints,
  rest,
  waitForLoss,
} from './page/playground.js';

const empty = 'standalone points=""';

inEveryEngine('draw two blobs, and the network parts them', async (browser, context) => {
  await openPlayground(browser, context, { attributes: empty });
  assert.match(await readCaption(browser), /Draw two kinds of points/);
  await drag(browser, [[-1.6, -0.4], [-1.4, 0], [-1.6, 0.3], [-1.4, 0.5]], 200); // biome-ignore format: a way
  await press(browser, 'Draw B (square)');
  await drag(browser, [[1.6, -0.4], [1.4, 0], [1.6, 0.3], [1.4, 0.5]], 200); // biome-ignore format: a way
  const points = await readPoints(browser);
  assert.ok(points.length >= 12, `${points.length} points`);
  assert.deepEqual([...new Set(points.map((point) => point.class))], [0, 1]);
  for (const { x, class: kind } of points) assert.equal(x > 0, kind === 1);
  await press(browser, 'Train');
  assert.ok((await waitForLoss(browser, 0.1)) < 0.1);
  const [left, right] = await readField(browser, [
    [-1.5, 0],
    [1.5, 0],
  ]);
  assert.ok(isBlue(left) && !isBlue(right), `${left} and ${right}`);
  await assertQuiet(browser);
});

inEveryEngine(
  'a stroke adds points of the chosen class where the pointer went, and the picture follows',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone preset="ring" autoplay' });
    await waitForLoss(browser, 0.1);
    const before = await readPoints(browser);
    const corner = /** @type {[number, number][]} */ ([[2.2, 2.2]]);
    const [colour] = await readField(browser, corner);
    await drag(browser, [[2, 2], [2.2, 2.2], [2.4, 2.2], [2.2, 2.4], [2.2, 2.2]], 120); // biome-ignore format: a way
    const added = (await readPoints(browser)).slice(before.length);
    assert.ok(added.length >= 8, `${added.length} points`);
    for (const { x, y, class: kind } of added) {
      assert.equal(kind, 0);
      assert.ok(x > 1.7 && y > 1.7 && x < 2.7 && y < 2.7, `${x}, ${y}`);
      assert.ok(Number.isInteger(x * 512) && Number.isInteger(y * 512));
    }
    await rest(browser, 1500);
    assert.notDeepEqual(await readField(browser, corner), [colour]);
    await assertQuiet(browser);
  },
);

inEveryEngine('click, move, erase, undo and redo', async (browser, context) => {
  await openPlayground(browser, context, { attributes: empty });
  await click(browser, 1, 1);
  await click(browser, -1, -1);
  assert.deepEqual((await readPoints(browser)).length, 2);

  // Dragging moves; so do two taps.
  await drag(browser, [[1, 1], [1.5, 1.2], [2, 1]]); // biome-ignore format: a way
  const [moved] = await readPoints(browser);
  assert.ok(Math.abs(moved.x - 2) < 0.02 && Math.abs(moved.y - 1) < 0.02, JSON.stringify(moved));
  await click(browser, -1, -1);
  assert.match(await readCaption(browser), /Point \d+ chosen/);
  await click(browser, -2, -2);
  const [, tapped] = await readPoints(browser);
  assert.ok(Math.abs(tapped.x + 2) < 0.02, JSON.stringify(tapped));

  await press(browser, 'Erase points');
  await click(browser, 2, 1);
  assert.equal((await readPoints(browser)).length, 1);
  await press(browser, 'Undo');
  assert.equal((await readPoints(browser)).length, 2);
  await press(browser, 'Undo');
  assert.ok(Math.abs((await readPoints(browser))[1].x + 1) < 0.02, 'the second tap is undone');
  await press(browser, 'Redo');
  assert.ok(Math.abs((await readPoints(browser))[1].x + 2) < 0.02);
  await assertQuiet(browser);
});

inEveryEngine('Shift draws the other class and Alt erases', async (browser, context) => {
  await openPlayground(browser, context, { attributes: empty });
  await browser.keyboard.down('Shift');
  await click(browser, 0, 0);
  await browser.keyboard.up('Shift');
  assert.deepEqual(
    (await readPoints(browser)).map((point) => point.class),
    [1],
  );
  await browser.keyboard.down('Alt');
  await click(browser, 0, 0);
  await browser.keyboard.up('Alt');
  assert.deepEqual(await readPoints(browser), []);
  await assertQuiet(browser);
});

inEveryEngine(
  'the fingers: one draws, two scroll and leave nothing',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: empty, width: 375, height: 700 });
    const { touch } = browser;
    assert.ok(touch);
    const start = await onScreen(browser, -1, 1);
    const one = await touch.start(start.left, start.top);
    for (let i = 1; i <= 10; i += 1) {
      await one.move(start.left + 4 * i, start.top + 4 * i);
      await rest(browser, 40);
    }
    await one.end();
    const drawn = (await readPoints(browser)).length;
    assert.ok(drawn >= 5, `${drawn} points`);

    const first = await touch.start(start.left, start.top + 60);
    const second = await touch.start(start.left + 60, start.top + 60);
    await first.move(start.left, start.top + 20);
    await second.move(start.left + 60, start.top + 20);
    await second.end();
    await first.end();
    assert.equal((await readPoints(browser)).length, drawn);
    await assertQuiet(browser);
  },
  { engines: ['chromium'] },
);

inEveryEngine(
  'an embedded plot is scrolled past with one finger, and draws after a tap',
  async (browser, context) => {
    await openPlayground(browser, context, {
      width: 375,
      height: 700,
      body: '<two-layer points=""></two-layer><p style="height: 2000px">A long text</p>',
    });
    const { touch } = browser;
    assert.ok(touch);
    const start = await onScreen(browser, 0, 0);
    const finger = await touch.start(start.left, start.top);
    for (let i = 1; i <= 12; i += 1) {
      await finger.move(start.left, start.top - 12 * i);
      await rest(browser, 16);
    }
    await finger.end();
    await rest(browser, 300);
    assert.ok((await browser.evaluate(() => scrollY)) > 40, 'the page scrolls');
    assert.deepEqual(await readPoints(browser), []);
    await browser.evaluate(() => scrollTo(0, 0));
    await rest(browser, 500);
    const isArmed = () =>
      browser.evaluate(() => document.querySelector('two-layer')?.shadowRoot?.querySelector('.plot.scrolls') === null);
    // A tap may only stop a page that still glides; and what it does shows when the page comes to it.
    const tapUntil = async (/** @type {() => Promise<boolean>} */ isDone) => {
      for (let tries = 0; tries < 5; tries++) {
        const tap = await touch.start(start.left, start.top);
        await tap.end();
        for (let waits = 0; waits < 10; waits++) {
          if (await isDone()) return;
          await rest(browser, 100);
        }
      }
    };
    await tapUntil(isArmed);
    assert.deepEqual(await readPoints(browser), [], 'the tap that begins to draw draws nothing itself');
    await tapUntil(async () => (await readPoints(browser)).length > 0);
    assert.equal((await readPoints(browser)).length, 1);
    await assertQuiet(browser);
  },
  { engines: ['chromium'] },
);
