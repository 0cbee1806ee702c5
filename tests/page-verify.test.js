/**
 * What verify says of a link in Node is what the page shows when it opens it, in every engine.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { verify } from '../web/engine/index.js';
import { editKinds, kindOf } from '../web/engine/session/events.js';
import { settingNames } from '../web/engine/session/settings.js';
import { createSession } from '../web/engine/session.js';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { performRandomRun, randomOptions } from './helpers/random-runs.js';
import { assertQuiet, openPlayground, press } from './page/playground.js';

const core = await loadCore();

const runs = Array.from({ length: 20 }, (_, k) => {
  const number = 1000 + k;
  const session = createSession(core, randomOptions(number));
  performRandomRun(session, number, 400);
  return { number, link: session.link(), events: session.log.events };
});

test('the twenty runs use every kind of edit, and change every setting', () => {
  const events = runs.flatMap((run) => run.events);
  const kinds = new Set(events.map(kindOf));
  assert.deepEqual(
    editKinds.filter((kind) => !kinds.has(kind)),
    [],
  );
  const changed = new Set(events.flatMap((event) => ('set' in event ? Object.keys(event.set) : [])));
  assert.deepEqual(
    settingNames.filter((name) => !changed.has(name)),
    [],
  );
});

const verdicts = runs.map(async ({ number, link }) => ({ number, link, verdict: await verify(link) }));

inEveryEngine('the Share drawer shows the hash that verify finds in Node, for 20 runs', async (browser, context) => {
  await openPlayground(browser, context, { attributes: 'preset="xor"' });
  await press(browser, 'Share');
  for await (const { number, link, verdict } of verdicts) {
    const shown = await browser.evaluate(async (payload) => {
      const element = /** @type {any} */ (document.querySelector('two-layer'));
      const opened = new Promise((resolve) => element.addEventListener('two-layer-change', resolve, { once: true }));
      element.session = payload;
      await opened;
      await element.updateComplete;
      const text = (/** @type {string} */ id) => element.shadowRoot.getElementById(id);
      return { hash: text('hash').textContent, link: text('link').value };
    }, link);
    assert.deepEqual(verdict.differences, [], `run ${number}`);
    assert.equal(shown.hash, verdict.hash, `run ${number}`);
    assert.equal(shown.link, link, `run ${number}`);
  }
  await assertQuiet(browser);
});
