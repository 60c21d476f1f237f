import {symlink, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {EpochManifest} from 'cnnslicer/store';
import type {ApiError, Columns} from '#src/shared/index.js';
import {editSealed} from '../support/edit-sealed.js';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {servedApp} from '../support/served-app.js';
import {tableRows, writeEpoch, writeRun, type CapturedTable} from '../support/written-run.js';

/** Columns as rows: what the tests compare with what was written. */
function rowsOf({rows, columns}: Columns): object[] {
  return Array.from({length: rows}, (_, i) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])),
  );
}

test('each table comes back as it was written, epoch by epoch', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]});
  const {get} = await servedApp(t, {logdir});
  const written = [0, 1, 2].map(epoch => tableRows(runInfo(), epoch));
  for (const table of Object.keys(tableRows(runInfo(), 0)) as CapturedTable[]) {
    const response = await get(`/api/runs/run/tables/${table}`);
    t.is(response.status, 200);
    t.is(response.headers.get('cache-control'), 'no-store');
    const expected: object[] = [];
    for (const tables of written) expected.push(...tables[table]);
    t.deepEqual(rowsOf((await response.json()) as Columns), expected);
  }
});

test('filters take the rows of one epoch, one layer and one class, or of all classes together', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1]});
  const {get} = await servedApp(t, {logdir});
  const rows = [0, 1].flatMap(epoch => tableRows(runInfo(), epoch).channel_entropy);
  const expect = async (query: string, matches: (row: (typeof rows)[number]) => boolean) => {
    const response = await get(`/api/runs/run/tables/channel_entropy?${query}`);
    const expected: object[] = rows.filter(matches);
    t.true(expected.length > 0);
    t.deepEqual(rowsOf((await response.json()) as Columns), expected, query);
  };
  await expect('epoch=1', row => row.epoch === 1);
  await expect('layer=conv2d_1', row => row.layer === 'conv2d_1');
  await expect('class=0', row => row.class === 0);
  await expect(
    'epoch=0&layer=dense_1&class=all',
    row => row.epoch === 0 && row.layer === 'dense_1' && row.class === null,
  );
});

test('only the columns asked for are sent, in that order', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run/tables/channel_entropy?layer=conv2d_1&columns=mean,channel');
  const rows = tableRows(runInfo(), 0).channel_entropy.filter(row => row.layer === 'conv2d_1');
  const {columns} = (await response.json()) as Columns;
  t.deepEqual(Object.keys(columns), ['mean', 'channel']);
  t.deepEqual(
    columns['mean'],
    rows.map(row => row.mean),
  );
});

test('a run without epochs has the columns and no rows', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: []});
  const {get} = await servedApp(t, {logdir});
  t.deepEqual(await (await get('/api/runs/run/tables/logs')).json(), {
    rows: 0,
    columns: {epoch: [], name: [], value: []},
  });
});

test('an epoch that is written again is read again', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [1]});
  const {get} = await servedApp(t, {logdir});
  const logs = async () => rowsOf((await (await get('/api/runs/run/tables/logs')).json()) as Columns);
  t.deepEqual(await logs(), tableRows(runInfo(), 1, 1).logs);
  await writeEpoch(writer, runInfo(), 1, 2);
  t.deepEqual(await logs(), tableRows(runInfo(), 1, 2).logs);
});

const NO_TABLE =
  'table: There is no such table; the tables are: logs, confusion, class_entropy, channel_entropy, layer_entropy, predictions, training_set, effective_rank, capacity.';
const NO_COLUMN = 'The table logs has no column layer; its columns are: epoch, name, value.';
const NO_LAYER = 'The run has no layer "conv"; its layers are: input_1, conv2d_1, dense_1.';

const mistakes: [path: string, status: number, code: string, message: string][] = [
  ['logs?epoch=-1', 400, 'invalid-input', 'epoch: must be an integer >= 0'],
  ['logs?epoch=1e3', 400, 'invalid-input', 'epoch: must be an integer >= 0'],
  ['logs?epoch=', 400, 'invalid-input', 'epoch: must be an integer >= 0'],
  ['logs?epoch=0&epoch=1', 400, 'invalid-input', 'epoch: must be an integer >= 0'],
  ['logs?epochs=1', 400, 'invalid-input', 'Unrecognized key: "epochs"'],
  ['logs?epoch=7', 404, 'no-such-epoch', 'The run has no finished epoch 7; finished epochs: 0, 1, 2.'],
  ['logs?layer=conv2d_1', 400, 'invalid-input', NO_COLUMN],
  ['logs?columns=epoch,layer', 400, 'invalid-input', NO_COLUMN],
  ['logs?format=csv', 400, 'invalid-input', 'format: must be json or arrow'],
  ['layer_entropy?class=x', 400, 'invalid-input', 'class: must be "all" or an integer >= 0'],
  ['layer_entropy?class=3', 404, 'no-such-class', 'The run has no class 3; its classes are 0..2.'],
  ['layer_entropy?layer=conv', 404, 'no-such-layer', NO_LAYER],
  ['weights', 400, 'invalid-input', NO_TABLE],
  ['__proto__', 400, 'invalid-input', NO_TABLE],
];

for (const [path, status, code, message] of mistakes) {
  test(`tables/${path} is answered with ${status} and what there is`, async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]});
    const {get} = await servedApp(t, {logdir});
    const response = await get(`/api/runs/run/tables/${path}`);
    t.is(response.status, status);
    t.deepEqual(await response.json(), {error: {code, message}});
  });
}

test('a manifest that names a file outside the run folder is not followed', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [1]});
  await editSealed<EpochManifest>(join(logdir, 'run/activations/epoch=1/_manifest.json'), ({files}) => {
    for (const file of files) if (file.path.includes('/logs/')) file.path = '../../secret.parquet';
  });
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run/tables/logs');
  t.is(response.status, 500);
  const {error} = (await response.json()) as ApiError;
  t.is(error.code, 'broken-run');
  t.regex(error.message, /not inside the run folder/);
});

test('a table file that is a link out of the run folder is not followed', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [1]});
  await writeRun(join(logdir, 'other'), {epochs: [1]});
  const file = 'metrics/logs/epoch=1/part-0.parquet';
  await unlink(join(logdir, 'run', file));
  await symlink(join(logdir, 'other', file), join(logdir, 'run', file));
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run/tables/logs');
  t.is(response.status, 500);
  t.regex(((await response.json()) as ApiError).error.message, /not inside the run folder/);
});

test('a damaged table is reported as such every time, and the others of the run are served', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [1]});
  await writeFile(join(logdir, 'run/metrics/logs/epoch=1/part-0.parquet'), 'not Parquet');
  const {get} = await servedApp(t, {logdir});
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await get('/api/runs/run/tables/logs');
    t.is(response.status, 500);
    t.regex(((await response.json()) as ApiError).error.message, /part-0\.parquet is damaged/);
  }
  t.is((await get('/api/runs/run/tables/confusion')).status, 200);
});
