/**
 * The numbers on the page are those of the notes' formulas, worked out anew in float64 from the points and parameters of
 * the run that the page's link replays.
 */
import assert from 'node:assert/strict';
import { openSession } from '../web/engine/index.js';
import { inEveryEngine } from './browsers/in-every-engine.js';
import { forward, loss, parametersOf, withFeatures } from './helpers/notes.js';
import { assertQuiet, openPlayground } from './page/playground.js';

/** @typedef {{ x: number, y: number, class: number, test?: boolean }} Point */
/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */

/**
 * J and how many are right, in plain loops.
 *
 * @param {Session} session
 * @param {readonly Point[]} points
 */
function workOut(session, points) {
  const { activation, features } = session.settings;
  const parameters = parametersOf(session.network.parameters);
  const X = withFeatures(
    points.map(({ x, y }) => [x, y]),
    features,
  );
  const y = points.map((point) => point.class);
  const { A2 } = forward(parameters, X, activation);
  const right = y.filter((label, i) => {
    if (A2.length === 1) return (A2[0][i] > 0.5 ? 1 : 0) === label;
    const column = A2.map((row) => row[i]);
    return column.indexOf(Math.max(...column)) === label;
  });
  return { J: loss(parameters, X, y, activation), right: right.length };
}

/** "0.083" is 0.083 to three decimals. @param {string} shown @param {number} J */
function assertDigits(shown, J) {
  const decimals = shown.split('.')[1]?.length ?? 0;
  assert.ok(decimals >= 3, shown);
  assert.equal(shown, J.toFixed(decimals));
}

/** Right to the digit shown, and 100 % or 0 % of none but all or none. @param {string} shown @param {number} right @param {number} all */
function assertShare(shown, right, all) {
  const [, digits] = /^(\d+(?:\.\d)?) %$/.exec(shown) ?? assert.fail(shown);
  const unit = digits.includes('.') ? 0.1 : 1;
  assert.ok(Math.abs(Number(digits) - (100 * right) / all) <= unit, `${shown} where ${right} of ${all} are right`);
  if (digits === '100' || digits === '0') assert.equal(right, digits === '0' ? 0 : all);
}

for (const [attributes, steps] of /** @type {[string, number][]} */ ([
  ['preset="ring"', 0],
  ['preset="ring"', 700],
  ['preset="xor" activation="tanh" optimizer="adam" hidden-units="8" l2="0.01" l1="0.001"', 150],
  ['preset="moons" activation="relu" optimizer="momentum" learning-rate="0.1" batch-size="32" test-split="0.5"', 400],
  ['preset="iris" test-split="0.2" hidden-units="3"', 500],
  ['preset="gaussians" classes="4" flip="0.1" features="x1-squared sin-x2" l2="0.003"', 300],
  ['preset="spiral" n="1000" hidden-units="64" activation="tanh" seed="5"', 100],
])) {
  inEveryEngine(`J and accuracy of ${attributes} after ${steps} steps`, async (browser, context) => {
    await openPlayground(browser, context, { attributes: `standalone ${attributes}` });
    const { link, shown } = await browser.evaluate(async (count) => {
      const element = /** @type {any} */ (document.querySelector('two-layer'));
      if (count > 0) element.step(count);
      await element.updateComplete;
      const text = (/** @type {string} */ part) => element.shadowRoot.querySelector(part)?.textContent.trim();
      return {
        link: element.link(),
        shown: {
          J: text('.number'),
          right: text('.right b'),
          testJ: text('.test b'),
          testRight: text('.test-right b'),
        },
      };
    }, steps);
    const session = await openSession(link);
    await session.seek(session.shownStep);
    assert.equal(session.step, steps);
    const training = session.points.filter(({ test }) => !test);
    const { J, right } = workOut(session, training);
    assertDigits(shown.J, J);
    assertShare(shown.right, right, training.length);
    const testing = session.points.filter(({ test }) => test);
    assert.equal(testing.length > 0, attributes.includes('test-split'));
    if (testing.length > 0) {
      const worked = workOut(session, testing);
      assertDigits(shown.testJ, worked.J);
      assertShare(shown.testRight, worked.right, testing.length);
    }
    session.free();
    await assertQuiet(browser);
  });
}
