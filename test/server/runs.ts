import {mkdir, rename, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {finalAccuracy} from '#src/analysis/index.js';
import type {ApiError, Columns, RunDetail, RunSummary} from '#src/shared/index.js';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {rawRequest, servedApp} from '../support/served-app.js';
import {failedPart, tableRows, writeParts, writeRun} from '../support/written-run.js';

test('lists runs by name, with their finished epochs, uncached', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'b'), {epochs: [0, 1], info: {name: 'second', status: 'finished'}});
  await writeRun(join(logdir, 'a'), {epochs: []});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs');
  t.is(response.status, 200);
  t.is(response.headers.get('content-type'), 'application/json; charset=utf-8');
  t.is(response.headers.get('cache-control'), 'no-store');
  const runs = (await response.json()) as RunSummary[];
  t.deepEqual(
    runs.map(({id, epochs}) => [id, epochs]),
    [
      ['a', []],
      ['b', [0, 1]],
    ],
  );
  const {changedAt, ...second} = runs[1]!;
  t.true(Date.parse(changedAt ?? '') > Date.parse('2026-01-01'));
  t.deepEqual(second, {
    id: 'b',
    name: 'second',
    createdAt: '2026-01-02T03:04:05.000Z',
    live: false,
    status: 'finished',
    epochs: [0, 1],
    plannedEpochs: 5,
    trainingSamples: 100,
    classes: runInfo().classes.length,
    tags: [],
  });
});

test('a log directory that is not there has no runs, and has them once it is', async t => {
  const logdir = join(await temporaryFolder(t), 'later');
  const {get} = await servedApp(t, {logdir});
  t.deepEqual(await (await get('/api/runs')).json(), []);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const runs = (await (await get('/api/runs')).json()) as RunSummary[];
  t.deepEqual(
    runs.map(({id}) => id),
    ['run'],
  );
});

test('a run tells its summary and its whole run.json', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run 1'), {epochs: [0]});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run%201');
  const {summary, info} = (await response.json()) as RunDetail;
  t.is(response.status, 200);
  t.is(summary.id, 'run 1');
  t.deepEqual(summary.epochs, [0]);
  t.like(info, runInfo());
});

test('a status that changes is seen at the next request', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {get} = await servedApp(t, {logdir});
  const status = async () => ((await (await get('/api/runs/run')).json()) as RunDetail).summary.status;
  t.is(await status(), 'training');
  await writer.close('finished');
  t.is(await status(), 'finished');
});

test('a broken run is listed with its problem, and the others are served', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'good'), {epochs: [0]});
  await mkdir(join(logdir, 'bad'));
  await writeFile(join(logdir, 'bad', 'run.json'), '{"format": "cnnslicer-run", "formatVersion": 99}');
  const {get} = await servedApp(t, {logdir});
  const runs = (await (await get('/api/runs')).json()) as RunSummary[];
  t.deepEqual(
    runs.map(({id, problem}) => [id, problem === undefined]),
    [
      ['bad', false],
      ['good', true],
    ],
  );
  t.regex(runs[0]?.problem ?? '', /format version 99/);
  t.deepEqual(runs[0]?.epochs, []);
  const detail = await get('/api/runs/bad');
  t.is(detail.status, 500);
  t.deepEqual(await detail.json(), {error: {code: 'broken-run', message: runs[0]?.problem}});
  t.is((await get('/api/runs/good')).status, 200);
});

test('a run that is not there is 404, naming those that are', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'good'), {epochs: []});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/god');
  t.is(response.status, 404);
  t.deepEqual(await response.json(), {
    error: {code: 'no-such-run', message: 'There is no run "god"; the runs are: good.'},
  });
});

