import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import {parquetReadObjects} from 'hyparquet';
import {RESULT_FORMATS} from 'cnnslicer/analysis';
import {columnFrom, type Cell, type CellType, type QueryResult} from '#src/shared/index.js';
import {column, writtenCube} from '../../support/cube.js';
import {python, pythonTest} from '../../support/python.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {closeTo} from '../../support/close-to.js';

/** All chunks of a result as one text. */
function text(format: 'csv' | 'json', result: QueryResult): string {
  return [...RESULT_FORMATS[format].encodeChunks(result)].join('');
}

/** All chunks of a result as one buffer. */
function bytes(format: 'arrow' | 'parquet', result: QueryResult): Uint8Array {
  return Buffer.concat([...RESULT_FORMATS[format].encodeChunks(result)]);
}

const UNDEFINED = 'H(label | y, epoch=0)';
const MAPS = 'dCNN({0,5}, conv2d_1, 2, 1)';

test('CSV has a header, empty fields where a value is undefined, and quotes what needs it', async t => {
  const cube = await writtenCube(t, {info: {classes: ['a,b', 'b "q"', 'c']}});
  const lines = text('csv', await cube.query(UNDEFINED)).split('\n');
  t.is(lines[0], 'epoch,class,name,bits,corrected,n,reason');
  t.is(lines[1], '0,0,"a,b",,,,never-predicted');
  t.regex(lines[2] ?? '', /^0,1,"b ""q""",\d+\.\d+,\d+\.\d+,\d+,$/);
  const maps = text('csv', await cube.query(MAPS)).split('\n');
  t.is(maps[1]?.split(',').at(-1)?.split(' ').length, 15);
});

test('JSON says what was asked and what it rests on, then has one object a row', async t => {
  const cube = await writtenCube(t);
  const parsed = JSON.parse(text('json', await cube.query(UNDEFINED))) as {rows: object[]};
  t.like(parsed, {expression: UNDEFINED, measure: 'class entropy H(label | y)', value: 'bits', unit: 'bit'});
  t.deepEqual(parsed.rows[0], {
    epoch: 0,
    class: 0,
    name: 'a',
    bits: null,
    corrected: null,
    n: null,
    reason: 'never-predicted',
  });
});

test('Arrow sends what varies as columns and what does not once', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('C(dCNN(*, 1, *, 0), dCNN(*, 2, *, 0))');
  const table = tableFromIPC(bytes('arrow', result));
  const metadata = table.schema.metadata as Map<string, string>;
  const constants = JSON.parse(metadata.get('constants') ?? '') as Record<string, unknown>;
  t.like(constants, {epoch: 0, from_layer: 'conv2d_1', to_layer: 'dense_1', class: null, n: 6, reason: null});
  t.deepEqual([...(table.getChild('bits') ?? [])], column(result, 'bits'));
  t.deepEqual([...(table.getChild('to_channel') ?? [])], column(result, 'to_channel'));
  const about = JSON.parse(metadata.get('about') ?? '') as object;
  t.like(about, {expression: result.expression, rows: 70, facts: {bins: 32}});
  const maps = tableFromIPC(bytes('arrow', await cube.query(MAPS)));
  t.deepEqual(
    [...(maps.getChild('map')?.at(1) as Float32Array)],
    [...(column(await cube.query(MAPS), 'map')[1] as Float32Array)],
  );
});

/** Rows of every type of column, with nulls and texts of all kinds among them. */
function manyRows(rows: number): QueryResult {
  const names = ['=SUM(A1)', '+1', '-2', '@x', '\tt', 'a,b', 'say "no"', 'two\nlines', 'plain', 'été'];
  const made = (type: CellType, valueOf: (row: number) => Cell) =>
    columnFrom(
      type,
      Array.from({length: rows}, (_, row) => valueOf(row)),
    );
  return {
    expression: 'dCNN(*, *, *, *)',
    measure: 'many',
    value: 'bits',
    unit: 'bit',
    facts: {n: rows},
    rows,
    columns: {
      row: made('int32', row => row),
      class: made('int32?', row => (row % 3 === 0 ? null : row % 7)),
      name: made('string', row => names[row % names.length] ?? null),
      bits: made('double?', row => (row % 5 === 0 ? null : -row / 7)),
      map: made('map', row => Float32Array.from({length: 1 + (row % 4)}, (_, i) => row + i / 2)),
    },
  };
}

const plain = (cell: unknown) => (cell instanceof Float32Array ? [...cell] : cell);

test('every format gives a long answer in many chunks, and the same numbers', async t => {
  const result = manyRows(20_000);
  const {rows, columns} = result;
  const names = Object.keys(columns);
  for (const format of ['csv', 'json', 'arrow', 'parquet'] as const) {
    const chunks: (string | Uint8Array)[] = [...RESULT_FORMATS[format].encodeChunks(result)];
    t.true(chunks.length > 2, format);
    t.true(Math.max(...chunks.map(chunk => chunk.length)) < 2 ** 22, format);
  }
  const parsed = JSON.parse(text('json', result)) as {rows: Record<string, unknown>[]};
  const arrow = tableFromIPC(bytes('arrow', result));
  const file = bytes('parquet', result);
  const parquet = await parquetReadObjects({file: new Uint8Array(file).buffer});
  t.deepEqual([parsed.rows.length, arrow.numRows, parquet.length], [rows, rows, rows]);
  for (let row = 0; row < rows; row += 397) {
    const cells = names.map(name => plain(column(result, name)[row]));
    t.deepEqual(Object.values(parsed.rows[row] ?? {}), cells);
    t.deepEqual(Object.values(parquet[row] ?? {}), cells);
    t.deepEqual(
      names.map(name => plain(arrow.getChild(name)?.at(row))),
      cells,
    );
  }
  t.is(text('csv', result).match(/^\d+,/gm)?.length, rows);
});

