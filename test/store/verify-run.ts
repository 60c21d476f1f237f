import {mkdir, readFile, rename, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openRun, RunWriter, verifyRun, type EpochManifest} from 'cnnslicer/store';
import {editSealed} from '../support/edit-sealed.js';
import {CONV, probeData, randomFloats, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const MAPS = 'activations/epoch=1/layer=conv2d_1/part-0.arrow';
const LOGS = 'metrics/logs/epoch=1/part-0.parquet';
const WEIGHTS = 'weights/epoch=1/part-0.arrow';
const MANIFEST = 'activations/epoch=1/_manifest.json';

async function threeEpochs(dir: string): Promise<RunWriter> {
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  for (let e = 0; e < 3; e++) {
    const epoch = await writer.epoch(e);
    await epoch.activations(CONV, randomFloats(630, e), 6);
    await epoch.weights([{name: 'w', shape: [2], dtype: 'float32', values: Float32Array.of(1, 2)}]);
    await epoch.table('logs', [{epoch: e, name: 'loss', value: 1}]);
    await epoch.commit();
  }
  return writer;
}

async function flipByte(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(path, bytes);
}

test('a whole run verifies, file by file', async t => {
  const dir = await temporaryFolder(t);
  await threeEpochs(dir);
  const report = await verifyRun(dir);
  t.like(report, {dir, ok: true, intact: [0, 1, 2], unfinished: [], files: 10, problems: []});
  t.true(report.bytes > 3 * 630 * 4);
});

const DAMAGES: [title: string, path: string, damage: (path: string) => Promise<void>, message: RegExp][] = [
  [
    'one changed bit of the maps',
    MAPS,
    path => flipByte(path, 900),
    /content has changed \(SHA-256 differs\)\.$/,
  ],
  ['cut-off maps', MAPS, path => truncate(path, 700), /has 700 bytes instead of \d+\.$/],
  ['a missing table', LOGS, path => rm(path), /is missing\.$/],
  ['changed weights', WEIGHTS, path => flipByte(path, 100), /content has changed/],
  [
    'a folder instead of a file',
    LOGS,
    path => rm(path).then(() => mkdir(path)),
    /is damaged: it is not a file but a folder\.$/,
  ],
  ['a cut-off manifest', MANIFEST, path => truncate(path, 50), /is damaged: it is not JSON\.$/],
];

for (const [title, path, damage, message] of DAMAGES) {
  test(`verifying finds ${title} and leaves the other epochs intact`, async t => {
    const dir = await temporaryFolder(t);
    await threeEpochs(dir);
    await damage(join(dir, path));
    const {ok, intact, problems} = await verifyRun(dir);
    t.false(ok);
    t.deepEqual(intact, [0, 2]);
    t.is(problems.length, 1);
    t.like(problems[0], {kind: 'damage', epoch: 1, path});
    t.regex(problems[0]?.message ?? '', message);
    t.true(problems[0]?.message.startsWith(path));
    t.false(problems[0]?.message.includes('\n'));
  });
}

test('reading damaged files fails in one line that names the file', async t => {
  const dir = await temporaryFolder(t);
  await threeEpochs(dir);
  await truncate(join(dir, MAPS), 700);
  await flipByte(join(dir, LOGS), 20);
  await writeFile(join(dir, LOGS), 'PAR1 nonsense PAR1');
  await rm(join(dir, WEIGHTS));
  const run = await openRun(dir);
  const damaged = (message: RegExp) => ({code: 'damaged', message});
  await t.throwsAsync(
    run.activations(1, 1),
    damaged(/layer=conv2d_1\/part-0\.arrow is damaged: it has 700 bytes instead of \d+\.$/),
  );
  await t.throwsAsync(run.table('logs'), damaged(/metrics\/logs\/epoch=1\/part-0\.parquet is damaged: /));
  await t.throwsAsync(run.weights(1), damaged(/weights\/epoch=1\/part-0\.arrow is missing\.$/));
});

test('a damaged probe is found', async t => {
  const dir = await temporaryFolder(t);
  await threeEpochs(dir);
  await flipByte(join(dir, 'probe/part-0.arrow'), 400);
  t.like((await verifyRun(dir)).problems[0], {kind: 'damage', epoch: null, path: 'probe/part-0.arrow'});
  await rm(join(dir, 'probe/_manifest.json'));
  const {ok, intact, problems} = await verifyRun(dir);
  t.deepEqual({ok, intact}, {ok: false, intact: [0, 1, 2]});
  t.like(problems[0], {kind: 'damage', epoch: null, path: 'probe/_manifest.json'});
});

test('unfinished epochs and temp files are leftovers, not damage', async t => {
  const dir = await temporaryFolder(t);
  const writer = await threeEpochs(dir);
  await (await writer.epoch(3)).table('logs', []);
  await writeFile(join(dir, 'metrics/logs/epoch=3/.part-0.parquet.1-a.tmp'), 'x');
  const {ok, intact, unfinished, problems} = await verifyRun(dir);
  t.deepEqual({ok, intact, unfinished}, {ok: true, intact: [0, 1, 2], unfinished: [3]});
  t.deepEqual(
    problems.map(({kind, epoch, message}) => ({kind, epoch, message})),
    [
      {kind: 'leftover', epoch: 3, message: 'epoch 3: not finished (no manifest)'},
      {
        kind: 'leftover',
        epoch: null,
        message: 'metrics/logs/epoch=3/.part-0.parquet.1-a.tmp: temp file of a write cut short',
      },
    ],
  );
});

test('a run of before checksums is intact, and its derived files are one leftover', async t => {
  const {ok, damaged, problems} = await verifyRun('test/fixtures/demo-run');
  t.deepEqual({ok, damaged}, {ok: true, damaged: []});
  t.is(problems.length, 1);
  t.like(problems[0], {kind: 'leftover', epoch: null});
  t.regex(problems[0]?.message ?? '', /has no checksum \(and \d+ more derived files\)/);
});

/** Makes the manifest of epoch 1 name another path for its table. */
function redirectTable(dir: string, path: string): Promise<void> {
  return editSealed<EpochManifest>(join(dir, MANIFEST), ({files}) => {
    for (const file of files) if (file.kind === 'table') file.path = path;
  });
}

const ESCAPES = [
  '../secret',
  '/etc/hostname',
  'metrics/../../secret',
  'C:\\secret',
  '..\\secret',
  'a//b',
  './run.json',
  'x\0y',
];

for (const path of ESCAPES) {
  test(`a manifest that names ${JSON.stringify(path)} is refused`, async t => {
    const parent = await temporaryFolder(t);
    const dir = join(parent, 'run');
    await threeEpochs(dir);
    await writeFile(join(parent, 'secret'), 'x');
    await redirectTable(dir, path);
    const expected = `${dir} names the file ${JSON.stringify(path)}, which is not inside the run folder. Do not trust this run.`;
    await t.throwsAsync((await openRun(dir)).table('logs'), {code: 'damaged', message: expected});
    const {ok, problems} = await verifyRun(dir);
    t.false(ok);
    t.is(problems[0]?.message, `${path}: ${expected}`);
  });
}

test('links that lead out of the run folder are refused, those inside are followed', async t => {
  const parent = await temporaryFolder(t);
  const dir = join(parent, 'run');
  await threeEpochs(dir);
  await rename(join(dir, WEIGHTS), join(parent, 'outside.arrow'));
  await symlink(join(parent, 'outside.arrow'), join(dir, WEIGHTS));
  await rename(join(dir, LOGS), join(dir, 'metrics', 'moved.parquet'));
  await symlink(join(dir, 'metrics', 'moved.parquet'), join(dir, LOGS));
  const run = await openRun(dir);
  await t.throwsAsync(run.weights(1), {code: 'damaged', message: /which is not inside the run folder/});
  t.is((await run.table('logs', {epochs: [1]})).length, 1);
});

test('a manifest with offsets outside its file is refused before anything is allocated', async t => {
  const dir = await temporaryFolder(t);
  await threeEpochs(dir);
  await editSealed<EpochManifest>(join(dir, MANIFEST), ({files}) => {
    for (const file of files) if (file.kind === 'activations') file.bytes = 100;
  });
  await t.throwsAsync((await openRun(dir)).activations(1, 1), {
    code: 'damaged',
    message: /of activations\/epoch=1\/layer=conv2d_1\/part-0\.arrow, values outside the file\.$/,
  });
});
