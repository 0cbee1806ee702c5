/** The package that npm makes: what is in it, how it installs, what TypeScript and Node see of it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { installPackage, run } from './helpers/packed.js';

const root = new URL('../', import.meta.url);
const { project, archive, files } = await installPackage();
const installed = join(project, 'node_modules/two-layer');
const paths = files.map(({ path }) => path);

/**
 * A file of the package, what it imports, and what that imports.
 * @param {string} path
 * @param {RegExp} imports with a path as their group
 * @param {Set<string>} [found]
 */
async function closure(path, imports, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  const text = await readFile(join(installed, path), 'utf8');
  for (const [, next] of text.matchAll(imports)) {
    const file = join(path, '..', next);
    await closure(path.endsWith('.d.ts') ? file.replace(/\.js$/, '.d.ts') : file, imports, found);
  }
  return found;
}

const codeImport = /(?:from|import\()\s*"(\.[^"]+)"/g;
const typeImport = /(?:from |import\()'(\.[^']+\.js)'/g;

test('holds what is needed, and nothing else', async () => {
  const types = await closure('build/types/web/engine/index.d.ts', typeImport);
  const engine = await closure('build/headless.js', codeImport);
  assert.equal(engine.size, 4);
  assert.deepEqual(
    paths.filter((path) => !types.has(path) && !engine.has(path)).sort(),
    [
      ...['LICENSE', 'README.md', 'package.json', 'web/element.d.ts', 'web/engine/README.md'],
      ...['build/cli.js', 'build/serve.js', 'build/index.html', 'build/playground.html'],
      ...['build/two-layer.js', 'build/two-layer.iife.js', 'build/two-layer.wasm'],
    ].sort(),
  );
  for (const path of [...types, ...engine]) assert.ok(paths.includes(path), path);
});

test('names no place of the machine that made it', async () => {
  const here = fileURLToPath(root);
  for (const path of paths) {
    const bytes = await readFile(join(installed, path));
    assert.equal(bytes.includes(here), false, path);
  }
});

test('installs into an empty project, without a network, and brings nothing along', async () => {
  assert.deepEqual(
    (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.')),
    ['two-layer'],
  );
  const program = `
    import { createNetwork, preset } from 'two-layer';
    import 'two-layer/element';
    const { X, y } = await preset('xor', { n: 40 });
    const net = await createNetwork({ hidden: 4 });
    net.train(X, y, { steps: 1000 });
    console.log(net.hash());`;
  const { status, stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', program], project);
  assert.deepEqual([status, stderr], [0, '']);
  const { createNetwork, preset } = await import('../web/engine/index.js');
  const { X, y } = await preset('xor', { n: 40 });
  const net = await createNetwork({ hidden: 4 });
  net.train(X, y, { steps: 1000 });
  assert.equal(stdout, `${net.hash()}\n`, 'the bits of the source');
});

test('its command runs by npx, and serves the pages that came with it', async () => {
  const help = await run('npx', ['two-layer', '--help'], project);
  assert.deepEqual([help.status, help.stderr], [0, '']);
  assert.match(help.stdout, /^Usage: two-layer COMMAND/);
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  assert.equal((await run('npx', ['two-layer', '--version'], project)).stdout, `${version}\n`);
  const command = join(project, 'node_modules/.bin/two-layer');
  const child = spawn(command, ['serve', '--port', '0'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const address = String(line).match(/http:\S+/)?.[0] ?? '';
  for (const name of ['', 'playground.html', 'two-layer.js']) {
    const { status } = await fetch(new URL(name, address));
    assert.equal(status, 200, name);
  }
  child.kill('SIGINT');
  await once(child, 'exit');
});

test('publint finds nothing', async () => {
  const data = await readFile(archive);
  const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  const { messages } = await publint({ pack: { tarball }, strict: true });
  assert.deepEqual(messages, []);
});

test('arethetypeswrong finds nothing but that this is an ES module', async () => {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(archive))));
  assert.ok(result.types !== false && 'entrypoints' in result);
  assert.deepEqual(Object.keys(result.entrypoints), ['.', './element', './package.json']);
  // As its own profile "esm-only" has it: neither CommonJS nor the resolution from before `exports`.
  const modern = result.problems.filter(
    (problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
  );
  assert.deepEqual(modern, []);
  assert.deepEqual([...new Set(result.problems.map(({ kind }) => kind))].sort(), ['CJSResolvesToESM', 'NoResolution']);
});

for (const [module, moduleResolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
]) {
  test(`TypeScript knows its types, and what is wrong (${moduleResolution})`, async () => {
    await copyFile(new URL('types/consumer.ts', import.meta.url), join(project, 'consumer.ts'));
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom'] },
      ...{ strict: true, noEmit: true, skipLibCheck: false, types: [], exactOptionalPropertyTypes: true },
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const tsc = fileURLToPath(new URL('node_modules/.bin/tsc', root));
    const { status, stdout } = await run(tsc, ['-p', '.'], project);
    assert.deepEqual([stdout, status], ['', 0]);
  });
}

test('what a program loads is at most 25 kB with its wasm, gzipped', async () => {
  const rest = 'build/headless/rest.js'; // presets, sessions, marking: loaded when they are asked for
  const loaded = [...(await closure('build/headless.js', codeImport))].filter((path) => path !== rest);
  assert.equal(loaded.length, 3);
  let size = 0;
  for (const path of loaded) size += gzipSync(await readFile(join(installed, path)), { level: 9 }).length;
  assert.ok(size <= 25_000, `${size} bytes`);

  // A program that trains on data of its own runs without the rest.
  const parts = join(project, 'parts');
  await cp(join(installed, 'build'), parts, { recursive: true });
  await rm(join(parts, 'headless/rest.js'));
  const program = `
    import { createNetwork } from './parts/headless.js';
    const net = await createNetwork();
    net.train([[0, 1]], [1]);
    await net.fit([[0, 1]], [1], { validationData: [[[0, 1]], [1]] });
    console.log(net.evaluate([[0, 1]], [1]).accuracy, net.summary().length, JSON.stringify(net).length > 0);
    await (await import('./parts/headless.js')).preset('ring').catch(({ code }) => console.log(code));`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', program], project);
  assert.match(stdout, /^1 \d+ true\nERR_MODULE_NOT_FOUND\n$/, stderr);
});
