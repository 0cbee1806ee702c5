import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../web/serve.js';

/**
 * A folder `site` with an index, and a secret beside it; both gone after the test.
 *
 * @param {import('node:test').TestContext} context
 */
async function makeFolder(context) {
  const folder = await mkdtemp(join(tmpdir(), 'two-layer-serve-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const site = join(folder, 'site');
  await mkdir(join(site, 'deep'), { recursive: true });
  await writeFile(join(site, 'index.html'), '<p>index');
  await writeFile(join(site, 'module.js'), 'export {}');
  await writeFile(join(site, 'core.wasm'), 'wasm');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(site, 'link.txt'));
  return site;
}

/**
 * The path as it stands: fetch would resolve the dots itself.
 *
 * @param {string} url
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number | undefined, type: string | undefined, body: string }>}
 */
async function ask(url, path, method = 'GET') {
  const { port } = new URL(url);
  const asked = request({ host: '127.0.0.1', port, path, method }).end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const part of response) body += part;
  return { status: response.statusCode, type: response.headers['content-type'], body };
}

test('serves files with their types, and index.html for a folder', async (context) => {
  const { url, close } = await serve({ root: await makeFolder(context), port: 0 });
  context.after(close);
  assert.deepEqual(await ask(url, '/'), { status: 200, type: 'text/html; charset=utf-8', body: '<p>index' });
  assert.equal((await ask(url, '/module.js?v=1')).type, 'text/javascript; charset=utf-8');
  assert.equal((await ask(url, '/core.wasm')).type, 'application/wasm');
  assert.deepEqual(await ask(url, '/module.js', 'HEAD'), {
    status: 200,
    type: 'text/javascript; charset=utf-8',
    body: '',
  });
  assert.equal((await ask(url, '/module.js', 'POST')).status, 405);
});

test('gives nothing from outside its folder', async (context) => {
  const { url, close } = await serve({ root: await makeFolder(context), port: 0 });
  context.after(close);
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/deep/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '//etc/passwd',
    '/%00',
    '/%',
    '/deep',
    '/deep/',
    '/absent.txt',
  ]) {
    assert.equal((await ask(url, path)).status, 404, path);
  }
});

test('takes the next free port, and rejects what is no port', async (context) => {
  const root = await makeFolder(context);
  const first = await serve({ root, port: 0 });
  context.after(first.close);
  const port = Number(new URL(first.url).port);
  const second = await serve({ root, port });
  context.after(second.close);
  assert.ok(Number(new URL(second.url).port) > port);
  await assert.rejects(serve({ root, port: 70000 }), { name: 'RangeError', message: /70000/ });
});

test('as a command prints its address, and an interrupt ends it with status 0', async (context) => {
  const root = await makeFolder(context);
  const program = fileURLToPath(new URL('../web/serve.js', import.meta.url));
  const child = spawn(process.execPath, [program, root, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  context.after(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const url = String(line).match(/http:\S+/)?.[0] ?? '';
  // A connection that is kept alive must not hold it up.
  assert.equal(await (await fetch(url)).text(), '<p>index');
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
