/** What a command can end with; web/cli.js turns each into its exit status. */

/** It failed: status 1. The message is one line for a person. */
export class CommandError extends Error {}

/** It was called wrongly: status 2. */
export class UsageError extends Error {}

/** Ctrl-C: status 130. The message says what has become of the work. */
export class InterruptedError extends Error {}

const reasons = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file would be larger than is allowed'],
]);

/**
 * A system call's error in words.
 * @param {unknown} error
 * @returns {string | undefined} undefined for what is none
 */
export function reasonOf(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  return reasons.get(code) ?? message;
}
