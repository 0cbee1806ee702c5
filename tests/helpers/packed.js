/** The package as npm makes it, in an empty project: once a test file. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A registry where nothing answers, so that nothing can come from outside. */
export const offline = Object.freeze({
  ...process.env,
  npm_config_offline: 'true',
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_loglevel: 'error',
});

/** @typedef {{ path: string, size: number, mode: number }} PackedFile */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export function run(command, args, cwd) {
  return new Promise((done) => {
    const child = execFile(command, args, { cwd, env: offline, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/**
 * Packs what is built, and installs the archive in a project that has nothing else. All of it is gone when the
 * file's tests have ended.
 *
 * @returns {Promise<{ project: string, archive: string, files: PackedFile[], size: number }>} project: the folder;
 *   size: of the archive, in bytes
 */
export async function installPackage() {
  const folder = await mkdtemp(join(tmpdir(), 'two-layer-project-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root);
  if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr}`);
  const [{ filename, files, size }] = JSON.parse(packed.stdout);
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
  const archive = join(folder, filename);
  const installed = await run('npm', ['install', '--ignore-scripts', archive], folder);
  if (installed.status !== 0) throw new Error(`npm install: ${installed.stderr}`);
  return { project: folder, archive, files, size };
}
