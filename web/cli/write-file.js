/** Writes a file whole or not at all: beside it first, then in its place. */
import { access, constants, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, reasonOf } from './errors.js';

/**
 * @param {string} path
 * @param {string} text
 * @throws {CommandError} where it cannot be written; what was there is as it was
 */
export async function writeWhole(path, text) {
  try {
    const target = await realpath(path).catch(() => path); // a link stays, and what it leads to is replaced
    const before = await stat(target).catch(() => undefined);
    // Putting another in its place needs the folder's permission alone; its owner meant it to stay.
    if (before !== undefined) await access(target, constants.W_OK);
    if (before !== undefined && !before.isFile())
      await writeFile(target, text); // a device or a pipe
    else await replace(target, text, before?.mode);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Whether the file could be written, asked before long work.
 * @param {string} path
 * @throws {CommandError}
 */
export async function checkWritable(path) {
  try {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (found !== undefined) await access(path, constants.W_OK);
    await access(dirname(await realpath(path).catch(() => path)), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * @param {string} target
 * @param {string} text
 * @param {number | undefined} mode
 */
async function replace(target, text, mode) {
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** @param {string} path @param {unknown} error */
function unwritable(path, error) {
  const reason = reasonOf(error);
  return reason === undefined ? error : new CommandError(`${path} cannot be written: ${reason}; nothing was changed`);
}
