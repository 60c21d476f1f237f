import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cp, mkdir, readdir, readFile, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {
  listRuns,
  openRun,
  metricTable,
  readDerived,
  RunWriter,
  verifyRun,
  writeDerived,
  type EpochManifest,
} from 'cnnslicer/store';
import {parquetWriteBuffer} from 'hyparquet-writer';
import type {LayerInfo, RunInfo} from '#src/shared/index.js';
import {decodeTable} from '#src/store/decode-table.js';
import {editSealed} from '../support/edit-sealed.js';
import {CONV, INPUT, probeData, randomFloats, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeTinyRun} from '../support/tampering/tampered-run.js';

const MANIFEST = 'activations/epoch=1/_manifest.json';

async function tinyRun(t: ExecutionContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'run');
  await writeTinyRun(dir);
  return dir;
}

const COUNTS: [what: string, edit: (info: RunInfo) => void, message: RegExp][] = [
  ['2^31 channels', ({layers}) => void (layers[1]!.channels = 2 ** 31), /2147483648 channels of layer conv/],
  [
    '10^12 pixels',
    ({layers}) => void (layers[1]!.spatial = [1e6, 1e6]),
    /1000000000000 pixels of layer conv/,
  ],
  ['a million classes', info => void (info.classes = Array<string>(1e6).fill('c')), /1000000 classes/],
  ['a milliard samples', ({probe}) => void (probe.samples = 1e9), /1000000000 probe samples/],
  ['a milliard bins', ({options}) => void (options.bins = 1e9), /1000000000 bins/],
];

for (const [what, edit, message] of COUNTS) {
  test(`a run.json with ${what} is refused with its reason, and other runs are listed`, async t => {
    const dir = await tinyRun(t);
    await editSealed<RunInfo>(join(dir, 'run.json'), edit);
    await writeTinyRun(join(dir, '..', 'other'));
    const [other, run] = await listRuns(join(dir, '..'));
    t.is(other?.problem, undefined);
    t.regex(run?.problem ?? '', message);
    t.regex(run?.problem ?? '', /run\.json is damaged: .*; no more than \d+ are read\.$/);
  });
}

const NESTED =
  '{"name":"x","className":"y","shape":[],"parameters":1,"inputs":[],"captured":false,"layers":[';

for (const levels of [1000, 100_000]) {
  test(`a run.json of ${levels} models within one another is refused by name`, async t => {
    const dir = await tinyRun(t);
    const path = join(dir, 'run.json');
    const info = JSON.stringify({...runInfo(), architecture: 0});
    await writeFile(
      path,
      info.replace('"architecture":0', `"architecture":[${NESTED.repeat(levels)}${']}'.repeat(levels)}]`),
    );
    await t.throwsAsync(openRun(dir), {
      code: 'damaged',
      message: /run\.json is damaged: it is nested more than 256 levels deep\.$/,
    });
  });
}

test('a run.json of a gigabyte is refused unread', async t => {
  const dir = await tinyRun(t);
  await truncate(join(dir, 'run.json'), 2 ** 30);
  await t.throwsAsync(openRun(dir), {message: /run\.json is damaged: it has 1073741824 bytes; no more than/});
});

const pipeTest = process.platform === 'win32' ? test.skip : test;

for (const path of ['run.json', MANIFEST, 'probe/part-0.arrow', 'metrics/logs/epoch=1/part-0.parquet']) {
  pipeTest(`a pipe in the place of ${path} is not waited for`, async t => {
    const dir = await tinyRun(t);
    await rm(join(dir, path));
    execFileSync('mkfifo', [join(dir, path)]);
    const {problems} = await verifyRun(dir);
    t.deepEqual(
      problems.map(problem => problem.message),
      [`${path} is damaged: it is not a file but a pipe.`],
    );
    const [run] = await listRuns(join(dir, '..'));
    if (path === 'run.json') t.regex(run?.problem ?? '', /is not a file but a pipe/);
    else t.is((await run?.run?.check())?.damaged.length, path.startsWith('probe') ? 0 : 1);
  });
}