test('a text that a spreadsheet would compute is made safe in CSV; numbers are left as they are', t => {
  const [, ...lines] = text('csv', manyRows(10)).split(/\n(?=\d|$)/);
  const names = lines.slice(0, 10).map(line => /^\d+,\d*,("(?:[^"]|"")*"|[^,]*),/.exec(line)?.[1]);
  t.deepEqual(names, [
    "'=SUM(A1)",
    "'+1",
    "'-2",
    "'@x",
    "'\tt",
    '"a,b"',
    '"say ""no"""',
    '"two\nlines"',
    'plain',
    'été',
  ]);
  t.regex(lines[1] ?? '', /^1,1,'\+1,-0\.142\d+,1 1\.5$/);
});

test('a map longer than a chunk is written piece by piece, and what is not finite is null in JSON', t => {
  const map = Float32Array.from({length: 100_000}, (_, i) =>
    i === 99_999 ? NaN : i === 4095 ? -Infinity : i,
  );
  const one = {...manyRows(1), columns: {map: columnFrom('map', [map])}};
  t.true([...RESULT_FORMATS.json.encodeChunks(one)].length > 5);
  const parsed = JSON.parse(text('json', one)) as {rows: {map: (number | null)[]}[]};
  t.deepEqual(
    parsed.rows[0]?.map,
    Array.from(map, value => (Number.isFinite(value) ? value : null)),
  );
  t.is(text('csv', one).split('\n')[1], map.join(' '));
});

test('an answer without rows is a whole document in every format', t => {
  const none = manyRows(0);
  t.deepEqual((JSON.parse(text('json', none)) as {rows: unknown[]}).rows, []);
  t.is(text('csv', none), 'row,class,name,bits,map\n');
  t.is(tableFromIPC(bytes('arrow', none)).numRows, 0);
  t.is(Buffer.from(bytes('parquet', none)).subarray(-4).toString(), 'PAR1');
});

pythonTest('Polars and DuckDB read the Parquet of a result, its nulls and its maps', async t => {
  const cube = await writtenCube(t);
  const folder = await temporaryFolder(t);
  const [entropies, maps] = [join(folder, 'entropies.parquet'), join(folder, 'maps.parquet')];
  await writeFile(entropies, bytes('parquet', await cube.query(UNDEFINED)));
  const result = await cube.query(MAPS);
  await writeFile(maps, bytes('parquet', result));
  const printed = await python(
    '-c',
    `import duckdb, polars, sys
print(duckdb.sql(f"select class, bits is null, reason from '{sys.argv[1]}' order by class").fetchall()[0])
frame = polars.read_parquet(sys.argv[2])
print(frame.schema["map"], frame["map"].list.len().to_list(), repr(frame["map"][1][14]))
print("bits" in duckdb.sql(f"select decode(value) from parquet_kv_metadata('{sys.argv[1]}') where decode(key) = 'cnnslicer'").fetchall()[0][0])`,
    entropies,
    maps,
  );
  const last = (column(result, 'map')[1] as Float32Array)[14];
  const [first, second, third] = printed.trim().split('\n');
  t.is(first, "(0, True, 'never-predicted')");
  t.regex(second ?? '', /^List\(Float32\) \[15, 15\] /);
  closeTo(t, Number(second?.split(' ').at(-1)), Number(last), 1e-7);
  t.is(third, 'True');
});

pythonTest('Polars reads the Arrow stream of a result: one of one row, and maps', async t => {
  const cube = await writtenCube(t);
  const folder = await temporaryFolder(t);
  const [one, maps] = [join(folder, 'one.arrows'), join(folder, 'maps.arrows')];
  await writeFile(one, bytes('arrow', await cube.query('Hx(dCNN(*, 1, *, 1), k=2)')));
  await writeFile(maps, bytes('arrow', await cube.query(MAPS)));
  const printed = await python(
    '-c',
    `import polars, sys
one, maps = [polars.read_ipc_stream(path) for path in sys.argv[1:]]
print(one["epoch"].to_list(), maps["map"].list.len().to_list())`,
    one,
    maps,
  );
  t.is(printed.trim(), '[1] [15, 15]');
});

pythonTest('DuckDB reads kept capacities with their options as columns', async t => {
  const cube = await writtenCube(t);
  await cube.query('C(dCNN(*, 1, *, 0..2), dCNN(*, 2, *, 0..2), bins=16)');
  const printed = await python(
    '-c',
    `import duckdb, sys
print(duckdb.sql(f"select epoch, bins, count(*), max(bits) <= 4 from read_parquet('{sys.argv[1]}/derived/capacity/**/*.parquet', hive_partitioning = true) group by all order by epoch").fetchall())`,
    cube.dir,
  );
  t.is(printed.trim(), '[(0, 16, 70, True), (1, 16, 70, True), (2, 16, 70, True)]');
});
