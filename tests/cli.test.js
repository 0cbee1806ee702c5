/** The command as a person or a program meets it: a process with its streams and its exit status. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createNetwork, networkFromJSON, openSession, preset } from '../web/engine/index.js';
import { options as elementOptions } from '../web/playground/options.js';
import { penguinsTable } from './helpers/penguins-table.js';

const program = fileURLToPath(new URL('../web/cli.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'two-layer-cli-'));
after(() => rm(folder, { recursive: true, force: true }));

/** @typedef {{ status: number | null, stdout: string, stderr: string }} Outcome */

/**
 * @param {string[]} args
 * @param {string | Buffer} [input]
 * @returns {Promise<Outcome>}
 */
function run(args, input = '') {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, maxBuffer: 1e8 },
      (error, stdout, stderr) => done({ status: error === null ? 0 : /** @type {any} */ (error).code, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/**
 * @param {string} name
 * @param {string | Buffer} content
 */
async function file(name, content) {
  await writeFile(join(folder, name), content);
  return name;
}

/** Two clouds apart from each other, as rows of text. @param {(x1: number, x2: number, label: number) => string} row */
const clouds = (row) =>
  Array.from({ length: 20 }, (_, i) => row((i % 2 ? 2 : -2) + (i % 5) / 4, (i % 3) / 2, i % 2)).join('');

test('learns the penguins, says what became of rows with gaps, and predicts by the file it wrote', async () => {
  const path = await file('penguins.csv', penguinsTable());
  const trained = await run(['train', path, '--hidden', '8', '--out', 'penguins.json', '--json']);
  assert.equal(trained.status, 0, trained.stderr);
  const result = JSON.parse(trained.stdout);
  assert.ok(result.accuracy >= 0.95, `accuracy ${result.accuracy}`);
  assert.deepEqual([result.examples, result.gaps, result.badRows], [342, 2, 0]);
  assert.deepEqual(result.y, { name: 'species', classes: ['Adelie', 'Chinstrap', 'Gentoo'] });
  assert.match(
    trained.stderr,
    /left out 2 rows with gaps: line 5 \(no bill_length_mm\), line 345 \(no bill_length_mm\)/,
  );

  const predicted = await run(['predict', 'penguins.json', path]);
  const lines = predicted.stdout.trim().split('\n');
  assert.equal(lines[0], 'line,species,p(Adelie),p(Chinstrap),p(Gentoo)');
  assert.match(lines[1], /^2,Adelie,0\.9\d+,0\.\d+,0\.\d+$/);
  assert.equal(lines[4], '5,,,,');
  assert.equal(lines.length, 345);
  assert.match(predicted.stderr, new RegExp(`species found in ${Math.round(result.accuracy * 342)} of 342 rows`));

  // The scaling that was saved is the mean and deviation of the columns, and the network that of the engine.
  const { x, network } = JSON.parse(await readFile(join(folder, 'penguins.json'), 'utf8'));
  const net = await networkFromJSON(network);
  assert.equal(net.hash(), result.hash);
  const p = net.predict([[(39.1 - x[0].shift) * x[0].factor, (18.7 - x[1].shift) * x[1].factor]]);
  assert.equal(Number(lines[1].split(',')[2]), Number(p[0].toFixed(6)));
});

test('a preset leaves the bits that the engine and a session leave', async () => {
  const { stdout } = await run([
    'train',
    '--preset',
    'ring',
    '--hidden',
    '3',
    '--steps',
    '200',
    '--seed',
    '5',
    '--json',
  ]);
  const net = await createNetwork({ hidden: 3, seed: 5 });
  const { X, y } = await preset('ring', { seed: 5 });
  net.train(X, y, { steps: 200 });
  assert.equal(JSON.parse(stdout).hash, net.hash());
  const session = await openSession({ preset: 'ring', hidden: 3, seed: 5 });
  session.train(200);
  assert.equal(session.hash(), net.hash());
});

test('hands every option on to the engine', async () => {
  const path = await file('three.csv', 'a,b,c\n0,1,2\n1,0,1\n1,1,0\n');
  const options = ['--scale', 'none', '--hidden', '5', '--activation', 'tanh', '--init', 'he-uniform', '--seed', '9'];
  const training = ['--optimizer', 'adam', '--beta1', '0.8', '--beta2', '0.9', '--epsilon', '1e-3', '--learning-rate'];
  const more = ['0.1', '--batch-size', '2', '--no-shuffle', '--l1', '0.01', '--l2', '0.02', '--features', 'x1-x2'];
  const { stdout, stderr } = await run(['train', path, ...options, ...training, ...more, '--steps', '7', '--json']);
  const net = await createNetwork({
    hidden: 5,
    classes: 3,
    activation: 'tanh',
    init: 'he-uniform',
    seed: 9,
    features: ['x1-x2'],
  });
  const X = [
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  net.train(X, [2, 1, 0], {
    optimizer: 'adam',
    beta1: 0.8,
    beta2: 0.9,
    epsilon: 1e-3,
    learningRate: 0.1,
    batchSize: 2,
    shuffle: false,
    l1: 0.01,
    l2: 0.02,
    steps: 7,
  });
  assert.equal(JSON.parse(stdout).hash, net.hash(), stderr);
});

test('reads tables as files have them', async () => {
  const point = clouds((a, b, c) => `${a},${b},${c ? 'yes' : 'no'}\n`);
  const { hash } = JSON.parse((await run(['train', await file('plain.csv', `a,b,c\n${point}`), '--json'])).stdout);
  const comma = (/** @type {number} */ value) => String(value).replace('.', ',');
  /** @type {[string, string | Buffer, string[]][]} */
  const table = [
    ['no header', point, []],
    ['quotes', `"a","b","c"\n${clouds((a, b, c) => `"${a}","${b}","${c ? 'yes' : 'no'}"\n`)}`, []],
    ['CRLF and a mark of byte order', `\uFEFFa,b,c\r\n${point.replaceAll('\n', '\r\n')}`, []],
    ['CR alone', `a,b,c\r${point.replaceAll('\n', '\r')}`, []],
    ['no last line end, empty lines', `a,b,c\n\n${point.replaceAll('\n', '\n\n').trim()}`, []],
    [
      'semicolons, decimal commas',
      `a;b;c\n${clouds((a, b, c) => `${comma(a)};${comma(b)};${c ? 'yes' : 'no'}\n`)}`,
      [],
    ],
    ['decimal commas, no header', clouds((a, b, c) => `${comma(a)};${comma(b)};${c ? 'yes' : 'no'}\n`), []],
    [
      'decimal commas within quotes',
      `a,b,c\n${clouds((a, b, c) => `"${comma(a)}","${comma(b)}",${c ? 'yes' : 'no'}\n`)}`,
      [],
    ],
    ['tabs', `a\tb\tc\n${point.replaceAll(',', '\t')}`, []],
    ['UTF-16', Buffer.from(`\uFEFFa\tb\tc\n${point.replaceAll(',', '\t')}`, 'utf16le'), []],
    ['bars', `a|b|c\n${point.replaceAll(',', '|')}`, []],
    ['another delimiter', `a:b:c\n${point.replaceAll(',', ':')}`, ['--delimiter', ':']],
    ['spaces about the cells', `a , b , c\n${point.replaceAll(',', ' , ')}`, []],
    [
      'columns in another order',
      `n,c,b,a\n${clouds((a, b, c) => `"x, ""y""\n",${c ? 'yes' : 'no'},${b},${a}\n`)}`,
      ['--x', 'a,b', '--y', 'c'],
    ],
    ['columns by number', `${clouds((a, b, c) => `${c ? 'yes' : 'no'},${b},${a}\n`)}`, ['--x', '3,2', '--y', '1']],
    ['exponents and a plus', `a,b,c\n${clouds((a, b, c) => `${a}e0,+${b},${c ? 'yes' : 'no'}\n`)}`, []],
    ['a line that names the delimiter', `sep=;\na;b;c\n${point.replaceAll(',', ';')}`, []],
    ['lines that end in a delimiter', `a,b,c,\n${point.replaceAll('\n', ',\n')}`, []],
    ['lines that end in a delimiter, no header', point.replaceAll('\n', ',\n'), []],
    ['lines of delimiters alone', `a,b,c\n,,\n${point},,\n`, []],
    ['rows with gaps', `a,b,c\n?,1,no\n1,NA,yes\n1,2,\n${point}`, []],
    ['bad rows', `a,b,c\n1,2\n1,two,yes\n${point}`, ['--skip-bad-rows']],
  ];
  for (const [what, text, options] of table) {
    const { stdout, stderr, status } = await run(['train', await file('table.csv', text), ...options, '--json']);
    assert.equal(status, 0, `${what}: ${stderr}`);
    assert.equal(JSON.parse(stdout).hash, hash, what);
  }
  const { stdout } = await run(['train', '-', '--json'], point);
  assert.equal(JSON.parse(stdout).hash, hash, 'standard input');
});

test('names what is wrong with a file, by line where there is one, and fails with 1', async () => {
  /** @type {[string, string | Buffer, RegExp, string[]?][]} */
  const table = [
    ['a word among numbers', 'a,b,c\n1,2,x\n1,two,y\n', /t\.csv, line 3: b: 'two' is not a number/],
    ['too few fields', 'a,b,c\n1,2,x\n1,y\n', /t\.csv, line 3: 2 fields, where the header has 3/],
    ['too many fields', '1,2,x\n1,2,3,y\n', /t\.csv, line 2: 4 fields, where the first row has 3/],
    ['the line after a field of two lines', 'a,b,c\n1,2,"x\ny"\n1,z,y\n', /t\.csv, line 4: b: 'z'/],
    ['an open quote', 'a,b,c\n1,2,x\n1,2,"y\n', /t\.csv, line 3: a quote is opened and never closed/],
    ['a long open quote', `a,b,c\n1,2,"${'y\n'.repeat(600_000)}`, /t\.csv, line 2: a quote is opened and never closed/],
    ['a line that never ends', `a,b,c\n${'1,'.repeat(600_000)}`, /t\.csv, line 2: it has more than 1000000 characters/],
    ['a header alone', 'a,b,c\n', /t\.csv: no row follows its header/],
    ['a quote amiss', 'a,b,c\n1,2,"x"y\n1,2,y\n', /t\.csv, line 2: something follows a closing quote/],
    [
      'both decimal signs',
      'a;b;c\n1,5;2;x\n1.5;2;y\n',
      /t\.csv, line 3: a: '1\.5' has a decimal point, but line 2 has a decimal comma/,
    ],
    [
      'a comma that may part thousands',
      'a,b,c\n"1,500",2,x\n1,2,y\n',
      /t\.csv, line 2: a: '1,500' may be 1\.500 or 1500/,
    ],
    [
      'the other decimal sign',
      'a;b;c\n1.5;2;x\n2;2;y\n',
      /line 2: a: '1\.5' has a decimal point, but --decimal comma was given/,
      ['--decimal', 'comma'],
    ],
    ['a number too large', 'a,b,c\n1e999,2,x\n1,2,y\n', /t\.csv, line 2: a: '1e999' is too large/],
    [
      'a number beyond, unscaled',
      'a,b,c\n1,2,x\n2e6,2,y\n',
      /t\.csv, line 3: a: 2000000 is beyond ±1000000/,
      ['--scale', 'none'],
    ],
    ['one class', 'a,b,c\n1,2,x\n1,2,x\n', /t\.csv: c is x in every row/],
    [
      'five classes',
      'a,b,c\n1,2,p\n1,2,q\n1,2,r\n1,2,s\n1,2,t\n',
      /t\.csv: c has 5 classes \(p, q, r, s, t\); a network tells 2 to 4 apart/,
    ],
    ['only gaps', 'a,b,c\n,2,x\nNA,2,y\n', /t\.csv: no row is left to train on/, ['--x', 'a,b']],
    ['nothing', '', /t\.csv: it holds no rows/],
    ['one column', 'a\n1\n2\n', /t\.csv: it has one column only/],
    ['another encoding', Buffer.from('a,b,c\n1,2,caf\xe9\n', 'latin1'), /t\.csv: it is not UTF-8 text/],
    ['no text', Buffer.from('a,b\n1,\0\n'), /t\.csv: it is not a text file/],
  ];
  for (const [what, text, message, options = []] of table) {
    const { status, stderr, stdout } = await run(['train', await file('t.csv', text), ...options]);
    assert.match(stderr, message, what);
    assert.deepEqual([status, stdout], [1, ''], what);
  }
  const absent = await run(['train', 'absent.csv']);
  assert.deepEqual([absent.status, absent.stderr], [1, 'two-layer: absent.csv: there is no such file or folder\n']);
  const isFolder = await run(['train', '.']);
  assert.match(isFolder.stderr, /^two-layer: \.: it is a folder$/m);
});

test("what a table's cells hold cannot move the cursor of a terminal", async () => {
  const table = await file('cursor.csv', 'a,\x1b[2Jb,c\n1,2,x\x1b[1A\n3,4,y\u202e\n');
  const { status, stderr } = await run(['train', table, '--steps', '2']);
  assert.equal(status, 0);
  assert.match(stderr, /^.*: 2 rows; a, �\[2Jb → c\nclasses: x�\[1A \(1\), y� \(1\)\n$/);
});

test('wrong usage names the option and fails with 2', async () => {
  const path = await file('good.csv', 'a,b,c\n1,2,x\n2,1,y\n');
  /** @type {[string[], RegExp][]} */
  const table = [
    [[], /^Usage: two-layer COMMAND/],
    [['fly'], /'fly' is not a command/],
    [['train'], /expected \[FILE\.csv \| --preset NAME\] \[options\]: a file or a preset/],
    [['train', path, '--preset', 'ring'], /a file or a preset/],
    [['train', path, 'other.csv'], /found 'good\.csv' 'other\.csv'/],
    [['train', path, '--hiden', '4'], /Unknown option '--hiden'/],
    [['train', path, '--hidden', 'four'], /--hidden: 'four' is not a number/],
    [['train', path, '--hidden', '0'], /--hidden: 0 is outside 1 … 256/],
    [['train', path, '--steps', '0.5'], /--steps: 0\.5 is not an integer/],
    [['train', path, '--learning-rate=-1'], /--learning-rate: -1 is outside/],
    [['train', path, '--activation', 'step'], /--activation: 'step' is not one of/],
    [['train', path, '--scale', 'log'], /--scale: 'log' is not one of standard, plane, none/],
    [['train', path, '--x', 'd'], /--x: 'd' is not a column of good\.csv; it has a, b, c/],
    [['train', path, '--x', 'a', '--y', 'a'], /--y: a is among the columns of --x/],
    [['train', path, '--x', 'a,b,c'], /--x takes all columns/],
    [['train', path, '--header', '--no-header'], /only one can be so/],
    [['train', path, '--delimiter', 'ab'], /--delimiter: 'ab' is not one character/],
    [['train', path, '--first', '20001'], /--first: 20001 is not an integer from 1 to 20000/],
    [['train', path, '--noise', '1'], /--noise is a preset's option/],
    [['train', '--preset', 'ring', '--y', 'c'], /--y is a file's option/],
    [['train', '--preset', 'circle'], /--preset: 'circle' is not one of gaussians/],
    [['train', '--preset', 'ring', '--n', '0'], /--n: 0 is outside/],
    [['predict', path], /expected NET\.json FILE\.csv/],
    [['verify'], /expected LINK/],
    [['export', path, '--to', 'onnx'], /--to: 'onnx' is not one of json/],
    [['embed'], /--host: one of html, iframe is needed/],
    [['embed', '--host', 'iframe', '--hidden', '3'], /--hidden: playground\.html opens as it is/],
    [['embed', '--host', 'html', '--preset', 'circle'], /--preset: 'circle'/],
    [['serve', '--port', '70000'], /--port: .*70000/],
  ];
  for (const [args, message] of table) {
    const { status, stderr, stdout } = await run(args);
    assert.match(stderr, message, args.join(' '));
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
  }
});

test('a column whose name stands twice is asked for by its number', async () => {
  const path = await file('twice.csv', 'a,a,c\n1,2,x\n2,1,y\n');
  const { status, stderr } = await run(['train', path, '--x', 'a']);
  assert.equal(status, 2);
  assert.match(stderr, /more than one column a; give its number/);
  assert.equal((await run(['train', path, '--x', '2'])).status, 0);
});

test('every command has help, on the standard output', async () => {
  const all = await run(['--help']);
  assert.equal(all.status, 0);
  for (const name of ['train', 'predict', 'verify', 'export', 'serve', 'embed']) {
    assert.match(all.stdout, new RegExp(`^  ${name} `, 'm'));
    const { status, stdout, stderr } = await run([name, '--help']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, new RegExp(`^Usage: two-layer ${name} `));
    assert.match(stdout, /^ {2}--help /m);
    assert.match(stdout, /^Examples?:\n {2}two-layer /m);
  }
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal((await run(['--version'])).stdout, `${version}\n`);
});

test('a million rows get a clear word, in bounded memory, and --first takes as many as can be taken', async () => {
  const rows = Array.from({ length: 1000 }, (_, i) => `${i % 97},${i % 31},${i % 2 ? 'yes' : 'no'}\n`).join('');
  const path = await file('million.csv', `a,b,c\n${rows.repeat(1000)}`);
  const limited = spawn(process.execPath, ['--max-old-space-size=40', program, 'train', path], { cwd: folder });
  let stderr = '';
  limited.stderr.on('data', (part) => {
    stderr += part;
  });
  const [status] = await once(limited, 'close');
  assert.equal(status, 1, stderr);
  assert.match(stderr, /million\.csv: more than 20,000 rows \(line 20,002 is one too many\).*--first 20000\n$/);
  const first = await run(['train', path, '--first', '20000', '--steps', '1', '--json']);
  assert.equal(JSON.parse(first.stdout).examples, 20000, first.stderr);
  await rm(join(folder, path));
});

/**
 * Starts a long training and interrupts it when it has begun to train.
 * @param {string} out
 */
async function interrupt(out) {
  const path = await file('long.csv', `a,b,c\n${clouds((a, b, c) => `${a},${b},${c}\n`)}`);
  const child = spawn(process.execPath, [program, 'train', path, '--steps', '1e12', '--out', out], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
    if (String(part).includes('classes:')) child.kill('SIGINT');
  });
  const [status] = await once(child, 'close');
  return { status, stderr };
}

test('Ctrl-C ends a training with 130, says so, and leaves no file, or the old one whole', async () => {
  const { status, stderr } = await interrupt('interrupted.json');
  assert.equal(status, 130);
  assert.match(stderr, /two-layer: interrupted at step \d+ of 1000000000000; nothing was written\n$/);
  assert.equal(existsSync(join(folder, 'interrupted.json')), false);
  await file('old.json', 'old');
  assert.equal((await interrupt('old.json')).status, 130);
  assert.equal(await readFile(join(folder, 'old.json'), 'utf8'), 'old');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('a file that cannot be written fails with 1, and the old file is whole', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  const args = ['train', 'few.csv', '--hidden', '256', '--steps', '10', '--out'];
  const noFolder = await run([...args, 'absent/net.json']);
  assert.equal(noFolder.status, 1);
  assert.match(noFolder.stderr, /absent\/net\.json cannot be written: there is no such file or folder/);
  const isFolder = await run([...args, '.']);
  assert.equal(isFolder.status, 1);
  assert.match(isFolder.stderr, /\. cannot be written: it is a folder/);

  // A limit on the size of files stands for a full disk: writing fails half-way.
  await file('whole.json', 'old');
  const command = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`;
  const child = spawn('bash', ['-c', command, process.execPath, program, ...args, 'whole.json'], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const [status] = await once(child, 'close');
  assert.equal(status, 1, stderr);
  assert.match(
    stderr,
    /whole\.json cannot be written: the file would be larger than is allowed; nothing was changed\n$/,
  );
  assert.equal(await readFile(join(folder, 'whole.json'), 'utf8'), 'old');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

/** Always full. */
const full = '/dev/full';
const needsFull = { skip: !existsSync(full) && `needs ${full}` };

test('where no space is left it fails with 1 and a clear line', needsFull, async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  const { status, stderr, stdout } = await run(['train', 'few.csv', '--out', full]);
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(
    stderr,
    /^two-layer: \/dev\/full cannot be written: no space is left on the disk; nothing was changed$/m,
  );

  assert.equal((await run(['train', 'few.csv', '--out', 'few.json'])).status, 0);
  /** @param {string} command @param {string[]} args */
  const inShell = async (command, args) => {
    const child = spawn('bash', ['-c', command, process.execPath, program, ...args], { cwd: folder });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const [code] = await once(child, 'close');
    return { code, said };
  };
  for (const args of [
    ['--help'],
    ['train', '--help'],
    ['train', 'few.csv'],
    ['predict', 'few.json', 'few.csv', '--x', '1,2'],
    ['verify', 'preset=ring&step=1'],
    ['export', 'few.json'],
    ['embed', '--host', 'html'],
  ]) {
    const { code, said } = await inShell(`exec "$0" "$@" >${full}`, args);
    assert.match(said, /^two-layer: the standard output cannot be written: no space is left on the disk\n/m, `${args}`);
    assert.doesNotMatch(said, /^ +at /m, `${args}`);
    assert.equal(code, 1, `${args}`);
  }
  // Words that cannot be said do not end the work.
  const { code } = await inShell(`exec "$0" "$@" 2>${full}`, ['train', 'few.csv', '--out', 'silent.json']);
  assert.equal(code, 0);
  assert.match(await readFile(join(folder, 'silent.json'), 'utf8'), /two-layer-model/);
});

test('a file that may not be written stays as it is', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'two-layer-kept-'));
  t.after(() => rm(place, { recursive: true, force: true }));
  // Root may write everything: there the command runs as somebody else, from copies that all can read. (Node itself may
  // be in a folder of root's.)
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  await cp(process.execPath, join(place, 'node'));
  for (const name of ['cli.js', 'serve.js', 'headless.js', 'headless']) {
    await cp(new URL(`../build/${name}`, import.meta.url), join(place, 'build', name), { recursive: true });
  }
  await writeFile(join(place, 'package.json'), '{ "type": "module" }');
  await writeFile(join(place, 'few.csv'), '1,2,x\n2,1,y\n');
  await writeFile(join(place, 'kept.json'), 'old');
  for (const name of ['.', 'kept.json']) await chmod(join(place, name), name === '.' ? 0o777 : 0o444);
  /** @param {string[]} args */
  const asNobody = async (...args) => {
    const child = spawn(join(place, 'node'), ['build/cli.js', ...args], { cwd: place, ...nobody });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const [code] = await once(child, 'close');
    return { code, said };
  };
  assert.equal((await asNobody('train', 'few.csv', '--out', 'new.json')).code, 0, 'others may be');
  const { code, said } = await asNobody('train', 'few.csv', '--out', 'kept.json');
  assert.equal(code, 1);
  assert.match(said, /^two-layer: kept\.json cannot be written: permission denied; nothing was changed$/m);
  assert.equal(await readFile(join(place, 'kept.json'), 'utf8'), 'old');
});

test('Ctrl-C ends the wait for more of the standard input', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  await run(['train', 'few.csv', '--steps', '5', '--out', 'few.json']);
  const child = spawn(process.execPath, [program, 'predict', 'few.json', '-', '--x', '1,2'], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  child.stdout.on('data', (part) => {
    stdout += part;
    if (stdout.includes('\n300,')) child.kill('SIGINT'); // the last row has come: now it waits
  });
  child.stdin.write('1,2\n'.repeat(300));
  assert.deepEqual(await once(child, 'close'), [130, null]);
  assert.equal(stderr, 'two-layer: interrupted while reading standard input\n');
});

test('embed prints markup with attributes that the element has, and nothing unescaped', async () => {
  const known = new Set(elementOptions.map(({ attribute }) => attribute));
  const args = ['--preset', 'moons', '--hidden', '3', '--activation', 'tanh', '--learning-rate', '0.5', '--seed', '7'];
  const { stdout } = await run(['embed', '--host', 'html', ...args, '--autoplay']);
  const [, attributes] = /<two-layer((?: [a-z-]+(?:="[^"]*")?)+)>/.exec(stdout) ?? [];
  assert.equal(attributes, ' preset="moons" hidden-units="3" activation="tanh" learning-rate="0.5" seed="7" autoplay');
  for (const [, name] of attributes.matchAll(/ ([a-z-]+)/g)) assert.ok(known.has(name), name);
  assert.match(stdout, /^<script type="module" src="two-layer\.js"><\/script>$/m);
  for (const host of ['html', 'iframe']) {
    const { stdout: evil } = await run(['embed', '--host', host, '--src', '"><script>&']);
    assert.match(evil, /src="&quot;>&lt;script>&amp;"/);
  }
  const { stdout: frame } = await run(['embed', '--host', 'iframe']);
  assert.match(
    frame,
    /src="playground\.html"[^>]+sandbox="allow-scripts allow-downloads"\n {2}allow="fullscreen; clipboard-write"/,
  );
});

test('writes through a link, and leaves the link', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  await file('behind.json', 'old');
  await symlink('behind.json', join(folder, 'link.json'));
  assert.equal((await run(['train', 'few.csv', '--steps', '5', '--out', 'link.json'])).status, 0);
  assert.match(await readFile(join(folder, 'behind.json'), 'utf8'), /two-layer-model/);
});

test('shows a bar on a terminal only', { skip: !existsSync('/usr/bin/script') && 'needs script(1)' }, async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  const args = ['train', 'few.csv', '--steps', '3000', '--hidden', '32'];
  assert.doesNotMatch((await run(args)).stderr, /░|\r/);
  const command = [process.execPath, program, ...args].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let shown = '';
  child.stdout.on('data', (part) => {
    shown += part;
  });
  await once(child, 'close');
  assert.match(shown, /░+ +\d+ % {2}step \d+ of 3000 {2}loss 0\.\d{4}/);
  assert.match(shown.slice(shown.lastIndexOf('\r\x1b[K')), /^[^░█]*accuracy[^░█]*$/, 'and it is gone at the end');
});

test('stops where numbers overflow, with 1', async () => {
  await file(
    'wide.csv',
    clouds((a, b, c) => `${a * 3e5},${b * 5e5},${c}\n`),
  );
  const args = ['train', 'wide.csv', '--scale', 'none', '--activation', 'relu', '--learning-rate', '1e6'];
  const { status, stderr } = await run(args);
  assert.equal(status, 1);
  assert.match(stderr, /after step \d+ (W1\[\d,\d\]|b1\[\d\]|W2\[\d,\d\]|b2\[\d\]|J) would no longer be finite/);
});

test('predicts rows of JSON, by columns that are named otherwise, and skips bad rows when told', async () => {
  await file('known.csv', `a,b,c\n${clouds((a, b, c) => `${a},${b},${c ? 'yes' : 'no'}\n`)}`);
  assert.equal((await run(['train', 'known.csv', '--out', 'known.json'])).status, 0);
  const rows = 'u,v\n0.5,2.5\n0,-2\n0,two\n,1\n';
  const { stdout, stderr, status } = await run(
    ['predict', 'known.json', '-', '--x', 'v,u', '--json', '--skip-bad-rows'],
    rows,
  );
  const [yes, no, bad, gap] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(status, 0, stderr);
  assert.deepEqual([yes.line, yes.class, no.line, no.class], [2, 'yes', 3, 'no']);
  assert.ok(Math.abs(yes.p[0] + yes.p[1] - 1) < 1e-6 && yes.p[1] > 0.5);
  assert.deepEqual(
    [bad, gap],
    [
      { line: 4, class: null, p: null },
      { line: 5, class: null, p: null },
    ],
  );
  assert.match(
    stderr,
    /no class for 1 row with gaps: line 5 \(no u\)\nno class for 1 bad row: line 4 \(v: 'two' is not a number\)/,
  );

  const refused = await run(['predict', 'known.json', '-'], rows);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /standard input: no column a, b; it has u, v; --x names others/);
  const badRow = await run(['predict', 'known.json', '-', '--x', 'u,v'], rows);
  assert.equal(badRow.status, 1);
  assert.match(badRow.stderr, /standard input, line 4: v: 'two' is not a number/);
  const far = await run(['predict', 'known.json', '-'], 'a,b\n1e300,1\n');
  assert.match(far.stderr, /line 2: a is too far from what the network was trained on/);
});

test('a model file that is none is refused in words', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  await run(['train', 'few.csv', '--steps', '1', '--out', 'model.json']);
  const good = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  /** @type {[string, RegExp][]} */
  const table = [
    ['{', /m\.json: it is not JSON/],
    ['{}', /m\.json: it is not a model that/],
    [JSON.stringify({ ...good, version: 2 }), /m\.json: version 2; this release reads version 1/],
    [JSON.stringify({ ...good, x: [1] }), /m\.json: x is not a list of inputs/],
    [JSON.stringify({ ...good, y: {} }), /m\.json: y has no name and classes/],
    [JSON.stringify({ ...good, x: [good.x[0]] }), /x and y do not fit its network of 2 inputs and 2 classes/],
    [JSON.stringify({ ...good, network: { ...good.network, hidden: 0 } }), /m\.json: its network: hidden: 0/],
    [JSON.stringify({ ...good, network: null }), /m\.json: its network: json: null is not an object/],
  ];
  for (const [text, message] of table) {
    const { status, stderr } = await run(['predict', await file('m.json', text), 'few.csv']);
    assert.match(stderr, message);
    assert.equal(status, 1);
  }
  assert.match((await run(['predict', 'absent.json', 'few.csv'])).stderr, /absent\.json: there is no such file/);
});

test('verify passes a run that meets its goal, and fails one that does not, or is not the task', async () => {
  const link = 'preset=ring&seed=1&hidden=4&goal=loss<0.1&step=1000';
  const passed = await run(['verify', link]);
  assert.equal(passed.status, 0, passed.stderr);
  assert.match(
    passed.stdout,
    /^step 1000 {2}loss 0\.0\d+ {2}accuracy 100\.0 % {2}hash \d+-[0-9a-f]{16}\ngoal loss<0\.1 \(the link's own word\): met at step \d+\n$/,
  );
  const early = await run(['verify', link.replace('1000', '10')]);
  assert.equal(early.status, 1);
  assert.match(early.stdout, /goal .*: not met/);
  await file('task.txt', 'preset=ring&seed=1&hidden=3&goal=loss<0.1&lock=hidden\n');
  const other = await run(['verify', link, '--task', 'task.txt', '--json']);
  const verdict = JSON.parse(other.stdout);
  assert.equal(other.status, 1);
  assert.deepEqual([verdict.passed, verdict.goal.trusted], [false, true]);
  assert.match(JSON.stringify(verdict.differences), /hidden: 4; the task has 3/);
  const work = await run(['verify', link, '--max-work', '1000']);
  assert.equal(work.status, 1);
  assert.match(work.stdout, /stopped at step \d+: more work than --max-work allows/);
});

test('verify marks nothing that is no run: an empty file, a name mistyped', async () => {
  const empty = await file('empty.txt', '\n');
  const essay = await file('essay.txt', 'Dear teacher,\nit worked = at home & everywhere.\n');
  const link = 'preset=ring&seed=1&step=10';
  for (const args of [[empty], [essay], ['adda.txt'], [''], [link, '--task', 'tsak.txt'], [link, '--task', '']]) {
    const { status, stdout, stderr } = await run(['verify', ...args]);
    assert.deepEqual([status, stdout], [1, ''], args.join());
    assert.match(stderr, /^two-layer: .*: (it holds neither|neither a link, nor)/);
  }
});

test('exports what networkFromJSON reads', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  const { hash } = JSON.parse((await run(['train', 'few.csv', '--out', 'whole.json', '--json'])).stdout);
  const { stdout, stderr } = await run(['export', 'whole.json']);
  assert.equal((await networkFromJSON(stdout)).hash(), hash);
  assert.match(stderr, /input 1: \(column 1 - 1\.5\) \* 2\n.*\nclasses of column 3: 0 x, 1 y\n/);
  assert.equal((await run(['export', 'whole.json', '--out', 'bare.json'])).status, 0);
  assert.equal(await readFile(join(folder, 'bare.json'), 'utf8'), stdout);
});

test('serve answers, and Ctrl-C stops it', async () => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '18431'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const page = await fetch(String(line).match(/http:\S+/)?.[0] ?? '');
  assert.match(await page.text(), /<two-layer/);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('is quiet when the reader of a pipe has seen enough', async () => {
  await file('few.csv', '1,2,x\n2,1,y\n');
  await run(['train', 'few.csv', '--steps', '1', '--out', 'pipe.json']);
  await file('many.csv', '1,2\n'.repeat(100_000));
  const command = `"${process.execPath}" "${program}" predict pipe.json many.csv --x 1,2 | head -1; exit \${PIPESTATUS[0]}`;
  const child = spawn('bash', ['-c', command], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  assert.deepEqual(await once(child, 'close'), [0, null]);
  assert.equal(stderr, '');
});