const MANIFESTS: [what: string, edit: (manifest: EpochManifest) => void, message: RegExp][] = [
  [
    'weights of 4 GB',
    ({files}) => {
      for (const file of files) if (file.kind === 'weights') file.tensors[0]!.shape = [1e5, 1e4];
    },
    /of weights\/epoch=1\/part-0\.arrow, values of w outside the file/,
  ],
  [
    'the same weights a thousand times',
    ({files}) => {
      for (const file of files)
        if (file.kind === 'weights') file.tensors = Array(1000).fill(file.tensors[0]) as never;
    },
    /8000 bytes of values in \d+/,
  ],
  [
    'a table of 10^9 rows',
    ({files}) => {
      for (const file of files) if (file.kind === 'table') file.rows = 1e9;
    },
    /1000000000 rows of logs; no more than 100000 can be right/,
  ],
  [
    'maps of another shape',
    ({files}) => {
      for (const file of files) if (file.kind === 'activations') file.shape = [2, 1e7, 1e3];
    },
    /it has 2 x 10000000 x 1000 values, and run\.json says 2 x 6 x 4/,
  ],
];

for (const [what, edit, message] of MANIFESTS) {
  test(`a manifest of ${what} damages its epoch before anything is allocated`, async t => {
    const dir = await tinyRun(t);
    await editSealed<EpochManifest>(join(dir, MANIFEST), edit);
    const {finished, damaged} = await (await openRun(dir)).look();
    t.deepEqual(finished, []);
    t.regex(damaged[0]?.reason ?? '', message);
    t.regex((await verifyRun(dir)).problems[0]?.message ?? '', message);
  });
}

test('a manifest that says more bytes than its file has is found before anything is allocated', async t => {
  const dir = await tinyRun(t);
  await editSealed<EpochManifest>(join(dir, MANIFEST), ({files}) => {
    for (const file of files) file.bytes = 2 ** 50;
  });
  const run = await openRun(dir);
  const message = /it has \d+ bytes instead of 1125899906842624\.$/;
  await t.throwsAsync(run.activations(1, 1), {code: 'damaged', message});
  await t.throwsAsync(run.weights(1), {code: 'damaged', message});
  await t.throwsAsync(run.table('logs'), {code: 'damaged', message});
});

test('a table with more rows than its manifest and run.json allow is refused, however small its file', async t => {
  const file = (rows: number) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          {name: 'epoch', type: 'INT32', data: new Int32Array(rows)},
          {name: 'name', type: 'STRING', data: Array<string>(rows).fill('loss')},
          {name: 'value', type: 'INT32', data: new Int32Array(rows)},
        ],
      }),
    );
  t.is((await decodeTable('logs', file(1000), 1000)).rows, 1000);
  await t.throwsAsync(decodeTable('logs', file(1000), 999), {
    message: 'it has 1000 rows, and no more than 999 can be right',
  });
  const dense = file(1_000_000);
  t.true(dense.length < 50_000);
  await t.throwsAsync(decodeTable('logs', dense, 100_000), {
    message: /^it has 1000000 rows, and no more than/,
  });
});

test('a table that keeps its reader busy for ever costs its own question alone', async t => {
  const rows = Array.from({length: 40}, (_, i) => i);
  const columnData = [
    {name: 'epoch', type: 'INT32' as const, data: rows},
    {name: 'name', type: 'STRING' as const, data: rows.map(String)},
    {name: 'value', type: 'DOUBLE' as const, data: rows.map(Number)},
  ];
  const bytes = new Uint8Array(parquetWriteBuffer({columnData, codec: 'UNCOMPRESSED'}));
  // The page header of the first column: its compressed size, third field of the Thrift structure, becomes negative.
  const hostile = bytes.slice();
  const at = 4;
  t.deepEqual([hostile[at], hostile[at + 2]], [0x15, 0x15]);
  const sizeAt = at + 2 + 1 + varintLength(hostile, at + 3) + 1;
  hostile[sizeAt] = (hostile[sizeAt] as number) | 1;
  const [lost, other] = await Promise.allSettled([decodeTable('logs', hostile), decodeTable('logs', bytes)]);
  t.is(lost.status, 'rejected');
  t.is(other.status, 'fulfilled');
});

