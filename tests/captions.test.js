import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCaption, smallerRate } from '../web/playground/captions.js';

/** @type {import('../web/playground/captions.js').Scene} */
const opening = {
  points: 200,
  present: [0, 1],
  classes: 2,
  preset: 'ring',
  playing: true,
  resting: false,
  step: 10,
  loss: 0.69,
  learningRate: 1,
  previousRate: undefined,
  flapping: false,
  saturated: false,
  diverged: undefined,
  replay: undefined,
  unreplayed: undefined,
  touched: false,
  stroke: undefined,
  undone: false,
  selected: undefined,
  moving: false,
  replaced: false,
  opened: undefined,
  notice: undefined,
};

/** @param {Partial<import('../web/playground/captions.js').Scene>} change */
function words(change) {
  const { said, next, actions } = chooseCaption({ ...opening, ...change });
  const text = [...said, ' ', ...next]
    .map((part) =>
      typeof part === 'string' ? part : 'mark' in part ? '●■▲✚'[part.mark] : `${part.letter}[${part.layer}]`,
    )
    .join('');
  return { text: text.trim(), actions: actions.map(({ id }) => id) };
}

for (const [when, change, text, actions] of /** @type {[string, {}, RegExp, string[]][]} */ ([
  ['the ring is found', { loss: 0.09 }, /^It found the ring\. Draw ● in a corner\.$/, []],
  ['another preset is learned', { loss: 0.09, preset: 'xor' }, /^It learned this\. Draw where it is wrong\.$/, []],
  ['there are no points', { points: 0, present: [] }, /Draw two kinds of points\./, []],
  ['there is one class', { present: [0] }, /^Only ●: the best answer is always ●\. Add ■\.$/, []],
  ['there is the other class only', { present: [1] }, /^Only ■: the best answer is always ■\. Add ●\.$/, []],
  [
    'α is far too large',
    { flapping: true, learningRate: 100, previousRate: 1 },
    /jumps/,
    ['before-rate', 'smaller-rate'],
  ],
  [
    'it would leave the numbers',
    { diverged: 'W1[2,0]', learningRate: 1e5 },
    /^Stopped: W\[1\] of unit 3 would overflow\.$/,
    ['smaller-rate'],
  ],
  ['a weight of the output would', { diverged: 'W2[0,1]' }, /^Stopped: W\[2\] of unit 2 would/, ['smaller-rate']],
  ['the output’s bias would', { diverged: 'b2[0]' }, /^Stopped: b\[2\] would/, ['smaller-rate']],
  ['J would', { diverged: 'J' }, /^Stopped: J would/, ['smaller-rate']],
  ['units are saturated', { saturated: true, loss: 0.5 }, /saturated; gradients vanish/, ['new-start']],
  ['it rests', { resting: true, playing: false }, /Resting\. Draw to wake it\./, []],
  ['a stroke was undone', { undone: true }, /weights as they are/, ['rewind']],
  ['a stroke was just drawn', { stroke: { count: 14, class: 0, won: 0, age: 5 } }, /You drew 14 ●\./, []],
  ['a stroke is won', { stroke: { count: 14, class: 0, won: 14, age: 200 } }, /It won all 14 ●\./, []],
  [
    'a stroke is not won in time',
    { stroke: { count: 14, class: 1, won: 3, age: 2000 } },
    /3 of your 14 ■ won\. Would more units help\?/,
    [],
  ],
  ['a link is replayed', { replay: 0.4 }, /^Replaying: 40 %\.$/, ['stop-replay']],
  ['a link’s replay was stopped', { unreplayed: 1200 }, /^A link to step 1,200, not replayed\.$/, ['replay']],
  ['a point is chosen', { selected: 7 }, /Point 7 chosen/, []],
  ['something could not be done', { notice: 'No.' }, /^No\.$/, []],
])) {
  test(`when ${when}`, () => {
    const caption = words(change);
    assert.match(caption.text, text);
    assert.deepEqual(caption.actions, actions);
  });
}

test('a stop comes before everything else', () => {
  assert.match(words({ diverged: 'J', points: 0, flapping: true, selected: 3, notice: 'x' }).text, /^Stopped/);
});

test('a stroke is not called won before the network has moved', () => {
  assert.match(words({ stroke: { count: 3, class: 0, won: 3, age: 0 } }).text, /You drew/);
});

test('a smaller α is about a third, in one digit', () => {
  assert.deepEqual([3, 1, 100, 0.01, 1e6].map(smallerRate), [1, 0.3, 30, 0.003, 3e5]);
});
