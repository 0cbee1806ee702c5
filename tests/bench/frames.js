/**
 * What the page's frames cost: the main thread's work a frame by Chromium's own trace, while it trains as fast as it goes
 * and while somebody sprays; and how soon an input is seen where everything is as large as it can be.
 *
 *     node tests/bench/frames.js    alone; `make bench` prints it, too
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';
import { findEngine } from '../browsers/engines.js';
import { quantile } from './measure.js';

export const framesTitle = 'frames of the page in Chromium, at a plot of 640 × 640';

/** ms of the main thread in a frame: a little less than 60 of them a second leave. */
const FRAME_GOAL = 16;
/** ms from an input to the frame that shows it: what web.dev calls a good interaction. */
const INPUT_GOAL = 200;
/** A piece of a measurement; of several the least disturbed counts, as a busy machine slows each piece of work. */
const seconds = 2;
const pieces = 4;

/**
 * @typedef {object} TraceEvent of the trace event format; times in µs
 * @property {string} name
 * @property {string} ph
 * @property {number} ts
 * @property {number} [dur] wall time
 * @property {number} [tdur] the thread's own time
 * @property {number} pid
 * @property {number} tid
 * @property {{ name?: string }} [args]
 */

/**
 * The work of the page's main thread in each frame: all its tasks from one frame's beginning to the next.
 *
 * @param {readonly TraceEvent[]} events
 * @returns {{ wall: number[], own: number[] }} ms a frame: by the clock, and the thread's own
 */
export function workPerFrame(events) {
  const frames = events.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  // Of all renderers the page is the one that draws most.
  /** @type {Map<string, TraceEvent[]>} */
  const byThread = new Map();
  for (const frame of frames) {
    const key = `${frame.pid} ${frame.tid}`;
    byThread.set(key, [...(byThread.get(key) ?? []), frame]);
  }
  const [ours] = [...byThread.values()].sort((one, other) => other.length - one.length);
  if (ours === undefined) throw new Error('the trace has no frames');
  const [{ pid, tid }] = ours;
  const tasks = events
    .filter((event) => event.name === 'RunTask' && event.ph === 'X' && event.pid === pid && event.tid === tid)
    .sort((a, b) => a.ts - b.ts);
  /** @type {number[]} */
  const wall = [];
  /** @type {number[]} */
  const own = [];
  let next = 0;
  for (let i = 0; i + 1 < ours.length; i += 1) {
    // The task in which a frame begins is the frame's own, though it began a little earlier.
    const begins = (/** @type {TraceEvent} */ { ts, dur = 0 }, /** @type {number} */ at) => ts + dur > at;
    while (next < tasks.length && !begins(tasks[next], ours[i].ts)) next += 1;
    let clock = 0;
    let thread = 0;
    for (; next < tasks.length && !begins(tasks[next], ours[i + 1].ts); next += 1) {
      clock += tasks[next].dur ?? 0;
      thread += tasks[next].tdur ?? 0;
    }
    wall.push(clock / 1000);
    own.push(thread / 1000);
  }
  return { wall, own };
}

/** @param {number} ms */
const show = (ms) => ms.toFixed(1).padStart(6);

/**
 * @param {import('puppeteer-core').Page} page
 * @param {string} attributes
 */
async function open(page, attributes) {
  await page.goto('about:blank');
  await page.evaluate(async (text) => {
    document.body.innerHTML = `<main><two-layer standalone autoplay ${text}></two-layer></main>`;
    const element = /** @type {any} */ (document.querySelector('two-layer'));
    await element.updateComplete;
    const { clientWidth } = element.shadowRoot.getElementById('plot');
    if (Math.abs(clientWidth - 640) > 4) throw new Error(`the plot is ${clientWidth} px wide`);
  }, attributes);
  await new Promise((done) => setTimeout(done, 1000)); // code is compiled, estimates settle
}

/**
 * @param {import('puppeteer-core').Page} page
 * @param {() => Promise<void>} action
 * @returns {Promise<ReturnType<typeof workPerFrame>>}
 */
