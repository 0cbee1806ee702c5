/** What is on paper: the picture in the paper's colours, hatched; the notes' equations; settings and link. */
import assert from 'node:assert/strict';
import { channels, palettes } from '../web/playground/palette.js';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { assertQuiet, openPlayground, readField } from './page/playground.js';

inEveryEngine('the equations are MathML to the last sign, as the notes write them', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring" activation="tanh"' });
  const { foreign, texts, indices } = await browser.evaluate(() => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const signs = [...(root?.querySelectorAll('math, math *') ?? [])];
    return {
      foreign: signs.filter(({ namespaceURI }) => !namespaceURI?.endsWith('/MathML')).map(({ localName }) => localName),
      texts: [...(root?.querySelectorAll('.print-only math') ?? [])].map((line) => line.textContent),
      indices: root?.querySelectorAll('.print-only msup').length,
    };
  });
  assert.deepEqual(foreign, []);
  assert.deepEqual(texts, [
    'Z[1]=W[1]X+b[1],A[1]=tanh(Z[1])',
    'Z[2]=W[2]A[1]+b[2],A[2]=σ(Z[2])',
    'J=1m∑L,L=−yloga−(1−y)log(1−a)',
    'dZ[2]=A[2]−Y,dW[2]=1mdZ[2]A[1]T,db[2]=1m∑dZ[2]',
    'dZ[1]=W[2]TdZ[2]∘tanh′(Z[1]),dW[1]=1mdZ[1]XT,db[1]=1m∑dZ[1]',
    'W:=W−αdW,b:=b−αdb',
  ]);
  assert.ok(Number(indices) > 20);
  await assertQuiet(browser);
});

inEveryEngine(
  'in dark, too, the paper is paper, with settings and link, and the screen is dark again',
  async (browser, context) => {
    await openPlayground(browser, context, { attributes: 'standalone points="1 1 A; -1 -1 B" theme="dark" autoplay' });
    await browser.evaluate(() => /** @type {any} */ (document.querySelector('two-layer')).step(500));
    const [dark] = await readField(browser, [[1, 1]]);
    const isNear = (/** @type {number[]} */ colour, /** @type {string} */ hex) =>
      colour.every((byte, i) => Math.abs(byte - channels(hex)[i]) <= 24);
    assert.ok(isNear(dark, palettes.dark.fields[0]), `${dark}`);
    const inked = () =>
      browser.evaluate(() => {
        const canvas = /** @type {any} */ (document.querySelector('two-layer')).shadowRoot.getElementById('lines');
        const { data } = canvas
          .getContext('2d')
          .getImageData(0, canvas.height / 2, canvas.width / 2, canvas.height / 2);
        return data.filter((/** @type {number} */ byte, /** @type {number} */ i) => i % 4 === 3 && byte > 0).length;
      });
    const before = await inked();
    await browser.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const [paper] = await readField(browser, [[1, 1]]);
    assert.ok(isNear(paper, palettes.light.fields[0]), `${paper}`);
    assert.ok((await inked()) > 2 * before, 'the side of B is hatched');
    const words = await browser.evaluate(
      () => document.querySelector('two-layer')?.shadowRoot?.querySelector('.print-only')?.textContent ?? '',
    );
    assert.match(words, /Data: drawn\. 4 hidden units, sigmoid; gradient descent, α = 1\. Loss 0\.\d+ at step \d+\./);
    assert.match(words, /http:\/\/127\.0\.0\.1/);
    await browser.evaluate(() => dispatchEvent(new Event('afterprint')));
    const [again] = await readField(browser, [[1, 1]]);
    assert.ok(isNear(again, palettes.dark.fields[0]), `${again}`);
    await assertQuiet(browser);
  },
);

inEveryEngine('the printed equations stand clear of each other', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'standalone preset="ring"' });
  const { gaps, count } = await browser.evaluate(() => {
    const root = document.querySelector('two-layer')?.shadowRoot;
    const paper = /** @type {HTMLElement} */ (root?.querySelector('.print-only'));
    // As on paper, where alone it is shown.
    paper.style.cssText = 'display: block; font-size: 15px; line-height: 22px';
    const lines = [...paper.children].map((line) => {
      const boxes = [line, ...line.querySelectorAll('*')].map((part) => part.getBoundingClientRect());
      return { top: Math.min(...boxes.map(({ top }) => top)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)) };
    });
    return { gaps: lines.slice(1).map(({ top }, i) => top - lines[i].bottom), count: lines.length };
  });
  assert.equal(count, 8);
  assert.ok(Math.min(...gaps) >= 2, `${gaps}`);
  await assertQuiet(browser);
});
