import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scheduler, SLICE } from '../web/playground/scheduler.js';
import { machine } from './helpers/machine.js';

/** @param {ReturnType<typeof machine>} on */
function client(on, { pace = 240, cost = 0.001 } = {}) {
  const state = { steps: 0, pace, training: true, longest: 0, draws: 0 };
  return {
    state,
    isTraining: () => state.training,
    pace: () => state.pace,
    train: (/** @type {number} */ steps) => {
      state.steps += steps;
      on.spend(steps * cost);
      return steps;
    },
    draw: () => {
      state.draws += 1;
      return false;
    },
    isDrawnOn: () => false,
    isTextDue: () => false,
    showText: () => {
      // Nothing to show.
    },
  };
}

for (const hertz of [30, 60, 120]) {
  test(`takes 240 steps a second by the clock at ${hertz} Hz`, () => {
    const on = machine(hertz);
    const one = client(on);
    const scheduler = new Scheduler(on.clock);
    scheduler.add(one);
    on.run(3);
    assert.ok(Math.abs(one.state.steps - 720) <= 240 / hertz + 1, `${one.state.steps}`);
  });
}

test('a slice lasts 8 ms at most, shared by all elements, and none starves', () => {
  const on = machine(60);
  const clients = [client(on, { pace: Infinity }), client(on, { pace: Infinity }), client(on, { pace: Infinity })];
  const scheduler = new Scheduler(on.clock);
  let spent = 0;
  for (const one of clients) {
    const { train } = one;
    one.train = (steps) => {
      spent += steps * 0.001;
      return train(steps);
    };
    scheduler.add(one);
  }
  on.run(0.1); // the estimate of a step's cost settles
  for (let frame = 0; frame < 30; frame += 1) {
    spent = 0;
    on.run(1 / 60);
    assert.ok(spent <= SLICE + 0.01, `${spent} ms`);
  }
  const steps = clients.map(({ state }) => state.steps);
  assert.ok(Math.min(...steps) > 0.8 * Math.max(...steps), `${steps}`);
});

test('a step dearer than the slice is still taken, one a frame', () => {
  const on = machine(60);
  const one = client(on, { pace: Infinity, cost: 20 });
  const scheduler = new Scheduler(on.clock);
  scheduler.add(one);
  on.run(0.1); // the estimate of a step's cost settles
  const before = one.state.steps;
  on.run(0.2);
  const taken = one.state.steps - before;
  assert.ok(taken >= 8 && taken <= 11, `${taken}`);
});

test('what a slow machine could not do is dropped, not owed', () => {
  const on = machine(60);
  const one = client(on, { pace: 240, cost: 10 });
  const scheduler = new Scheduler(on.clock);
  scheduler.add(one);
  on.run(2);
  one.state.steps = 0;
  const cheap = client(on);
  one.train = cheap.train;
  on.run(1);
  assert.ok(cheap.state.steps <= 245, `${cheap.state.steps}`);
});

test('after a hidden tab there is no catching up', () => {
  const on = machine(60);
  const one = client(on);
  const scheduler = new Scheduler(on.clock);
  scheduler.add(one);
  on.run(1);
  const before = one.state.steps;
  on.spend(60_000); // no frame comes for a minute
  on.run(1 / 60);
  assert.ok(one.state.steps - before <= 24 + 4, `${one.state.steps - before}`);
});

test('rests when nobody trains, and wakes when asked', () => {
  const on = machine(60);
  const one = client(on);
  const scheduler = new Scheduler(on.clock);
  scheduler.add(one);
  on.run(0.1);
  one.state.training = false;
  on.run(0.1);
  assert.ok(on.isAsleep());
  one.state.training = true;
  scheduler.wake();
  const before = one.state.steps;
  on.run(1);
  assert.ok(Math.abs(one.state.steps - before - 240) <= 5);
});

test('an element that leaves is not called again', () => {
  const on = machine(60);
  const one = client(on);
  const scheduler = new Scheduler(on.clock);
  scheduler.add(one);
  scheduler.remove(one);
  on.run(0.1);
  assert.equal(one.state.steps, 0);
});

test('a frame that shows texts trains less, and the others do not', () => {
  const on = machine(60);
  const one = client(on, { pace: Infinity });
  let isDue = false;
  one.isTextDue = () => isDue;
  one.showText = () => {
    on.spend(5);
  };
  let spent = 0;
  const { train } = one;
  one.train = (steps) => {
    spent += steps * 0.001;
    return train(steps);
  };
  one.draw = () => {
    on.spend(3);
    return false;
  };
  new Scheduler(on.clock).add(one);
  const frame = (/** @type {boolean} */ due) => {
    isDue = due;
    spent = 0;
    on.run(1 / 60);
    return spent;
  };
  for (let i = 0; i < 20; i += 1) frame(i % 4 === 0);
  const [without, with_] = [frame(false), frame(true)];
  assert.ok(Math.abs(without - with_ - 5) < 0.2, `${without} and ${with_} ms`);
});

test('while somebody draws a frame trains less, as events take a part of it', () => {
  const on = machine(60);
  const one = client(on, { pace: Infinity });
  one.draw = () => {
    on.spend(4);
    return false;
  };
  let spent = 0;
  const { train } = one;
  one.train = (steps) => {
    spent += steps * 0.001;
    return train(steps);
  };
  new Scheduler(on.clock).add(one);
  on.run(0.2);
  const frame = (/** @type {boolean} */ isDrawnOn) => {
    one.isDrawnOn = () => isDrawnOn;
    spent = 0;
    on.run(1 / 60);
    return spent;
  };
  const [without, with_] = [frame(false), frame(true)];
  assert.ok(Math.abs(without - with_ - 3) < 0.2, `${without} and ${with_} ms`);
});

test('where drawing is dear the slice is shorter, so that a frame keeps its time', () => {
  const on = machine(60);
  const one = client(on, { pace: Infinity });
  let longest = 0;
  one.draw = () => {
    on.spend(8);
    return false;
  };
  const { train } = one;
  let spent = 0;
  one.train = (steps) => {
    spent += steps * 0.001;
    return train(steps);
  };
  new Scheduler(on.clock).add(one);
  on.run(0.2);
  for (let frame = 0; frame < 20; frame += 1) {
    spent = 0;
    on.run(1 / 60);
    longest = Math.max(longest, spent);
  }
  assert.ok(longest > 1.9 && longest <= 5.1, `${longest} ms`);
});
