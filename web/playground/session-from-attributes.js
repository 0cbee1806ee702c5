/** A session from the element's attributes. */

import { createSession } from '../engine/session.js';
import { messageOf } from './message-of.js';
import { OPENING } from './opening.js';
import { options } from './options.js';

/**
 * What an attribute asks for and cannot have is dropped and named; the rest stands.
 *
 * @param {import('../engine/core.js').Core} core
 * @param {Element} element
 * @param {(error: unknown) => void} refuse told of each attribute that is dropped
 * @returns {import('../engine/session.js').Session}
 */
export function sessionFromAttributes(core, element, refuse) {
  /** @type {Record<string, unknown>} */
  const wishes = {};
  for (const { key, kind, attribute, parse } of options) {
    const text = element.getAttribute(attribute);
    if (kind !== 'page' && text !== null) wishes[key] = parse(text);
  }
  if (wishes.points !== undefined) delete wishes.preset;
  else wishes.preset ??= 'ring';
  if (wishes.preset === 'ring') wishes.seed ??= OPENING.seed;
  for (;;) {
    try {
      return createSession(core, wishes);
    } catch (error) {
      const message = messageOf(error);
      const culprit = Object.keys(wishes).find((key) => new RegExp(`^(?:\\w+\\.)?${key}\\b`).test(message));
      if (culprit === undefined) throw error;
      delete wishes[culprit];
      if (culprit === 'preset' || culprit === 'points') wishes.preset = 'ring';
      refuse(error);
    }
  }
}
