/** What README.md and web/engine/README.md say is so: their examples run, their tables are the code's. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as engine from '../web/engine/index.js';
import { editKinds } from '../web/engine/session/events.js';
import { trainingOptions } from '../web/engine/training-options.js';
import { options as elementOptions } from '../web/playground/options.js';
import { installPackage, run } from './helpers/packed.js';
import { penguinsTable } from './helpers/penguins-table.js';

const root = new URL('../', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), 'utf8');

const pages = ['README.md', 'web/engine/README.md'].map((path) => ({ path, text: read(path) }));
const page = pages[1].text;

/** @typedef {{ language: string, text: string, line: number }} Block */

/**
 * The fenced blocks of a page.
 * @param {string} text
 * @returns {Block[]} line: of the file, where the block begins
 */
const blocksOf = (text) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ 1: language, 2: block, index }) => ({
    language,
    text: block,
    line: text.slice(0, index).split('\n').length + 1,
  }));

/** What a block says that it prints: what follows each arrow, a line each. @param {string} block */
const promised = (block) => [...block.matchAll(/\/\/ → (.*)$/gm)].map(([, text]) => `${text}\n`).join('');

/** … stands for anything within a line. @param {string} text */
const pattern = (text) => new RegExp(`^${text.split('…').map(escapePattern).join('.*')}$`);

/** @param {string} text */
function escapePattern(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

const { project } = await installPackage();
await writeFile(join(project, 'penguins.csv'), penguinsTable());
await copyFile(new URL('build/two-layer.wasm', root), join(project, 'two-layer.wasm'));

for (const { path, text } of pages) {
  const blocks = blocksOf(text);

  test(`the examples of ${path} print what they say`, async (t) => {
    const shell = blocks.filter(({ language }) => language === 'sh').map((block) => block.text);
    for (const [k, { language, text: block, line }] of blocks.entries()) {
      const where = `line ${line}`;
      if (language === 'js') {
        const [, name] = /^\/\/ (\S+\.js)\n/.exec(block) ?? [];
        const file = name ?? `line-${line}.js`;
        await writeFile(join(project, file), block);
        if (name !== undefined) assert.ok(shell.join().includes(`node ${name}`), `${where}: nothing runs ${name}`);
        else {
          await t.test(where, async () => {
            const { status, stdout, stderr } = await run(process.execPath, [file], project);
            assert.deepEqual([status, stderr], [0, '']);
            assert.notEqual(stdout, '', 'an example that shows nothing proves nothing');
            assert.match(stdout, pattern(promised(block)));
          });
        }
      } else if (language === 'sh') {
        const next = blocks[k + 1];
        assert.equal(next?.language, 'text', `${where}: what a command prints stands below it`);
        await t.test(where, async () => {
          const { status, stdout } = await run('bash', ['-c', `exec 2>&1\n${block}`], project);
          assert.match(stdout, pattern(next.text));
          assert.equal(status, 0);
        });
      } else assert.ok(['html', 'text'].includes(language), `${where}: nothing tests a block of ${language}`);
    }
  });

  test(`what ${path} leads to is there`, () => {
    const folder = new URL(path, root);
    for (const [, link] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(new URL(link, folder)), link);
    }
  });
}

test('the markup of README.md has attributes that the element has, and files that are built', () => {
  const known = new Set(elementOptions.map(({ attribute }) => attribute));
  const tags = blocksOf(pages[0].text)
    .filter(({ language }) => language === 'html')
    .flatMap(({ text }) => [...text.matchAll(/<([a-z-]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)])
    .map(([, name, attributes]) => ({
      name,
      attributes: new Map([...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key, value])),
    }));
  assert.deepEqual(
    tags.map(({ name }) => name),
    ['script', 'two-layer', 'iframe'],
  );
  for (const { name, attributes } of tags) {
    const src = attributes.get('src');
    if (src !== undefined) assert.ok(existsSync(new URL(`build/${src}`, root)), src);
    if (name !== 'two-layer') continue;
    assert.ok(attributes.size > 0);
    for (const attribute of attributes.keys()) assert.ok(known.has(attribute), attribute);
  }
  const { attributes: frame } = tags[2];
  assert.equal(frame.get('sandbox'), 'allow-scripts allow-downloads');
  assert.equal(frame.get('allow'), 'fullscreen; clipboard-write');
});

