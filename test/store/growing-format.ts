import {cp, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openCube} from 'cnnslicer/analysis';
import {openRun, RunFormatError, TABLE_SCHEMAS, verifyRun} from 'cnnslicer/store';
import type {Columns, RunInfo, TableName} from '#src/shared/index.js';
import {column} from '../support/cube.js';
import {editSealed} from '../support/edit-sealed.js';
import {addFile, rewriteTable} from '../support/rewrite-table.js';
import {servedApp} from '../support/served-app.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeRun} from '../support/written-run.js';

/** A run of format version 1 as cnnslicer 0.1.0 wrote it; it is never regenerated. */
const FROZEN = 'test/fixtures/frozen/format-1';
const LAYERS = {table: 'layer_entropy', epoch: 1} as const;
const QUESTION = 'Hx(dCNN(*, *, *, *))';

const TABLES = Object.keys(TABLE_SCHEMAS) as TableName[];

test('the frozen run of version 1 is read, answered, served and verified', async t => {
  const logdir = await temporaryFolder(t);
  await cp(FROZEN, join(logdir, 'run'), {recursive: true});
  const cube = await openCube(join(logdir, 'run'));
  t.teardown(() => cube.close());
  t.deepEqual(await cube.epochs(), [0, 1, 2, 3, 4, 5]);
  t.is((await cube.weights(5)).length > 0, true);
  t.true((await cube.activations(5, 1)).samples > 0);
  for (const question of [
    QUESTION,
    'H(dCNN(*, *, *, *))',
    'H(label | y)',
    'C(dCNN(*,1,*,5), dCNN(*,3,*,5))',
  ]) {
    const {rows, facts} = await cube.query(question);
    t.true(rows > 0, question);
    t.is(facts['not_recorded'], undefined, question);
  }
  const {ok, problems, intact} = await verifyRun(cube.dir);
  t.true(ok);
  t.deepEqual(intact, [0, 1, 2, 3, 4, 5]);
  t.true(
    problems.every(({message}) => /has no checksum/.test(message)),
    JSON.stringify(problems),
  );
  const {get} = await servedApp(t, {logdir});
  for (const table of TABLES) t.is((await get(`/api/runs/run/tables/${table}`)).status, 200, table);
});

const ADDITIONS: [what: string, add: (dir: string) => Promise<void>][] = [
  [
    'a column',
    dir =>
      rewriteTable(dir, LAYERS, columns => [
        {name: 'curvature', type: 'DOUBLE', data: (columns[0]?.data as number[]).map(() => 0.5)},
        ...columns,
      ]),
  ],
  [
    'a table',
    dir =>
      addFile(dir, 1, {
        kind: 'table',
        table: 'curvature',
        rows: 3,
        path: 'metrics/curvature/epoch=1/part-0.parquet',
        bytes: new TextEncoder().encode('PAR1, says who'),
      }),
  ],
  [
    'a kind of file',
    dir =>
      addFile(dir, 1, {kind: 'gradients', path: 'gradients/epoch=1/a.zarr', bytes: new Uint8Array(70_000)}),
  ],
  [
    'keys',
    async dir => {
      await editSealed<object>(join(dir, 'run.json'), info => ({...info, colour: 'blue'}));
      for (const manifest of ['probe', 'activations/epoch=1']) {
        await editSealed<{files: object[]}>(join(dir, manifest, '_manifest.json'), ({files, ...rest}) => ({
          ...rest,
          colour: 'blue',
          files: files.map(file => ({...file, colour: 'blue'})),
        }));
      }
    },
  ],
];

for (const [what, add] of ADDITIONS) {
  test(`${what} that this version does not know changes no answer, and is no damage`, async t => {
    const logdir = await temporaryFolder(t);
    const dir = join(logdir, 'run');
    await writeRun(dir, {epochs: [0, 1]});
    const before = await everyAnswer(t, logdir);
    await add(dir);
    t.deepEqual(await everyAnswer(t, logdir), before);
    const {ok, problems} = await verifyRun(dir);
    t.deepEqual({ok, problems}, {ok: true, problems: []});
  });
}

test('a damaged file of a kind that is not known is found by verify and by a look at the files', async t => {
  const dir = await temporaryFolder(t);
  await writeRun(dir, {epochs: [0, 1]});
  const path = 'gradients/epoch=1/a.zarr';
  await addFile(dir, 1, {kind: 'gradients', path, bytes: new Uint8Array(100)});
  await writeFile(join(dir, path), new Uint8Array(100).fill(1));
  const {damaged, intact} = await verifyRun(dir);
  t.deepEqual({damaged, intact}, {damaged: [1], intact: [0]});
  t.deepEqual(
    (await (await openRun(dir)).check()).damaged.map(({epoch}) => epoch),
    [1],
  );
});

