/** Promises that all of web/engine keeps. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../web/engine/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** What is left of a source without its comments. @param {string} text */
const codeOf = (text) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

test('computes with exact operations only: nothing an engine may round or time in its own way', () => {
  const inexact =
    /\bMath\.(?!abs\b|min\b|max\b|floor\b|ceil\b|round\b|trunc\b|sqrt\b|fround\b|sign\b|imul\b)\w+|\bDate\b|\bperformance\b|\*\*(?!\s*-?\d)/;
  assert.ok(files.length > 15);
  for (const { name, text } of files) {
    const [found] = inexact.exec(codeOf(text)) ?? [];
    assert.equal(found, undefined, name);
  }
});

test('knows neither the element nor a document', () => {
  for (const { name, text } of files) {
    assert.doesNotMatch(text, /from '[^']*playground/, name);
    assert.doesNotMatch(codeOf(text), /\b(document|window|HTMLElement|localStorage|navigator|location)\b/, name);
  }
});

test('importing makes no globals', async () => {
  const before = new Set(Reflect.ownKeys(globalThis));
  await import('../web/engine/index.js');
  assert.deepEqual(
    Reflect.ownKeys(globalThis).filter((key) => !before.has(key)),
    [],
  );
});
