/** What a flag on the chart says, in as few signs as will do: "+14 ■", "α 1→3". */

import { formatNumber } from './numbers.js';
import { strings } from './strings.js';

/** The classes' marks in a line of text. */
export const signs = Object.freeze(['●', '■', '▲', '✚']);

/** @param {unknown} value */
function shown(value) {
  if (typeof value === 'number') return formatNumber(value, 6);
  if (Array.isArray(value)) return String(value.length);
  return value === null ? '' : String(value);
}

/** @param {import('../engine/session.js').Flag} flag @returns {string} */
export function flagText(flag) {
  switch (flag.kind) {
    case 'points': {
      const parts = [];
      for (const [k, count] of flag.added.entries()) if (count > 0) parts.push(`+${count} ${signs[k]}`);
      for (const [k, count] of flag.erased.entries()) if (count > 0) parts.push(`\u2212${count} ${signs[k]}`);
      if (flag.moved > 0) parts.push(strings.flagMoved);
      if (flag.relabelled > 0) parts.push(strings.flagRelabelled);
      return parts.slice(0, 2).join(' ');
    }
    case 'data':
      return strings.presets[flag.preset] ?? flag.preset;
    case 'hidden':
      return `${strings.flagHidden} ${flag.from}→${flag.to}`;
    case 'setting':
      return flag.changes
        .map(({ name, from, to }) => `${strings.flagSettings[name] ?? name} ${shown(from)}→${shown(to)}`)
        .join(' ');
    case 'note':
      if (flag.note === 'undo' || flag.note === 'redo') return strings[flag.note];
      return 'parameter' in flag ? flag.parameter : '';
    default:
      return '';
  }
}

/** What happened in a session, made anew only when something has. */
export class Happened {
  /** @type {import('../engine/session.js').Session | undefined} */
  #session;
  #key = '';
  /** @type {readonly import('../engine/session.js').Flag[]} */
  #flags = [];

  /** @param {import('../engine/session.js').Session | undefined} session */
  in(session) {
    if (session === undefined) return [];
    const key = `${session.pointsVersion} ${session.settingsVersion} ${session.startStep} ${session.canUndo} ${session.canRedo}`;
    if (session !== this.#session || key !== this.#key) {
      this.#session = session;
      this.#key = key;
      this.#flags = session.flags;
    }
    return this.#flags;
  }
}
