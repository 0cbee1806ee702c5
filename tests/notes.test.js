import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { createSession } from '../web/engine/session.js';
import { Notes } from '../web/playground/notes.js';

const core = await loadCore();

test('a message stays while the run rests, and goes some seconds after it was given while the run goes on', (context) => {
  let now = 1000;
  context.mock.method(performance, 'now', () => now);
  const session = createSession(core, { points: [{ x: 1, y: 1, class: 0 }] });
  const notes = new Notes();
  const look = (/** @type {boolean} */ isPlaying) => notes.look(session, { isPlaying, isOpening: false });
  notes.notice = 'said';
  now += 60_000;
  look(false);
  assert.equal(notes.notice, 'said');
  notes.notice = 'said again';
  now += 5000;
  look(true);
  assert.equal(notes.notice, 'said again');
  now += 5000;
  look(true);
  assert.equal(notes.notice, undefined);
  session.free();
});