test('the commands of README.md are targets of the Makefile', () => {
  const targets = [...pages[0].text.matchAll(/(?<=^ {4}|`)make ([a-z-]+)/gm)].map(([, target]) => target);
  assert.ok(targets.length >= 5, `${targets}`);
  const makefile = read('Makefile');
  for (const target of targets) assert.match(makefile, new RegExp(`^${target}:`, 'm'));
});

/** Every word that the page shows as code. */
const words = new Set(
  [...page.matchAll(/`[^`\n]+`|^ {4}.+$/gm)].flatMap(([code]) => code.match(/[A-Za-z_]\w*/g) ?? []),
);

/** The typedefs that index.js hands on, and where each is declared. */
const types = [...read('web/engine/index.js').matchAll(/@typedef \{import\('\.\/(.+)'\)\.\w+\} (\w+)/g)].map(
  ([, file, name]) => ({ file, name }),
);

/** @param {object} object @returns {string[]} its public names, inherited ones too */
function membersOf(object) {
  const prototype = Object.getPrototypeOf(object);
  const inherited = prototype === Object.prototype || prototype === Error.prototype ? [] : membersOf(prototype);
  const own = Object.getOwnPropertyNames(object).filter((name) => name !== 'constructor');
  return [...new Set([...own, ...inherited])];
}

const network = await engine.createNetwork();
const session = await engine.openSession();
const classes = [network, session, new engine.CoreUnavailableError('missing', '')];

test('the page names all that is public', () => {
  const missing = [...Object.keys(engine), ...types.map(({ name }) => name), ...classes.flatMap(membersOf)]
    .filter((name) => !['name', 'message', 'stack'].includes(name))
    .filter((name) => !words.has(name));
  assert.deepEqual(missing, []);
});

test('the page names every option, and every field of what is given back', () => {
  for (const [file, name] of [
    ['network.js', 'NetworkArguments'],
    ['training-options.js', 'TrainingArguments'],
    ['fit.js', 'FitOnly'],
    ['fit.js', 'EpochLogs'],
    ['fit.js', 'History'],
    ['presets.js', 'PresetData'],
    ['session/log.js', 'SessionArguments'],
    ['session/settings.js', 'Settings'],
    ['verify.js', 'Verdict'],
  ]) {
    const [, body] =
      new RegExp(`@typedef \\{object\\} ${name}\\b([\\s\\S]*?)\\*/`).exec(read(`web/engine/${file}`)) ?? [];
    const properties = [...(body ?? '').matchAll(/@property \{.*\} \[?(\w+)/g)].map(([, property]) => property);
    assert.ok(properties.length > 1, `${name} in ${file}`);
    for (const property of properties) assert.ok(words.has(property), `${name}.${property}`);
  }
});

test('the page shows every kind of edit', () => {
  for (const kind of editKinds) assert.match(page, new RegExp(`\\bedit\\(\\{ ${kind}: |\\b${kind}\\(\\)`), kind);
});

test("the page's defaults are the code's", () => {
  /** @type {Record<string, unknown>} */
  const defaults = { ...trainingOptions({}), batchSize: 'all' };
  for (const name of /** @type {const} */ (['hidden', 'inputs', 'classes', 'activation', 'init', 'seed', 'features'])) {
    defaults[name] = network[name];
  }
  const shown = new Map();
  for (const [, names, value] of page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| .* \| ([^|]+) \|$/gm)) {
    const values = value.split(';')[0].split(', ');
    for (const [k, [, name]] of [...names.matchAll(/`(\w+)`/g)].entries()) {
      if (name in defaults) shown.set(name, JSON.parse(values[k].replaceAll('`', '').replaceAll("'", '"')));
    }
  }
  assert.deepEqual(Object.fromEntries([...shown].sort()), Object.fromEntries(Object.entries(defaults).sort()));
  assert.equal(trainingOptions({ optimizer: 'adam' }).learningRate, 0.01);
});

test('the presets of the page are those that there are', () => {
  const [, list] = /`presetNames`[^;]*? are ([^.]+)\./.exec(page.replaceAll('\n', ' ')) ?? [];
  assert.deepEqual(
    (list ?? '').replace('and the real data ', '').replace(' and ', ', ').split(', '),
    engine.presetNames,
  );
});

/**
 * The public declarations of a module's source, each with the docstring before it.
 * @param {string} file
 * @param {RegExp} declaration with the groups name and, for a function, parameters
 */
function declarationsOf(file, declaration) {
  const docstring = /(?:(?<comment>\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\s*)?/;
  return [...read(`web/engine/${file}`).matchAll(new RegExp(docstring.source + declaration.source, 'gm'))].map(
    ({ groups }) => ({
      name: groups?.name ?? '',
      comment: groups?.comment ?? '',
      parameters: groups?.parameters ?? '',
    }),
  );
}

test('every public name has a docstring: what it takes, what it gives, and what it throws', () => {
  const exported = /^export (?:async )?function (?<name>\w+)\((?<parameters>.*)\) \{$/;
  const member =
    /^ {2}(?!(?:constructor|set) ?\()(?:async |get )?(?<name>[a-z]\w*)(?:\((?<parameters>.*)\) \{| = .*;|;)$/;
  const functions = [...declarationsOf('on-demand.js', exported), ...declarationsOf('network.js', exported)].filter(
    ({ name }) => name in engine,
  );
  assert.equal(functions.length, 5);
  const members = ['network-view.js', 'network.js', 'session.js'].flatMap((file) => declarationsOf(file, member));
  const found = new Set(members.map(({ name }) => name));
  for (const name of [network, session].flatMap(membersOf)) assert.ok(found.has(name), `${name} is not found`);
  for (const { name, comment, parameters } of [...functions, ...members.filter(({ name }) => words.has(name))]) {
    assert.match(comment.replaceAll(/@\w+ \{.*?\}(?= |$)/gm, ''), /\w{3}|\w_\w/, `${name} has no docstring`);
    if (parameters === '') continue;
    for (const parameter of parameters.split(', ').map((text) => text.split(' = ')[0])) {
      assert.match(comment, new RegExp(`@param \\{.*\\} \\[?${parameter}\\b`), `${name}: @param ${parameter}`);
    }
    if (!['setWeights', 'paint'].includes(name)) assert.match(comment, /@returns \{/, `${name}: @returns`);
    assert.match(comment, /@throws \{|not checked/, `${name}: @throws`);
  }
});
