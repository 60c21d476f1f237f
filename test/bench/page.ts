import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {benchmarksPage, PAGE} from '../../bench/page.js';
import {publish, readPublished, recorded, type BenchRecord} from '../../bench/record.js';

const record: BenchRecord = {
  bench: 'peers',
  date: '2026-11-29T01:01:29.977Z',
  machine: {node: 'v20.20.2', cpu: 'A processor', cores: 2},
  load: 0.3,
  versions: {cnnslicer: '0.1.0', numpy: '2.4.6'},
  results: [
    {name: 'a | b', unit: 'ms', value: 12.34567, peer: {name: 'numpy', value: 24.7}, ratio: 2.0007, runs: 5},
    {name: 'alone', unit: 'MB', value: 1135.86, runs: 1, note: '383 MB above it'},
  ],
};

test('docs/benchmarks.md is made from the committed results', async t => {
  t.is(
    await readFile(PAGE, 'utf8'),
    await benchmarksPage(await readPublished()),
    'npm run bench -- --publish',
  );
});

test('the page names machine, date, versions and load of each bench, and keeps a bar within its cell', async t => {
  const page = await benchmarksPage([record]);
  t.regex(
    page,
    /2026-11-29, 2 x A processor, Node v20\.20\.2; cnnslicer 0\.1\.0, numpy 2\.4\.6\. Quiet machine\./,
  );
  t.regex(page, /\| a \\\| b +\| +12\.35 ms \| numpy +\| +24\.7 ms \| +2\.00 \| +5 \|/);
  t.regex(page, /\| alone +\| +1136 MB \| +\| +\| +\| +1 \| 383 MB above it \|/);
});

test('a run beside other work is marked as one', async t => {
  t.regex(await benchmarksPage([{...record, load: 7.25}]), /\*\*Busy machine\*\*: load 7\.3 when it began\./);
  t.regex(await benchmarksPage([{...record, load: null}]), /The load of the machine was not recorded\./);
});

test('publishing a bench replaces its results and keeps those of the others', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  try {
    await publish([record, {...record, bench: 'store'}], folder);
    await publish([{...record, load: 1}], folder);
    const read = await readPublished(folder);
    t.deepEqual(read.map(({bench, load}) => [bench, load]), [['peers', 1], ['store', 0.3]]); // prettier-ignore
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
});

test('a bench is recorded with the versions of what it runs on', async t => {
  const {versions, results, machine} = await recorded('store', () => Promise.resolve(record.results));
  t.deepEqual(Object.keys(versions), ['cnnslicer', 'hyparquet-writer', 'hyparquet', 'apache-arrow', 'parquetjs-lite']); // prettier-ignore
  t.is(results, record.results);
  t.is(machine.node, process.version);
});
