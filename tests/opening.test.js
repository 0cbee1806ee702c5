import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../web/engine/core.js';
import { createSession } from '../web/engine/session.js';
import { traceLevel } from '../web/playground/contours.js';
import { OPENING } from '../web/playground/opening.js';
import { DEFAULT_PACE } from '../web/playground/pace.js';
import { Scheduler } from '../web/playground/scheduler.js';
import { sprayStream } from '../web/playground/spray.js';
import { LEARNED } from '../web/playground/watch.js';
import { machine } from './helpers/machine.js';

const core = await loadCore();
const open = () => createSession(core, { preset: 'ring', seed: OPENING.seed });

/** The first step at which J is below what counts as learned. */
function findStep() {
  const session = open();
  while (session.loss >= LEARNED && session.step < 2000) session.train(1);
  const { step } = session;
  session.free();
  return step;
}

test('the opening finds the ring in two to four seconds of the default pace', () => {
  const step = findStep();
  assert.ok(step > 2 * DEFAULT_PACE && step < 4 * DEFAULT_PACE, `step ${step}`);
});

for (const hertz of [60, 120]) {
  test(`the scheduler, at ${hertz} Hz and the default pace, brings it there in two to four seconds of clock`, () => {
    const on = machine(hertz);
    const session = open();
    /** @type {number | undefined} */
    let found;
    const scheduler = new Scheduler(on.clock);
    scheduler.add({
      isTraining: () => found === undefined,
      pace: () => DEFAULT_PACE,
      train: (steps) => {
        on.spend(0.002 * steps);
        return session.train(steps).steps;
      },
      draw: (now) => {
        if (session.loss < LEARNED) found ??= now;
        return false;
      },
      isDrawnOn: () => false,
      isTextDue: () => false,
      showText: () => undefined,
    });
    on.run(5);
    assert.ok(found !== undefined && found > 2000 && found < 4000, `${found} ms`);
    session.free();
  });
}

test('before the first step the boundary is a line through the plane', () => {
  const session = open();
  const side = 61;
  const z = session.logits({ left: -3, top: 3, width: 6, height: 6, columns: side, rows: side });
  const segments = traceLevel(z, side, side, 0);
  let length = 0;
  for (let i = 0; i < segments.length; i += 4) {
    length += Math.hypot(segments[i + 2] - segments[i], segments[i + 3] - segments[i + 1]);
  }
  assert.ok(length > side - 1, `${length} samples of ${side}`);
  session.free();
});

test('class A is inside the ring, so ● in a corner is news', () => {
  const session = open();
  const radius = (/** @type {number} */ kind) =>
    session.points.filter((point) => point.class === kind).map(({ x, y }) => Math.hypot(x, y));
  assert.ok(Math.max(...radius(0)) < Math.min(...radius(1)));
  session.free();
});

// The invitation's promise: whoever follows it, in whatever corner and soon or late, sees the boundary reach for the points.
for (const late of [60, 1200, 4800]) {
  test(`14 ● in any corner, ${late} steps after the ring is found, are won within two seconds`, () => {
    const found = findStep();
    for (const [x, y] of [
      [2.2, 2.2],
      [-2.2, 2.2],
      [2.2, -2.2],
      [-2.2, -2.2],
    ]) {
      // biome-ignore format: four corners
      const session = open();
      session.train(found + late);
      const before = session.loss;
      const offset = sprayStream(0);
      const add = Array.from({ length: 14 }, () => {
        const { dx, dy } = offset();
        return { x: x + dx, y: y + dy, class: 0 };
      });
      session.edit({ add });
      assert.ok(session.loss > 2 * before, `the loss jumps: ${before} to ${session.loss}`);
      session.train(2 * DEFAULT_PACE);
      const p = session.network.predict(add.map((point) => [point.x, point.y]));
      assert.ok(
        p.every((value) => value < 0.5),
        `corner ${x}, ${y}`,
      );
      session.free();
    }
  });
}

test('the invitation stands in a corner that is not taken', () => {
  const session = open();
  const { x, y } = OPENING.corner;
  for (const point of session.points) assert.ok(Math.hypot(point.x - x, point.y - y) > 0.25);
  session.free();
});
