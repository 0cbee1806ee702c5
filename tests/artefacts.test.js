/**
 * What make builds, in the places where people put it: a double click, a sandboxed iframe, a strict policy.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { makeSite } from './browsers/site.js';

const artefact = (/** @type {string} */ name) => new URL(`../build/${name}`, import.meta.url);
const recorder = await readFile(new URL('./browsers/messages.js', import.meta.url), 'utf8');

test('the classic script reads the same in a page of any encoding', async () => {
  const script = await readFile(artefact('two-layer.iife.js'), 'latin1');
  const beyond = [...script.matchAll(/.{0,20}[^\p{ASCII}].{0,20}/gu)].map(([found]) => found);
  assert.deepEqual(beyond, [], 'only ASCII');
});

/** The one-file page, with a record of its messages where the engine's own console cannot be read. */
const playground = async () =>
  (await readFile(artefact('playground.html'), 'utf8')).replace(/<head>/i, () => `<head><script>${recorder}</script>`);

/**
 * A course page with the element in it.
 *
 * @param {string} script the markup that loads it
 */
const coursePage = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>a course</title>
<script src="messages.js"></script>${script}</head>
<body><h1>Two layers</h1><two-layer preset="ring" autoplay></two-layer></body></html>`;

const classicScript = '<script src="two-layer.iife.js"></script>';
const moduleScript = '<script type="module" src="two-layer.js"></script>';

/**
 * Runs in the page: waits until the element has told of its steps twice, and of more the second time.
 *
 * @returns {Promise<{ steps: number[], height: number }>} the steps told, and the element's height in CSS pixels
 */
async function watchTraining() {
  return new Promise((done, fail) => {
    /** @type {number[]} */
    const steps = [];
    const timer = setTimeout(() => fail(new Error(`it does not train; its steps: ${steps}`)), 20_000);
    const element = document.querySelector('two-layer');
    element?.addEventListener('two-layer-step', (event) => {
      steps.push(/** @type {CustomEvent} */ (event).detail.step);
      if (steps.length < 2) return;
      clearTimeout(timer);
      done({ steps, height: element.getBoundingClientRect().height });
    });
  });
}

/**
 * @param {{ steps: number[], height: number }} watched
 * @param {import('./browsers/browser.js').Message[]} messages
 */
function assertTrains({ steps, height }, messages) {
  assert.ok(steps[1] > steps[0], `steps ${steps}`);
  assert.ok(height > 100, `the element is ${height} px high`);
  assert.deepEqual(
    messages.filter(({ type }) => type === 'error'),
    [],
  );
}

inEveryEngine('playground.html trains after a double click', async (browser, context) => {
  const { fileUrl } = await makeSite(context, { 'playground.html': await playground() });
  await browser.open(`${fileUrl}playground.html`);
  assertTrains(await browser.evaluate(watchTraining), await browser.messages());
});

inEveryEngine('the classic script trains on a page from file://', async (browser, context) => {
  const { fileUrl } = await makeSite(context, {
    'index.html': coursePage(classicScript),
    'two-layer.iife.js': artefact('two-layer.iife.js'),
  });
  await browser.open(`${fileUrl}index.html`);
  assertTrains(await browser.evaluate(watchTraining), await browser.messages());
});

inEveryEngine('playground.html trains in an iframe that may run scripts and nothing else', async (browser, context) => {
  const { url } = await makeSite(context, {
    'playground.html': await playground(),
    'index.html': `<!doctype html><meta charset="utf-8"><title>a course</title>
      <iframe src="playground.html" sandbox="allow-scripts" width="900" height="700"></iframe>`,
  });
  await browser.open(url);
  const watched = await browser.evaluateIn('iframe', watchTraining);
  const recorded = await browser.evaluateIn('iframe', () => /** @type {any} */ (globalThis).recordedMessages);
  assertTrains(watched, [...recorded, ...(await browser.messages())]);
});

inEveryEngine('playground.html trains where only inline scripts and wasm are allowed', async (browser, context) => {
  const { url } = await makeSite(
    context,
    { 'index.html': await playground() },
    { 'content-security-policy': "script-src 'unsafe-inline' 'wasm-unsafe-eval'" },
  );
  await browser.open(url);
  assertTrains(await browser.evaluate(watchTraining), await browser.messages());
});

for (const [kind, script, file] of [
  ['classic script', classicScript, 'two-layer.iife.js'],
  ['module', moduleScript, 'two-layer.js'],
]) {
  inEveryEngine(`the ${kind} trains under a strict policy`, async (browser, context) => {
    const { url } = await makeSite(
      context,
      { 'index.html': coursePage(script), [file]: artefact(file) },
      {
        'content-security-policy':
          "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'",
      },
    );
    await browser.open(url);
    assertTrains(await browser.evaluate(watchTraining), await browser.messages());
  });
}

inEveryEngine('the classic script trains where only lit-html may make trusted types', async (browser, context) => {
  const { url } = await makeSite(
    context,
    { 'index.html': coursePage(classicScript), 'two-layer.iife.js': artefact('two-layer.iife.js') },
    { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
  );
  await browser.open(url);
  assertTrains(await browser.evaluate(watchTraining), await browser.messages());
});

inEveryEngine('the element says so in words where a policy blocks WebAssembly', async (browser, context) => {
  const { url } = await makeSite(
    context,
    { 'index.html': coursePage(classicScript), 'two-layer.iife.js': artefact('two-layer.iife.js') },
    { 'content-security-policy': "script-src 'self'" },
  );
  await browser.open(url);
  const { text, height } = await browser.evaluate(async () => {
    const deadline = Date.now() + 20_000;
    const element = /** @type {Element} */ (document.querySelector('two-layer'));
    const words = () => element.shadowRoot?.textContent ?? '';
    while (!words().includes('WebAssembly') && Date.now() < deadline) {
      await new Promise((done) => setTimeout(done, 20));
    }
    return { text: words(), height: element.getBoundingClientRect().height };
  });
  assert.match(text, /WebAssembly/);
  assert.ok(height > 100, `the element is ${height} px high`);
});

/**
 * Trains a network on four points with the engine of a module, and a session on its own, wherever this runs.
 *
 * @param {string} module
 * @returns {Promise<string[]>} their hashes
 */
async function trainXor(module) {
  const { createNetwork, openSession } = await import(module);
  const net = await createNetwork({ hidden: 4, seed: 1 });
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  await net.fit(corners, [0, 1, 1, 0], { epochs: 500, learningRate: 1 });
  const session = await openSession({ preset: 'penguins', hidden: 3 });
  session.train(20);
  return [net.hash(), session.hash()];
}

/** headless.js and the parts that it imports. */
const headless = {
  'headless.js': artefact('headless.js'),
  ...Object.fromEntries(
    (await readdir(artefact('headless/'))).map((name) => [`headless/${name}`, artefact(`headless/${name}`)]),
  ),
};

inEveryEngine('headless.js leaves the same bits as in Node, in a page and in its worker', async (browser, context) => {
  const { url } = await makeSite(context, {
    'index.html': '<!doctype html><title>headless</title>',
    'worker.js': `${trainXor}\ntrainXor('./headless.js').then(postMessage, (error) => postMessage(String(error)));`,
    ...headless,
  });
  await browser.open(url);
  const expected = await trainXor(artefact('headless.js').href);
  assert.deepEqual(await browser.evaluate(trainXor, `${url}headless.js`), expected);
  const inWorker = await browser.evaluate(
    (address) =>
      new Promise((done) => {
        const worker = new Worker(address, { type: 'module' });
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = ({ message }) => done(message);
      }),
    `${url}worker.js`,
  );
  assert.deepEqual(inWorker, expected);
});

test('importing the modules in Node makes no globals', async () => {
  const before = Reflect.ownKeys(globalThis);
  await import(artefact('headless.js').href);
  await import(artefact('two-layer.js').href);
  assert.deepEqual(Reflect.ownKeys(globalThis), before);
});

test('the wasm imports nothing, and exports memory and what the header declares', async () => {
  const module = new WebAssembly.Module(await readFile(artefact('two-layer.wasm')));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const header = await readFile(new URL('../src/two_layer.h', import.meta.url), 'utf8');
  // A declaration begins a line, and a function's name stands before the first bracket of it.
  const declared = [...header.matchAll(/^(?!typedef|static)[a-z][\w *]*?(\w+)\(/gm)].map(([, name]) => name);
  for (const name of ['train', 'predict']) assert.ok(declared.includes(name), name);
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.deepEqual(exported.sort(), ['memory', ...declared].sort());
});

test('the one-file page asks for nothing else', async () => {
  const html = await readFile(artefact('playground.html'), 'utf8');
  const markup = html.replaceAll(/<script>[\s\S]*?<\/script>/g, '');
  assert.doesNotMatch(markup, /<script|<link[^>]+rel="?stylesheet|\ssrc=/);
});
