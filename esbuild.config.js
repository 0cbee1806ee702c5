/**
 * Makes the artefacts in build/ from web/ and the compiled core:
 *
 *     two-layer.js        the element, an ES module
 *     two-layer.iife.js   the element, a classic script
 *     headless.js         the engine alone, an ES module for Node, a page or a worker
 *     headless/           what headless.js imports, at once (chunk.js) and when it is asked for (rest.js)
 *     cli.js, serve.js    the command, for Node
 *     index.html          the page, which loads two-layer.js
 *     playground.html     the page with everything in it, for a double click or an iframe
 *
 * `make build` calls it; it takes no arguments.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('./', import.meta.url);

/** esbuild leaves templates as they are: here style sheets lose their white space, and markup its indentation. */
const tightTemplates = {
  name: 'tight-templates',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /\/web\/playground\/.*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll(/\bcss`[^`]*`/g, (sheet) =>
          sheet
            .replaceAll(/\/\*.*?\*\//gs, '')
            .replaceAll(/\s+/g, ' ')
            .replaceAll(/ ?([{};,>]) ?/g, '$1')
            .replaceAll(': ', ':'),
        )
        .replaceAll(/\n\s+/g, '\n');
      return { contents, loader: 'js' };
    });
  },
};

/**
 * @param {string} entry
 * @param {import('esbuild').Format} format
 * @param {import('esbuild').Charset} charset a classic script is read in that of its page
 * @returns {Promise<string>} one script without imports
 */
async function bundle(entry, format, charset) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: [entry],
    // First in the script: in its midst the core's text would part what is alike by more than gzip looks back.
    inject: ['build/two-layer-wasm.js'],
    bundle: true,
    write: false,
    format,
    minify: true,
    charset,
    target: ['es2022', 'safari16.4'],
    legalComments: 'eof', // the notice that lit's licence asks to keep
    tsconfigRaw: '{}', // not the one of a folder above
    plugins: [tightTemplates],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/**
 * The engine in parts: programs that train on data of their own never load the rest.
 *
 * @returns {Promise<Record<string, string>>} file name to text
 */
async function bundleEngine() {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: { headless: 'web/engine/index.js' },
    bundle: true,
    write: false,
    format: 'esm',
    splitting: true,
    outdir: 'build',
    chunkNames: 'headless/[name]',
    minify: true,
    charset: 'utf8',
    target: ['es2022', 'safari16.4'],
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  return Object.fromEntries(
    outputFiles.map(({ path, text }) => [relative(fileURLToPath(new URL('build/', root)), path), text]),
  );
}

/** The command stands beside headless.js and serve.js, and imports them from there. */
const besideTheCommand = {
  name: 'beside-the-command',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\/index\.js$/ }, () => ({ path: './headless.js', external: true }));
    onResolve({ filter: /^\.\.\/serve\.js$/ }, () => ({ path: './serve.js', external: true }));
  },
};

/**
 * @param {string} entry
 * @param {string} [notice] of a library in it that asks for one
 * @returns {Promise<string>} a script for Node, with the libraries it uses
 */
async function bundleForNode(entry, notice) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: ['node20'],
    charset: 'utf8',
    footer: notice === undefined ? undefined : { js: notice },
    tsconfigRaw: '{}',
    plugins: [besideTheCommand],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** @param {string} name of a library */
async function noticeOf(name) {
  const folder = new URL(`node_modules/${name}/`, root);
  const { version } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
  return `/*! ${name} ${version}\n\n${await readFile(new URL('LICENSE', folder), 'utf8')}*/`;
}

/**
 * Replaces what occurs exactly once.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} replacement taken as it is, `$` included
 * @throws {Error} when the pattern is not there, or twice
 */
function replaceOnce(text, pattern, replacement) {
  const count = text.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (count !== 1) throw new Error(`expected ${pattern} once, found it ${count} times in ${text.slice(0, 60)}…`);
  return text.replace(pattern, () => replacement);
}

/** @param {string} html */
const withoutComments = (html) => html.replaceAll(/<!--[\s\S]*?-->\s*/g, '').replaceAll(/^\s+/gm, '');

/**
 * The page with the script in it: a classic one, as modules do not run from file://, and at the end of the
 * body, as it runs at once.
 *
 * @param {string} page
 * @param {string} script
 */
function inline(page, script) {
  // esbuild writes `<\/script` in strings already. Either of these would end the element, or keep it open.
  const unsafe = script.match(/<\/script|<!--/i);
  if (unsafe) throw new Error(`the bundle has ${unsafe[0]} in it, which cannot stand inside <script>`);
  const withoutModule = replaceOnce(page, /<script type="module" src="(?:\.\/)?two-layer\.js"><\/script>\s*/, '');
  return replaceOnce(withoutModule, /<\/body>/, `<script>${script}</script>\n</body>`);
}

const [element, classic, inlined, engine, command, server, page] = await Promise.all([
  bundle('web/playground/define.js', 'esm', 'utf8'),
  bundle('web/playground/define.js', 'iife', 'ascii'),
  bundle('web/playground/define.js', 'iife', 'utf8'),
  bundleEngine(),
  noticeOf('d3-dsv').then((notice) => bundleForNode('web/cli.js', notice)),
  bundleForNode('web/serve.js'),
  readFile(new URL('web/index.html', root), 'utf8').then(withoutComments),
]);

const artefacts = {
  'two-layer.js': element,
  'two-layer.iife.js': classic,
  ...engine,
  'cli.js': command,
  'serve.js': server,
  'index.html': page,
  'playground.html': inline(page, inlined),
};

await mkdir(new URL('build/headless/', root), { recursive: true });
for (const [name, text] of Object.entries(artefacts)) await writeFile(new URL(`build/${name}`, root), text);
