/** Runs with all kinds of edits, the same for the same number: inputs of property tests. */

/** @typedef {import('../../web/engine/session.js').Session} Session */

/**
 * Numbers in [0, 1) from a linear congruential generator (Numerical Recipes').
 * @param {number} seed
 */
export function generator(seed) {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {() => number} random */
function tools(random) {
  const integer = (/** @type {number} */ least, /** @type {number} */ most) =>
    least + Math.floor(random() * (most - least + 1));
  /** @template Item @param {readonly Item[]} list @returns {Item} */
  const pick = (list) => list[Math.floor(random() * list.length)];
  return { integer, pick, coordinate: () => random() * 6 - 3 };
}

const presets = /** @type {const} */ ([
  'gaussians',
  'xor',
  'ring',
  'moons',
  'stripes',
  'spiral',
  'hard-spiral',
  'iris',
  'penguins',
]);

/**
 * @param {number} number of the run
 * @returns {object} options of createSession
 */
export function randomOptions(number) {
  const random = generator(number);
  const { integer, pick, coordinate } = tools(random);
  const classes = pick([2, 2, 3, 4]);
  const drawn = random() < 0.3;
  return {
    seed: integer(0, 1000),
    hidden: integer(1, 9),
    activation: pick(['sigmoid', 'tanh', 'relu']),
    init: pick(['glorot-uniform', 'glorot-uniform', 'he-uniform', 'normal', 'zeros']),
    optimizer: pick(['sgd', 'sgd', 'momentum', 'adam']),
    ...(random() < 0.4 ? { learningRate: pick([0.03, 0.1, 1, 3]) } : {}),
    batchSize: pick([0, 0, 1, 10, 32]),
    testSplit: pick([0, 0, 0.2, 0.5]),
    l1: pick([0, 0, 0.001]),
    l2: pick([0, 0, 0.01]),
    shuffle: random() < 0.8,
    features: pick([[], [], ['x1-squared', 'x2-squared'], ['sin-x1', 'x1-x2']]),
    ...(drawn
      ? {
          classes,
          points: Array.from({ length: integer(0, 30) }, () => [coordinate(), coordinate(), integer(0, classes - 1)]),
        }
      : {
          preset: pick(presets),
          n: integer(10, 120),
          noise: random() * 0.5,
          flip: pick([0, 0, 0.1]),
          dataSeed: integer(0, 99),
        }),
  };
}

/**
 * Trains and edits, with every kind of edit.
 * @param {Session} session
 * @param {number} number of the run
 * @param {number} steps about as many
 */
export function performRandomRun(session, number, steps) {
  const random = generator(number + 7777);
  const { integer, pick, coordinate } = tools(random);
  const start = session.step;
  while (session.step - start < steps) {
    const stroke = random() < 0.5 ? { stroke: session.stroke() } : {};
    const label = () => integer(0, session.settings.classes - 1);
    const point = () => ({ x: coordinate(), y: coordinate(), class: label() });
    const ids = () =>
      session.points.length === 0 ? [] : Array.from({ length: integer(1, 4) }, () => pick(session.points).id);
    const place = () => {
      const { rows, cols, name } = pick(
        /** @type {const} */ (['W1', 'b1', 'W2', 'b2']).map((name) => ({ name, ...session.network.parameters[name] })),
      );
      return { parameter: name, row: integer(0, rows - 1), col: integer(0, cols - 1) };
    };
    const edits = [
      () => session.edit({ add: Array.from({ length: integer(1, 5) }, point), ...stroke }),
      () => {
        // A stroke sprayed while training goes on.
        for (let k = integer(1, 6); k > 0; k--) {
          session.edit({ add: [point()], ...stroke });
          session.train(integer(0, 3));
        }
      },
      () => session.edit({ move: ids().map((id) => ({ id, x: coordinate(), y: coordinate() })), ...stroke }),
      () => session.edit({ erase: ids(), ...stroke }),
      () => session.edit({ relabel: ids().map((id) => ({ id, class: label() })), ...stroke }),
      () => session.edit({ set: { learningRate: pick([0.01, 0.1, 0.5, 2, null]) } }),
      () => session.edit({ set: { optimizer: pick(['sgd', 'momentum', 'adam']), batchSize: pick([0, 5, 16]) } }),
      () => session.edit({ set: { activation: pick(['sigmoid', 'tanh', 'relu']) } }),
      () => session.edit({ set: { testSplit: pick([0, 0.2, 0.5]), l2: pick([0, 0.01]) } }),
      () =>
        session.edit({
          set: pick([
            { momentum: pick([0, 0.5, 0.99]) },
            { beta1: 0.8, beta2: pick([0.99, 0.9999]) },
            { epsilon: pick([1e-8, 0.1 + 0.2]) },
            { shuffle: pick([true, false]) },
            { l1: pick([0, 1e-4]) },
          ]),
        }),
      () => session.edit({ hidden: integer(1, 10) }),
      () => session.edit({ hidden: integer(1, 10) }),
      () => session.edit({ weight: { ...place(), value: random() * 4 - 2 }, ...stroke }),
      () => session.edit({ pin: place() }),
      () => session.pins.length > 0 && session.edit({ release: pick(session.pins) }),
      () => session.undo(),
      () => {
        // Back and forth: an edit in between would end what can be redone.
        for (let k = integer(1, 3); k > 0; k--) session.undo();
        session.train(integer(0, 5));
        for (let k = integer(1, 3); k > 0; k--) session.redo();
      },
    ];
    const rare = [
      () => session.edit({ clear: true }),
      () => session.edit({ start: { seed: integer(0, 50) } }),
      () => session.edit({ data: { preset: pick(presets), n: integer(5, 80), noise: 0.1, seed: integer(0, 9) } }),
      () => session.edit({ set: { classes: integer(2, 4) } }),
      () => session.edit({ set: { features: pick([[], ['x1-x2'], ['x1-squared', 'sin-x2']]), init: 'he-uniform' } }),
    ];
    pick(random() < 0.1 ? rare : edits)();
    const { status } = session.train(integer(0, Math.ceil(steps / 8)));
    if (status === 'diverged') session.edit({ start: { seed: integer(0, 50) } });
    if (status === 'no-points' || session.points.length === 0) session.edit({ add: [point(), point()] });
    if (status === 'diverged') session.edit({ set: { learningRate: 0.01, activation: 'sigmoid' } });
  }
}
