import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {TableCache} from '#src/server/table-cache.js';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';

// The table `confusion` of the written run has 9 rows an epoch.

test('a table that was parsed is not parsed again, until its epoch is written again', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await writeRun(dir, {epochs: [0, 1]});
  const run = await openRun(dir);
  const cache = new TableCache();
  const first = await cache.columns(run, 'confusion', 1);
  t.is(first?.rows, 9);
  t.is(await cache.columns(run, 'confusion', 1), first);
  t.is(cache.rows, 9);
  await writeEpoch(writer, runInfo(), 1, 2);
  t.notDeepEqual(await cache.columns(run, 'confusion', 1), first);
});

test('questions at the same time share one parse', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0]});
  const run = await openRun(dir);
  const cache = new TableCache();
  const [one, other] = await Promise.all([1, 2].map(() => cache.columns(run, 'confusion', 0)));
  t.is(one, other);
});

test('never holds more rows than it may, and gives the right table all the same', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const epochs = [0, 1, 2, 3, 4];
  await writeRun(dir, {epochs});
  const run = await openRun(dir);
  const cache = new TableCache(30);
  for (let round = 0; round < 4; round++) {
    for (const epoch of epochs) {
      const columns = await cache.columns(run, 'confusion', epoch);
      t.deepEqual(columns?.columns['epoch']?.values, new Int32Array(9).fill(epoch));
      t.true(cache.rows <= 30);
    }
  }
  t.is(cache.rows, 27);
});

test('reading epochs in order, again and again, finds some of them though not all fit', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const epochs = [0, 1, 2, 3, 4, 5, 6, 7];
  await writeRun(dir, {epochs});
  const run = await openRun(dir);
  const cache = new TableCache(7 * 9);
  const read = async () => {
    const parts = [];
    for (const epoch of epochs) parts.push(await cache.columns(run, 'confusion', epoch));
    return parts;
  };
  const first = await read();
  const again = await read();
  t.true(again.filter((columns, i) => columns === first[i]).length >= 4);
});

test('a table larger than the cache is served and not kept', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0]});
  const cache = new TableCache(8);
  t.is((await cache.columns(await openRun(dir), 'confusion', 0))?.rows, 9);
  t.is(cache.rows, 0);
});

test('an epoch finished without the table has none', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await writeRun(dir, {epochs: []});
  const epoch = await writer.epoch(0);
  await epoch.table('confusion', []);
  await epoch.commit();
  t.is(await new TableCache().columns(await openRun(dir), 'logs', 0), null);
});

test('a table that could not be parsed is read again when asked for again', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0]});
  const path = join(dir, 'metrics', 'confusion', 'epoch=0', 'part-0.parquet');
  const bytes = await readFile(path);
  const run = await openRun(dir);
  const cache = new TableCache();
  await writeFile(path, bytes.subarray(0, 40));
  await t.throwsAsync(cache.columns(run, 'confusion', 0), {message: /damaged/});
  t.is(cache.rows, 0);
  await writeFile(path, bytes);
  t.is((await cache.columns(run, 'confusion', 0))?.rows, 9);
});