function varintLength(bytes: Uint8Array, at: number): number {
  let end = at;
  while (((bytes[end] as number) & 0x80) !== 0) end++;
  return end - at + 1;
}

test('nothing is written or removed through a link out of the run folder', async t => {
  const dir = await tinyRun(t);
  const outside = join(dir, '..', 'outside');
  await mkdir(join(outside, 'epoch=1'), {recursive: true});
  const run = await openRun(dir);
  const derived = {table: 'logs', epoch: 1, options: {made: 'y'}, source: 's'} as const;
  const table = metricTable('logs', [{epoch: 1, name: 'loss', value: 1}]);
  for (const link of ['derived', 'derived/logs', 'derived/logs/made=y']) {
    await rm(join(dir, 'derived'), {recursive: true, force: true});
    await mkdir(join(dir, link, '..'), {recursive: true});
    await symlink(outside, join(dir, link));
    await t.throwsAsync(writeDerived(run, derived, table), {
      code: 'damaged',
      message: /is a link; nothing is written/,
    });
    t.is(await readDerived(run, derived), undefined);
  }
  for (const folder of ['activations', 'metrics', 'weights']) {
    await rm(join(dir, folder), {recursive: true});
    await symlink(outside, join(dir, folder));
  }
  const writer = await RunWriter.create(dir, runInfo(), probeData(), {existing: 'overwrite'});
  const epoch = await writer.epoch(1);
  await t.throwsAsync(epoch.activations(CONV, randomFloats(630, 1), 6), {message: /is a link/});
  await t.throwsAsync(epoch.table('logs', []), {message: /is a link/});
  t.deepEqual(await readdir(outside), ['epoch=1']);
});

test('labels that are no class of the run are refused', async t => {
  const dir = await tinyRun(t);
  const path = join(dir, 'probe/part-0.arrow');
  const bytes = await readFile(path);
  await editSealed<{files: {labelsOffset: number; sha256: string}[]}>(
    join(dir, 'probe/_manifest.json'),
    ({files}) => {
      const [file] = files;
      bytes.writeInt32LE(2 ** 31 - 1, file!.labelsOffset);
      file!.sha256 = createHash('sha256').update(bytes).digest('hex');
    },
  );
  await writeFile(path, bytes);
  await t.throwsAsync((await openRun(dir)).probeLabels(), {
    message: /it has label 2147483647, and run\.json 3 classes/,
  });
});

const STRANGERS: [what: string, perClass: number[], input: LayerInfo, message: RegExp][] = [
  ['more samples', [2, 2, 3], INPUT, /7 samples instead of 6/],
  ['fewer samples', [1, 1, 0], INPUT, /2 samples instead of 6/],
  ['larger inputs', [2, 2, 2], {...INPUT, spatial: [4, 4]}, /32 values of .* instead of 24/],
];

for (const [what, perClass, input, message] of STRANGERS) {
  test(`the probe of another run, with ${what}, is refused by whatever reads it`, async t => {
    const dir = await tinyRun(t);
    const other = join(dir, '..', 'other');
    const info = runInfo({layers: [input, CONV]});
    info.probe.samples = perClass.reduce((sum, samples) => sum + samples);
    await RunWriter.create(other, info, probeData(2, input, perClass));
    await cp(join(other, 'probe'), join(dir, 'probe'), {recursive: true});
    const run = await openRun(dir);
    await t.throwsAsync(run.probe(), {message});
    await t.throwsAsync(run.probeLabels(), {message});
    const {problems} = await verifyRun(dir);
    t.true(problems.some(problem => problem.kind === 'damage' && message.test(problem.message)));
  });
}