test('a column that may be null and was not recorded is null: in answers, over HTTP; verify finds no damage', async t => {
  const logdir = await temporaryFolder(t);
  const dir = join(logdir, 'run');
  await writeRun(dir, {epochs: [0, 1]});
  await without(dir, 'matrix_bits');
  const cube = await openCube(dir);
  t.teardown(() => cube.close());
  const result = await cube.query('Hx(dCNN(*, 1, *, 1))');
  const {facts, rows} = result;
  t.true(rows > 0);
  t.is(facts['not_recorded'], 'matrix_bits');
  t.deepEqual(column(result, 'matrix_bits'), Array(rows).fill(null));
  t.true(column(result, 'bits').every(value => typeof value === 'number'));
  t.deepEqual(column(result, 'reason'), Array(rows).fill(null));

  const {get} = await servedApp(t, {logdir});
  const table = (await (await get('/api/runs/run/tables/layer_entropy')).json()) as Columns;
  t.deepEqual(table.notRecorded, ['matrix_bits']);
  const ofEpoch = table.columns['epoch'] ?? [];
  for (const [row, value] of (table.columns['matrix_bits'] ?? []).entries())
    t.is(value === null, ofEpoch[row] === 1);
  t.true((await verifyRun(dir)).ok);
});

test('where it is the value itself that was not recorded, the reason says so', async t => {
  const dir = await temporaryFolder(t);
  await writeRun(dir, {epochs: [1]});
  await without(dir, 'bits');
  const rows = await (await openRun(dir)).table('layer_entropy');
  t.true(rows.length > 0);
  for (const {bits, matrix_bits: other, reason} of rows) {
    t.is(bits, null);
    t.is(reason, 'not-recorded');
    t.not(other, null);
  }
  await without(dir, 'reason');
  t.true((await (await openRun(dir)).table('layer_entropy')).every(({reason}) => reason === 'not-recorded'));
  for (const [table, column] of [
    ['class_entropy', 'label_given_pred'],
    ['channel_entropy', 'mean'],
  ] as const) {
    await rewriteTable(dir, {table, epoch: 1}, columns => columns.filter(({name}) => name !== column));
  }
  const cube = await openCube(dir);
  t.teardown(() => cube.close());
  for (const question of ['H(label | y)', 'H(dCNN(*, *, *, 1))']) {
    t.true(column(await cube.query(question), 'reason').includes('not-recorded'), question);
  }
});

test('a column that every version writes and that is not there is damage to all who read it', async t => {
  const logdir = await temporaryFolder(t);
  const dir = join(logdir, 'run');
  await writeRun(dir, {epochs: [1]});
  await without(dir, 'n');
  const message =
    /layer_entropy\/epoch=1\/part-0\.parquet is damaged: it has no column n, which every version of cnnslicer writes\.$/;
  await t.throwsAsync((await openRun(dir)).table('layer_entropy'), {instanceOf: RunFormatError, message});
  const cube = await openCube(dir);
  t.teardown(() => cube.close());
  await t.throwsAsync(cube.query(QUESTION), {message});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run/tables/layer_entropy');
  t.is(response.status, 500);
  t.regex(((await response.json()) as {error: {message: string}}).error.message, message);
  const {damaged, problems} = await verifyRun(dir);
  t.deepEqual(damaged, [1]);
  t.regex(problems[0]?.message ?? '', message);
});

for (const version of [0, 1.5, 2, '1', null]) {
  test(`a run of version ${JSON.stringify(version)} is refused by its version`, async t => {
    const dir = await temporaryFolder(t);
    await writeRun(dir, {epochs: [0]});
    await editSealed<RunInfo>(
      join(dir, 'run.json'),
      info => void ((info.formatVersion as unknown) = version),
    );
    await t.throwsAsync(openRun(dir), {
      code: 'version',
      message: /this version of cnnslicer reads version 1\./,
    });
    await t.throwsAsync(verifyRun(dir), {code: 'version'});
  });
}

/** The tables as they are served, and the answer to a question. */
async function everyAnswer(t: ExecutionContext, logdir: string): Promise<unknown[]> {
  const {get} = await servedApp(t, {logdir});
  const answers: unknown[] = [];
  for (const table of TABLES) answers.push(await (await get(`/api/runs/run/tables/${table}`)).json());
  const cube = await openCube(join(logdir, 'run'));
  answers.push(await cube.query(QUESTION));
  await cube.close();
  return answers;
}

function without(dir: string, column: string): Promise<void> {
  return rewriteTable(dir, LAYERS, columns => columns.filter(({name}) => name !== column));
}

test('a file of a known kind that is not described as it must be is damage, and what is wrong is said', async t => {
  const dir = await temporaryFolder(t);
  await writeRun(dir, {epochs: [1]});
  const path = join(dir, 'activations/epoch=1/_manifest.json');
  await editSealed<{files: Record<string, unknown>[]}>(path, ({files}) => {
    for (const file of files) if (file['kind'] === 'table') file['rows'] = 'many';
  });
  const {damaged} = await (await openRun(dir)).look();
  t.regex(
    damaged[0]?.reason ?? '',
    /_manifest\.json is damaged: .*expected number, received string at files\.\d+\.rows\.$/,
  );
});