async function trace(page, action) {
  await page.tracing.start({
    categories: ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await action();
  const file = await page.tracing.stop();
  if (file === undefined) throw new Error('Chromium gave no trace');
  return workPerFrame(JSON.parse(new TextDecoder().decode(file)).traceEvents);
}

/** Sprays in circles. @param {import('puppeteer-core').Page} page */
async function spray(page) {
  const { left, top } = await page.evaluate(() => {
    const plot = document.querySelector('two-layer')?.shadowRoot?.getElementById('plot');
    const box = /** @type {HTMLElement} */ (plot).getBoundingClientRect();
    return { left: box.left + 320, top: box.top + 320 };
  });
  await page.mouse.move(left + 200, top);
  await page.mouse.down();
  const end = Date.now() + 1000 * seconds;
  for (let turn = 0; Date.now() < end; turn += 0.05) {
    await page.mouse.move(left + 200 * Math.cos(turn), top + 200 * Math.sin(turn));
    await new Promise((done) => setTimeout(done, 8));
  }
  await page.mouse.up();
}

/**
 * How long a press of a tool takes to be seen, by the browser's own event timing.
 *
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<number[]>} ms a press, in steps of 8
 */
async function pressTools(page) {
  await page.evaluate(() => {
    const list = /** @type {number[]} */ (Reflect.get(globalThis, 'durations') ?? []);
    Reflect.set(globalThis, 'durations', list);
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) if (entry.name === 'click') list.push(entry.duration);
    }).observe(/** @type {any} */ ({ type: 'event', durationThreshold: 16 }));
  });
  const presses = 16;
  for (let i = 0; i < presses; i += 1) {
    const { left, top } = await page.evaluate((k) => {
      const tool = document.querySelector('two-layer')?.shadowRoot?.querySelectorAll('.rail button')[k];
      const box = /** @type {Element} */ (tool).getBoundingClientRect();
      return { left: box.left + box.width / 2, top: box.top + box.height / 2 };
    }, i % 3);
    await page.mouse.click(left, top);
    await new Promise((done) => setTimeout(done, 250));
  }
  const durations = await page.evaluate(() => /** @type {number[]} */ (Reflect.get(globalThis, 'durations')));
  // Presses that were seen within 16 ms are not told of.
  return [...durations, ...new Array(Math.max(0, presses - durations.length)).fill(16)];
}

/** @returns {Promise<{ text: string, short: string[] }>} what was measured, and what falls short of its goal */
export async function measureFrames() {
  const { programs, missing } = findEngine('chromium');
  if (missing !== undefined) return { text: missing, short: [`${framesTitle}: ${missing}`] };
  const script = await readFile(new URL('../../build/two-layer.iife.js', import.meta.url), 'utf8');
  const browser = await launch({
    executablePath: programs[0],
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    pipe: true,
  });
  const lines = ['                                            median    95 %   ms a frame (by the clock)'];
  const short = [];
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1240, height: 884 });
    await page.evaluateOnNewDocument(script);
    for (const [name, attributes, action] of /** @type {[string, string, () => Promise<void>][]} */ ([
      ['training at top pace', 'preset="ring"', () => new Promise((done) => setTimeout(done, 1000 * seconds))],
      ['spraying, training at top pace', 'preset="ring"', () => spray(page)],
    ])) {
      await open(page, `n="200" hidden-units="8" pace="max" ${attributes}`);
      const traces = [];
      for (let piece = 0; piece < pieces; piece += 1) traces.push(await trace(page, action));
      const [{ wall, own }] = traces.sort((one, other) => quantile(one.own, 0.95) - quantile(other.own, 0.95));
      const [median, high] = [quantile(own, 0.5), quantile(own, 0.95)];
      const clock = [quantile(wall, 0.5), quantile(wall, 0.95)].map((ms) => ms.toFixed(1)).join(', ');
      lines.push(
        `  ${name.padEnd(40)}${show(median)}  ${show(high)}   (${clock}) in ${own.length} frames, goal ${FRAME_GOAL}`,
      );
      if (high > FRAME_GOAL) short.push(`${framesTitle}: ${name}: ${high.toFixed(1)} ms`);
    }
    await open(page, 'preset="moons" n="20000" hidden-units="256"');
    const durations = await pressTools(page);
    const [median, most] = [quantile(durations, 0.5), Math.max(...durations)];
    lines.push(`  20,000 points, 256 units: a press is seen after ${median} ms, at most ${most}; goal ${INPUT_GOAL}`);
    if (most > INPUT_GOAL) short.push(`${framesTitle}: a press among 20,000 points is seen after ${most} ms`);
  } finally {
    await browser.close();
  }
  return { text: lines.join('\n'), short };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await measureFrames()).text);
