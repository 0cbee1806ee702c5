import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNetwork, preset, presetNames } from '../web/engine/index.js';

test("every preset lies on the plane's grid, with all its classes", async () => {
  assert.deepEqual(presetNames, [
    ...['gaussians', 'xor', 'ring', 'moons', 'stripes', 'spiral', 'hard-spiral'],
    ...['iris', 'penguins'],
  ]);
  for (const name of presetNames) {
    const { X, y, classes, names, axes } = await preset(name);
    assert.equal(X.length, y.length);
    assert.equal(names.length, classes);
    assert.equal(axes.length, 2);
    for (const x of X.flat()) {
      assert.ok(Math.abs(x) <= 3, `${name}: ${x}`);
      assert.equal(x * 512, Math.round(x * 512), `${name}: ${x}`);
    }
    assert.deepEqual(
      [...new Set(y)].sort(),
      Array.from({ length: classes }, (_, k) => k),
      name,
    );
  }
});

test('the same options give the same points, another seed others', async () => {
  for (const name of presetNames) {
    const options = { n: 100, noise: 0.2, flip: 0.1, seed: 5 };
    assert.deepEqual(await preset(name, options), await preset(name, options));
    const other = await preset(name, { ...options, seed: 6 });
    assert.notDeepEqual(other.X, (await preset(name, options)).X);
  }
});

test("noise moves points and flips turn labels, and neither does the other's work", async () => {
  for (const name of presetNames) {
    const clean = await preset(name, { n: 120, noise: 0, seed: 3 });
    const noisy = await preset(name, { n: 120, noise: 0.3, seed: 3 });
    const flipped = await preset(name, { n: 120, noise: 0, flip: 0.25, seed: 3 });
    assert.deepEqual(noisy.y, clean.y, name);
    assert.notDeepEqual(noisy.X, clean.X, name);
    assert.deepEqual(flipped.X, clean.X, name);
    const turned = flipped.y.filter((label, i) => label !== clean.y[i]).length;
    assert.ok(turned > 120 * 0.1 && turned < 120 * 0.4, `${name}: ${turned} of 120`);
    const all = await preset(name, { n: 120, noise: 0, flip: 1, seed: 3 });
    assert.ok(
      all.y.every((label, i) => label !== clean.y[i]),
      name,
    );
  }
});

test('real data keeps its scaling: coordinates lead back to the measures', async () => {
  const iris = await preset('iris');
  assert.equal(iris.X.length, 150);
  assert.deepEqual(iris.names, ['setosa', 'versicolor', 'virginica']);
  assert.deepEqual(
    [0, 1, 2].map((k) => iris.y.filter((label) => label === k).length),
    [50, 50, 50],
  );
  const penguins = await preset('penguins');
  assert.equal(penguins.X.length, 342, 'whole rows');
  assert.deepEqual(penguins.names, ['Adelie', 'Chinstrap', 'Gentoo']);
  assert.deepEqual(
    [0, 1, 2].map((k) => penguins.y.filter((label) => label === k).length),
    [151, 68, 123],
  );
  assert.deepEqual(
    penguins.axes.map(({ name, unit }) => `${name} (${unit})`),
    ['bill length (mm)', 'bill depth (mm)'],
  );
  // The first rows of the sources: 1.4 cm, 0.2 cm; 39.1 mm, 18.7 mm. Half a grid step is the rounding.
  for (const [{ X, axes }, measures] of /** @type {const} */ ([
    [iris, [1.4, 0.2]],
    [penguins, [39.1, 18.7]],
  ])) {
    for (const [k, { scale, offset }] of axes.entries()) {
      assert.ok(Math.abs(offset + scale * X[0][k] - measures[k]) <= scale / 1024 + 1e-12);
    }
  }
  for (const { X, source, licence } of [iris, penguins]) {
    assert.equal(Math.max(...X.flat()), 2.5);
    assert.equal(Math.min(...X.flat()), -2.5);
    assert.ok(source !== '' && licence !== '');
  }
});

test('a sample of real data is part of it, in its order', async () => {
  const all = await preset('penguins');
  const part = await preset('penguins', { n: 50, seed: 9 });
  assert.equal(part.X.length, 50);
  let at = -1;
  for (const [i, x] of part.X.entries()) {
    at = all.X.findIndex((other, k) => k > at && other[0] === x[0] && other[1] === x[1] && all.y[k] === part.y[i]);
    assert.notEqual(at, -1);
  }
});

test('a small network learns iris and penguins', async () => {
  for (const name of /** @type {const} */ (['iris', 'penguins'])) {
    const { X, y, classes } = await preset(name);
    const net = await createNetwork({ hidden: 8, classes });
    net.train(X, y, { steps: 2000 });
    assert.ok(net.evaluate(X, y).accuracy >= 0.95, name);
  }
});

test('refuses bad options by name and value', async () => {
  /** @type {[string, object, typeof TypeError | typeof RangeError, RegExp][]} */
  const table = [
    ['circle', {}, RangeError, /^preset: 'circle' is not one of/],
    ['__proto__', {}, RangeError, /^preset: '__proto__'/],
    ['ring', { n: 0 }, RangeError, /^n: 0/],
    ['ring', { n: 20001 }, RangeError, /^n: 20001/],
    ['iris', { n: 151 }, RangeError, /^n: 151 is outside 1 … 150$/],
    ['ring', { noise: -0.1 }, RangeError, /^noise: -0.1/],
    ['ring', { noise: NaN }, RangeError, /^noise: NaN/],
    ['ring', { flip: 1.1 }, RangeError, /^flip: 1.1/],
    ['ring', { flip: '0' }, TypeError, /^flip: '0' is not a number$/],
    ['ring', { seed: 0.5 }, RangeError, /^seed: 0.5/],
    ['ring', { size: 3 }, TypeError, /^options.size: unknown/],
  ];
  for (const [name, options, kind, message] of table) {
    await assert.rejects(
      preset(/** @type {any} */ (name), options),
      (error) => error instanceof kind && message.test(error.message),
    );
  }
});
