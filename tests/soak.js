/**
 * `make soak`: a run of 10^8 steps leaves the memory of JavaScript and of the core flat, within a tenth, in Node and on
 * the page. STEPS=1e7 is a shorter one.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { launch } from 'puppeteer-core';
import { loadCore } from '../web/engine/core.js';
import { createSession } from '../web/engine/session.js';
import { findEngine } from './browsers/engines.js';

const steps = Number(process.env.STEPS ?? 1e8);
if (!(Number.isInteger(steps) && steps >= 100)) throw new RangeError(`STEPS: ${process.env.STEPS} is no count`);

/** By then traces are as large as they get; and so are keyframes, their 4 MB, on a page with the usual 200 points. */
const settled = 0.4 * steps;

/** @typedef {{ step: number, heap: number, wasm: number }} Sample bytes */

const mega = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(2)} MB`;

/** @param {string} place @param {Sample} before @param {Sample} after */
function judge(place, before, after) {
  for (const { step, heap, wasm } of [before, after]) {
    console.log(`  ${place}, step ${step.toLocaleString('en').padStart(11)}: heap ${mega(heap)}, wasm ${mega(wasm)}`);
  }
  assert.ok(
    after.heap <= 1.1 * before.heap,
    `${place}: the heap grows from ${mega(before.heap)} to ${mega(after.heap)}`,
  );
  assert.ok(after.wasm <= 1.1 * before.wasm, `${place}: the core's memory grows from ${mega(before.wasm)}`);
}

/** The four points of XOR, as the smallest run there is. */
const points = [
  { x: 1, y: 1, class: 0 },
  { x: -1, y: 1, class: 1 },
  { x: -1, y: -1, class: 0 },
  { x: 1, y: -1, class: 1 },
];

async function soakNode() {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start Node with --expose-gc');
  const core = await loadCore();
  const session = createSession(core, { points, hidden: 3 });
  /** @returns {Sample} */
  const sample = () => {
    gc();
    return { step: session.step, heap: process.memoryUsage().heapUsed, wasm: core.memorySize };
  };
  /** @param {number} end */
  const trainTo = (end) => {
    // As a page does: some steps, then what the chart and the texts ask for.
    while (session.step < end) {
      session.train(Math.min(5000, end - session.step));
      if (session.step % 100_000 === 0)
        void [session.losses.length, session.loss, session.accuracy, session.link().length];
    }
  };
  trainTo(settled);
  const before = sample();
  trainTo(steps);
  judge('Node', before, sample());
  session.free();
}

async function soakPage() {
  const { programs, missing } = findEngine('chromium');
  if (missing !== undefined) {
    console.log(`  Chromium: skipped, as ${missing}`);
    return;
  }
  const browser = await launch({
    executablePath: programs[0],
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    pipe: true,
    protocolTimeout: 0,
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 480, height: 640 });
    // The core's memory, as the page itself makes it.
    await page.evaluateOnNewDocument(() => {
      const { instantiate } = WebAssembly;
      Reflect.set(globalThis, 'memories', []);
      Reflect.set(WebAssembly, 'instantiate', async (/** @type {any} */ source, /** @type {any} */ imports) => {
        const made = /** @type {any} */ (await instantiate(source, imports));
        const { exports } = made.instance ?? made;
        Reflect.get(globalThis, 'memories').push(exports.memory);
        return made;
      });
    });
    await page.evaluateOnNewDocument(await readFile(new URL('../build/two-layer.iife.js', import.meta.url), 'utf8'));
    await page.goto('about:blank');
    await page.evaluate(async () => {
      const element = /** @type {any} */ (document.createElement('two-layer'));
      element.setAttribute('preset', 'ring');
      element.setAttribute('pace', 'max');
      document.body.append(element);
      await new Promise((done) => element.addEventListener('two-layer-ready', done, { once: true }));
      element.play();
      // It would rest without anybody there.
      setInterval(() => element.dispatchEvent(new PointerEvent('pointermove')), 5000);
    });
    const client = await page.createCDPSession();
    await client.send('HeapProfiler.enable');
    /** @param {number} end @returns {Promise<Sample>} */
    const sampleAtOnce = async (end) => {
      // In one call: of each, Chromium's tools keep something.
      await page.evaluate((target) => {
        const element = /** @type {any} */ (document.querySelector('two-layer'));
        return new Promise((done) => {
          const look = (/** @type {any} */ { detail }) => {
            if (detail.step < target) return;
            element.removeEventListener('two-layer-step', look);
            done(undefined);
          };
          element.addEventListener('two-layer-step', look);
        });
      }, end);
      await client.send('HeapProfiler.collectGarbage');
      const { usedSize } = await client.send('Runtime.getHeapUsage');
      const { step, wasm } = await page.evaluate(() => ({
        step: /** @type {any} */ (document.querySelector('two-layer')).getState().step,
        wasm: Reflect.get(globalThis, 'memories')[0].buffer.byteLength,
      }));
      return { step, heap: usedSize, wasm };
    };
    /** The least of some: keyframes come, and when there are too many a quarter of them goes. */
    const sampleAt = async (/** @type {number} */ end) => {
      const samples = [];
      for (let k = 7; k >= 0; k -= 1) samples.push(await sampleAtOnce(end - (k * steps) / 100));
      return samples.reduce((least, sample) => (sample.heap < least.heap ? sample : least));
    };
    judge('Chromium', await sampleAt(settled), await sampleAt(steps));
  } finally {
    await browser.close();
  }
}

await soakNode();
await soakPage();
