import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertTable, guessMapping, parseRows, readTable, writeCsv } from '../web/playground/points-file.js';

/** @param {string} text */
function read(text) {
  const table = readTable(text);
  assert.ok(table);
  const mapping = guessMapping(table);
  return { table, mapping, ...convertTable(table, mapping) };
}

test('reads what it writes', () => {
  const points = [
    { x: 0.5, y: -1.25, class: 0 },
    { x: -3, y: 3, class: 1 },
    { x: 51 / 512, y: 0, class: 3 },
  ];
  const { points: again, rejected } = read(writeCsv(points));
  assert.deepEqual(again, points);
  assert.deepEqual(rejected, []);
});

for (const [name, text] of Object.entries({
  CSV: 'x1,x2,class\n1,2,A\n-1,0.5,B\n',
  TSV: 'x1\tx2\tclass\n1\t2\tA\n-1\t0.5\tB\n',
  'semicolons and decimal commas': 'x1;x2;class\n1,0;2,0;A\n-1,0;0,5;B\n',
  'no header': '1,2,A\n-1,0.5,B\n',
  'a byte order mark, Windows lines and empty rows': '\uFEFFx1,x2,class\r\n1,2,A\r\n\r\n-1,0.5,B\r\n\r\n',
  quotes: '"x1","x2","class"\n"1","2","A"\n"-1","0.5","B"\n',
  'columns in another order': 'class,x2,x1\nA,2,1\nB,0.5,-1\n',
  'numbered classes': 'x1,x2,y\n1,2,0\n-1,0.5,1\n',
})) {
  test(`understands ${name}`, () => {
    const { points, rejected } = read(text);
    assert.deepEqual(points, [
      { x: 1, y: 2, class: 0 },
      { x: -1, y: 0.5, class: 1 },
    ]);
    assert.deepEqual(rejected, []);
  });
}

for (const [text, rows] of /** @type {[string, string[][]][]} */ ([
  ['', []],
  ['a', [['a']]],
  ['a,b\n', [['a', 'b']]],
  [
    'a,\n,b',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['a,', [['a', '']]],
  ['a\r\n\r\nb\rc', [['a'], [''], ['b'], ['c']]],
  ['"a,b","c\nd","e""f",""', [['a,b', 'c\nd', 'e"f', '']]],
  ['"a"b,c', [['"a"b', 'c']]],
  ['"open, and not closed\nb', [['"open', ' and not closed'], ['b']]],
])) {
  // biome-ignore format: a table
  test(`parts ${JSON.stringify(text)} into cells`, () => {
    assert.deepEqual(parseRows(text, ','), rows);
  });
}

test('a long quoted cell is no problem', () => {
  const cell = 'x""y'.repeat(200_000);
  assert.deepEqual(parseRows(`"${cell}",b\n`, ','), [[cell.replaceAll('""', '"'), 'b']]);
});

test('two columns without a class are all class A', () => {
  const { points, mapping } = read('x,y\n0.25,0.75\n1.5,2\n0.1,0.3\n2.5,1\n-1,-2\n');
  assert.equal(mapping.label, -1);
  assert.deepEqual([...new Set(points.map((point) => point.class))], [0]);
});

test('names rejected rows by their number in the file, and says why', () => {
  const { points, rejected } = read('x1,x2,class\n1,2,A\nx,2,A\n1,,B\n\n2,2,\n2,1,B\n1e999,1,B\n');
  assert.equal(points.length, 2);
  assert.deepEqual(
    rejected.map(({ row }) => row),
    [3, 4, 6, 8],
  );
  assert.match(rejected[0].why, /x1 is “x”, not a number/);
  assert.match(rejected[1].why, /x2 is empty/);
  assert.match(rejected[2].why, /no class/);
});

test('a fifth class is rejected, not folded into another', () => {
  const { points, names, rejected } = read('x1,x2,kind\n1,1,a\n1,2,b\n1,3,c\n2,1,d\n2,2,e\n');
  assert.deepEqual(names, ['a', 'b', 'c', 'd']);
  assert.equal(points.length, 4);
  assert.deepEqual(
    rejected.map(({ row }) => row),
    [6],
  );
  // Of numbers, five values are no class column by guess; the person says which it is.
  const numbers = readTable('x1,x2,kind\n1,1,5\n1,2,6\n1,3,7\n2,1,8\n2,2,9\n');
  assert.ok(numbers);
  assert.equal(guessMapping(numbers).label, -1);
  const chosen = convertTable(numbers, { x: 0, y: 1, label: 2, scaling: 'none' });
  assert.deepEqual([chosen.names, chosen.rejected.map(({ row }) => row)], [['5', '6', '7', '8'], [6]]);
});

test('numbers as large as numbers get fill the plane, too', () => {
  const { points } = read('x,y\n1e308,0\n-1e308,1\n0,2\n');
  assert.deepEqual(
    points.map(({ x }) => x),
    [2.75, -2.75, 0],
  );
});

test('what lies outside the plane is scaled to fill it, by choice', () => {
  const table = readTable('length,width,species\n10,100,a\n20,300,b\n30,200,a\n');
  assert.ok(table);
  const mapping = guessMapping(table);
  assert.equal(mapping.scaling, 'plane');
  const xs = convertTable(table, mapping).points.map(({ x }) => x);
  assert.deepEqual(xs, [-2.75, 0, 2.75]);
  const standard = convertTable(table, { ...mapping, scaling: 'standard' }).points.map(({ x }) => x);
  assert.ok(Math.abs(standard[2] - Math.sqrt(1.5)) < 1 / 512);
});

test('past 20,000 points rows are rejected by number and nothing is lost', () => {
  const rows = Array.from({ length: 20_003 }, (_, i) => `${(i % 100) / 50},${i / 20_003},A`);
  const { points, rejected } = read(`x1,x2,class\n${rows.join('\n')}\n`);
  assert.equal(points.length, 20_000);
  assert.deepEqual(
    rejected.map(({ row }) => row),
    [20_002, 20_003, 20_004],
  );
});

test('says when there is no table', () => {
  for (const text of ['', '\n\n', 'just a sentence', 'x1,x2,class']) assert.equal(readTable(text), undefined, text);
});
