import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import {RESULT_FORMATS} from 'cnnslicer/analysis';
import {column, writtenCube} from '../../support/cube.js';
import {python, pythonTest} from '../../support/python.js';
import {temporaryFolder} from '../../support/run-folder.js';

const UNDEFINED = 'H(label | y, epoch=0)';
const MAPS = 'dCNN({0,5}, conv2d_1, 2, 1)';

test('CSV has a header, empty fields where a value is undefined, and quotes what needs it', async t => {
  const cube = await writtenCube(t, {info: {classes: ['a,b', 'b "q"', 'c']}});
  const lines = RESULT_FORMATS.csv.encode(await cube.query(UNDEFINED)).split('\n');
  t.is(lines[0], 'epoch,class,name,bits,reason');
  t.is(lines[1], '0,0,"a,b",,never-predicted');
  t.regex(lines[2] ?? '', /^0,1,"b ""q""",0\.\d+,$/);
  const maps = RESULT_FORMATS.csv.encode(await cube.query(MAPS)).split('\n');
  t.is(maps[1]?.split(',').at(-1)?.split(' ').length, 15);
});

test('JSON says what was asked and what it rests on, then has one object a row', async t => {
  const cube = await writtenCube(t);
  const parsed = JSON.parse(RESULT_FORMATS.json.encode(await cube.query(UNDEFINED))) as {rows: object[]};
  t.like(parsed, {expression: UNDEFINED, measure: 'class entropy H(label | y)', value: 'bits', unit: 'bit'});
  t.deepEqual(parsed.rows[0], {epoch: 0, class: 0, name: 'a', bits: null, reason: 'never-predicted'});
});

test('Arrow sends what varies as columns and what does not once', async t => {
  const cube = await writtenCube(t);
  const result = await cube.query('C(dCNN(*, 1, *, 0), dCNN(*, 2, *, 0))');
  const table = tableFromIPC(RESULT_FORMATS.arrow.encode(result));
  const metadata = table.schema.metadata as Map<string, string>;
  const constants = JSON.parse(metadata.get('constants') ?? '') as Record<string, unknown>;
  t.like(constants, {epoch: 0, from_layer: 'conv2d_1', to_layer: 'dense_1', class: null, n: 6, reason: null});
  t.deepEqual([...(table.getChild('bits') ?? [])], column(result, 'bits'));
  t.deepEqual([...(table.getChild('to_channel') ?? [])], column(result, 'to_channel'));
  const about = JSON.parse(metadata.get('about') ?? '') as object;
  t.like(about, {expression: result.expression, rows: 70, facts: {bins: 32}});
  const maps = tableFromIPC(RESULT_FORMATS.arrow.encode(await cube.query(MAPS)));
  t.deepEqual(
    [...(maps.getChild('map')?.at(1) as Float32Array)],
    [...((await cube.query(MAPS)).columns[6]?.values[1] as Float32Array)],
  );
});

pythonTest('Polars and DuckDB read the Parquet of a result, its nulls and its maps', async t => {
  const cube = await writtenCube(t);
  const folder = await temporaryFolder(t);
  const [entropies, maps] = [join(folder, 'entropies.parquet'), join(folder, 'maps.parquet')];
  await writeFile(entropies, RESULT_FORMATS.parquet.encode(await cube.query(UNDEFINED)));
  const result = await cube.query(MAPS);
  await writeFile(maps, RESULT_FORMATS.parquet.encode(result));
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
  const last = (result.columns[6]?.values[1] as Float32Array)[14];
  const [first, second, third] = printed.trim().split('\n');
  t.is(first, "(0, True, 'never-predicted')");
  t.regex(second ?? '', /^List\(Float32\) \[15, 15\] /);
  t.true(Math.abs(Number(second?.split(' ').at(-1)) - Number(last)) < 1e-7);
  t.is(third, 'True');
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
