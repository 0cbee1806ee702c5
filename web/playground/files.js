/** Files to and from the person's disk: tables of points, and whole runs. */

import { looksLikeLink } from '../engine/session/link.js';

/**
 * Saves a text as a file. A sandboxed frame swallows downloads without a word: the caller shows the text, too.
 *
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function saveFile(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Whether a text is a saved run or a link to one, so that opening it makes sense. What is damaged inside is for the session
 * to drop and name.
 *
 * @param {string} text
 */
export function isSession(text) {
  if (!text.trimStart().startsWith('{')) return !/\s/.test(text.trim()) && looksLikeLink(text.trim());
  try {
    const found = JSON.parse(text);
    return found.format !== undefined && (found.options !== undefined || found.events !== undefined);
  } catch {
    return false; // cut off, or no JSON at all
  }
}

/** Whether a text means to be a saved run, be it ever so damaged: no table begins so. @param {string} text */
export const looksLikeSession = (text) => text.trimStart().startsWith('{') || isSession(text);