test('no spelling of a run leads out of the log directory', async t => {
  const outside = await temporaryFolder(t);
  const logdir = join(outside, 'logs');
  await writeRun(join(logdir, 'inside'), {epochs: [0]});
  await writeRun(join(outside, 'secret'), {epochs: [0], info: {name: 'hidden name'}});
  const {port} = await servedApp(t, {logdir});
  const spellings = [
    '../secret',
    '..%2fsecret',
    '%2e%2e%2fsecret',
    '..%5csecret',
    '..',
    '%2e%2e',
    'inside%2f..%2f..%2fsecret',
    'secret%00',
    '.',
  ];
  for (const run of spellings) {
    for (const rest of ['', '/tables/logs', '/samples?sample=0']) {
      const {status, body} = await rawRequest(port, `/api/runs/${run}${rest}`);
      t.true(status === 400 || status === 404, `${run}${rest}: ${status}`);
      t.regex(body, /^\{"error":\{"code":/);
      t.notRegex(body, /hidden name/);
    }
  }
});

test('a run may have the longest name that a folder has', async t => {
  const logdir = await temporaryFolder(t);
  const id = 'r'.repeat(255);
  await writeRun(join(logdir, id), {epochs: [0]});
  const {get} = await servedApp(t, {logdir});
  t.is((await get(`/api/runs/${id}`)).status, 200);
  const longer = await get(`/api/runs/${id}r`);
  t.is(longer.status, 400);
  t.deepEqual(await longer.json(), {
    error: {code: 'invalid-input', message: 'run: must be folder names of at most 255 characters each'},
  });
});

test('a run folder that is a link out of the log directory is listed as a problem and not opened', async t => {
  const outside = await temporaryFolder(t);
  const logdir = join(outside, 'logs');
  await mkdir(logdir);
  await writeRun(join(outside, 'secret'), {epochs: [0], info: {name: 'hidden name'}});
  await symlink(join(outside, 'secret'), join(logdir, 'link'));
  const {get} = await servedApp(t, {logdir});
  const [run] = (await (await get('/api/runs')).json()) as RunSummary[];
  t.is(run?.id, 'link');
  t.regex(run?.problem ?? '', /leads out of/);
  for (const rest of ['', '/tables/logs', '/samples?sample=0']) {
    const response = await get(`/api/runs/link${rest}`);
    t.is(response.status, 500);
    t.notRegex(await response.text(), /hidden name/);
  }
});

test('a run folder that is swapped for a link out of the log directory is not served from then on', async t => {
  const outside = await temporaryFolder(t);
  const logdir = join(outside, 'logs');
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  await writeRun(join(outside, 'secret'), {epochs: [0], info: {name: 'hidden name'}});
  const {get} = await servedApp(t, {logdir});
  t.is((await get('/api/runs/run/tables/logs')).status, 200);
  await rename(join(logdir, 'run'), join(outside, 'moved'));
  await symlink(join(outside, 'secret'), join(logdir, 'run'));
  const response = await get('/api/runs/run');
  t.is(response.status, 500);
  t.notRegex(await response.text(), /hidden name/);
});

test('a query that the path does not have is refused', async t => {
  const {get} = await servedApp(t, {logdir: await temporaryFolder(t)});
  const response = await get('/api/runs?sort=name');
  t.is(response.status, 400);
  t.deepEqual(await response.json(), {
    error: {code: 'invalid-input', message: 'Unrecognized key: "sort"'},
  });
});

test('a log directory that cannot be read is reported as such', async t => {
  const logdir = join(await temporaryFolder(t), 'file');
  await writeFile(logdir, '');
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs');
  t.is(response.status, 500);
  t.deepEqual(await response.json(), {
    error: {
      code: 'unreadable-logdir',
      message: 'The log directory cannot be read (ENOTDIR). Choose another folder.',
    },
  });
});

test('a run that is opened comes to name its damaged epochs, and its tables are those of the others', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]});
  const table = join(logdir, 'run/metrics/layer_entropy/epoch=1/part-0.parquet');
  await truncate(table, 100);
  const {get} = await servedApp(t, {logdir});
  const summary = async () => ((await (await get('/api/runs/run')).json()) as RunDetail).summary;
  let {damaged} = await summary();
  for (let look = 0; damaged === undefined && look < 100; look++) {
    await setTimeout(20);
    ({damaged} = await summary());
  }
  t.deepEqual(
    damaged?.map(({epoch}) => epoch),
    [1],
  );
  t.regex(
    damaged?.[0]?.reason ?? '',
    /layer_entropy.*part-0\.parquet is damaged: it has 100 bytes instead of/,
  );
  const answer = (await (await get('/api/runs/run/tables/layer_entropy')).json()) as Columns;
  t.deepEqual([...new Set(answer.columns['epoch'])], [0, 2]);
  const alone = await get('/api/runs/run/tables/layer_entropy?epoch=1');
  t.is(alone.status, 500);
  t.regex(((await alone.json()) as ApiError).error.message, /is damaged/);
});

test('a run names the parts of its epochs that could not be captured', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0]});
  await writeParts(writer, writer.info, 1, {failed: [failedPart('table', 'layer_entropy')]});
  const {get} = await servedApp(t, {logdir});
  const [summary] = (await (await get('/api/runs')).json()) as RunSummary[];
  t.deepEqual(summary?.failed, [
    {epoch: 1, reason: 'the table layer_entropy could not be stored: The disk was on fire.'},
  ]);
  t.deepEqual(summary?.epochs, [0, 1]);
});

test('a run in a sub-folder is asked for by its path', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'sweep', 'first'), {epochs: [0, 1], info: {tags: ['wide', 'sgd']}});
  const {get} = await servedApp(t, {logdir});
  const {summary} = (await (await get('/api/runs/sweep%2Ffirst')).json()) as RunDetail;
  t.is(summary.id, 'sweep/first');
  t.deepEqual(summary.tags, ['wide', 'sgd']);
  t.is((await get('/api/runs/sweep%2Ffirst/tables/logs?epoch=1')).status, 200);
  for (const path of [
    'sweep%2F..%2Fsweep%2Ffirst',
    '%2Fsweep',
    'sweep%2F',
    'sweep%2F.hidden',
    'sweep%5Cfirst',
  ])
    t.is((await get(`/api/runs/${path}`)).status, 400, path);
  t.is((await get('/api/runs/sweep')).status, 404);
});

test('the accuracies of all runs are those logged last', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'trained'), {epochs: [0, 1, 2]});
  await writeRun(join(logdir, 'a', 'untrained'), {epochs: [0]});
  const {get} = await servedApp(t, {logdir});
  const last = tableRows(runInfo(), 2).logs.filter(({epoch}) => epoch === 2);
  const expected = finalAccuracy(last);
  t.deepEqual(await (await get('/api/accuracies')).json(), {
    'a/untrained': null,
    trained: (expected.validation ?? expected.train)?.value ?? null,
  });
});
