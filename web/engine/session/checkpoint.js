/**
 * A network's state as text, for a link that shows its end at once. It is another's word:
 * its numbers are checked, and it counts as "not replayed" until a replay agrees with it.
 */
import { describeState } from '../core-structs.js';
import { maxExamples, maxInteger } from '../limits.js';

/** @typedef {import('./player.js').Player} Player */

/**
 * @param {Player} player
 * @returns {string} base64url of the state, without the zeros at its end (slots that the optimiser does not use)
 */
export function writeCheckpoint(player) {
  const state = player.network.readState();
  const length = state.findLastIndex((byte) => byte !== 0) + 1;
  let text = '';
  for (const byte of state.subarray(0, length)) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/**
 * Gives the player's network the state of a checkpoint of this step.
 * @param {Player} player
 * @param {string} text
 * @throws {RangeError} saying what is wrong with it; then nothing has changed
 */
export function readCheckpoint(player, text) {
  const expected = player.network.readState();
  if (!/^[\w-]*$/.test(text) || text.length > expected.length * 2) {
    throw new RangeError(`checkpoint: ${text.length} characters are none of this network's`);
  }
  const state = new Uint8Array(expected.length);
  const bytes = decode(text);
  if (bytes.length > state.length) throw new RangeError('checkpoint: it is of another network');
  state.set(bytes);
  const { step, epoch, optimizerStep, position, optimizer, values } = describeState(state);
  const made = player.step - player.scene.start.step;
  if (step !== made) throw new RangeError(`checkpoint: it is of step ${step}, not ${made}`);
  for (const count of [epoch, optimizerStep]) {
    if (!(Number.isInteger(count) && count >= 0 && count <= maxInteger)) {
      throw new RangeError(`checkpoint: ${count} is no count`);
    }
  }
  if (position > maxExamples || optimizer > 2) throw new RangeError('checkpoint: it is damaged');
  if (!values.every(Number.isFinite)) throw new RangeError('checkpoint: it holds a number that is not finite');
  player.network.writeState(state);
}

/** @param {string} text base64url */
function decode(text) {
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  return Uint8Array.from(atob(whole.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}
