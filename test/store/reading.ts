import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {listRuns, openRun, RunFormatError, RunWriter, verifyRun, type Run} from 'cnnslicer/store';
import type {ChannelEntropyRow} from '#src/shared/index.js';
import {
  bitsOf,
  channelMajor,
  CONV,
  DENSE,
  INPUT,
  probeData,
  randomBits,
  randomFloats,
  runInfo,
} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';

const CHILD = fileURLToPath(new URL('../support/run-folder-child.js', import.meta.url));

async function smallRun(dir: string): Promise<{run: Run; conv: Float32Array}> {
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const conv = randomBits(630, 3);
  const epoch = await writer.epoch(0);
  await epoch.activations(CONV, conv, 6);
  await epoch.table('channel_entropy', [
    entropyRow('conv2d_1', 0),
    entropyRow('dense_1', 0),
    entropyRow('conv2d_1', 1),
  ]);
  await epoch.commit();
  return {run: await openRun(dir), conv};
}

function entropyRow(layer: string, channel: number): ChannelEntropyRow {
  const shares = {mean: 1, std: 0.5, dead: 0, zeros: 0.25};
  return {epoch: 0, layer, channel, class: null, ...shares, n: 6, range: 'layer', bins: 32, reason: null};
}

/** The values of the probe's only input, [6, 24]. */
function probeInput(): Float32Array {
  return probeData().inputs[0]?.values ?? new Float32Array(0);
}

test('channels are read in the order asked for', async t => {
  const {run, conv} = await smallRun(await temporaryFolder(t));
  const all = channelMajor(conv, 7);
  const {channels, maps} = await run.activations(0, 1, {channels: [5, 0, 5]});
  t.deepEqual(channels, [5, 0, 5]);
  const channel = (c: number) => [...all.subarray(c * 90, (c + 1) * 90)];
  t.deepEqual([...bitsOf(maps)], [...channel(5), ...channel(0), ...channel(5)]);
  t.is((await run.activations(0, 1, {channels: []})).maps.length, 0);
});

test('float16 activations come back rounded to float16', async t => {
  const dir = await temporaryFolder(t);
  const info = runInfo();
  const writer = await RunWriter.create(
    dir,
    {...info, options: {...info.options, dtype: 'float16'}},
    probeData(),
  );
  const epoch = await writer.epoch(0);
  const values = Float32Array.from({length: 60}, (_, i) => (i % 2 === 0 ? i + 0.5 : 1e6 * i + 1 / 3));
  await epoch.activations(DENSE, values, 6);
  await epoch.commit();
  const {maps} = await (await openRun(dir)).activations(0, 'dense_1');
  const expected = values.map((_, i) => values[(i % 6) * 10 + Math.floor(i / 6)] as number);
  t.deepEqual(
    maps,
    expected.map(value => (value > 65504 ? Infinity : value)),
  );
});

test('an input layer is answered from the probe, at any epoch', async t => {
  const {run} = await smallRun(await temporaryFolder(t));
  const input = await run.activations(0, 'input_1', {channels: [1]});
  const values = probeInput();
  t.deepEqual({samples: input.samples, pixels: input.pixels}, {samples: 6, pixels: 12});
  t.deepEqual(bitsOf(input.maps), channelMajor(values, 2).subarray(72));
});

test('samples of the probe are read in the order asked for', async t => {
  const {run} = await smallRun(await temporaryFolder(t));
  const {labels, inputs} = await run.probeSamples([5, 0, 5]);
  const values = probeInput();
  t.deepEqual(labels, Int32Array.of(2, 0, 2));
  t.deepEqual(
    inputs[0]?.values,
    Float32Array.of(...values.subarray(120), ...values.subarray(0, 24), ...values.subarray(120)),
  );
  await t.throwsAsync(run.probeSamples([6]), {
    instanceOf: RangeError,
    message: 'The probe has samples 0..5, got 6.',
  });
});

test('a table can be cut down to a layer and to epochs', async t => {
  const {run} = await smallRun(await temporaryFolder(t));
  t.deepEqual(await run.table('channel_entropy', {layer: 'dense_1'}), [entropyRow('dense_1', 0)]);
  t.is((await run.table('channel_entropy', {epochs: [0]})).length, 3);
  t.deepEqual(await run.table('channel_entropy', {epochs: []}), []);
});

test('what does not exist is refused with what does', async t => {
  const {run} = await smallRun(await temporaryFolder(t));
  const cases: [Promise<unknown>, string][] = [
    [
      run.activations(0, 'conv'),
      'small: there is no layer conv; the layers are: 0 input_1, 1 conv2d_1, 2 dense_1.',
    ],
    [run.activations(0, 1, {channels: [7]}), 'layer conv2d_1 has channels 0..6, got 7.'],
    [run.activations(4, 1), 'small: epoch 4 is not finished or was not captured; finished epochs: 0.'],
    [
      run.activations(0, 2),
      'small: epoch 0 holds no activations of dense_1; the run was captured with activations: "all".',
    ],
    [run.weights(0), 'small: epoch 0 holds no weights; capture with weights: true.'],
    [
      run.table('logs', {epochs: [9]}),
      'small: epoch 9 is not finished or was not captured; finished epochs: 0.',
    ],
  ];
  for (const [promise, message] of cases) await t.throwsAsync(promise, {instanceOf: RangeError, message});
});

const countingTest = existsSync('/proc/self/io') ? test : test.skip;

countingTest('only the bytes of the channels asked for are read [counts system calls: Linux]', async t => {
  const dir = await temporaryFolder(t);
  const layer = {...CONV, spatial: [64, 64], channels: 40};
  const writer = await RunWriter.create(dir, runInfo({layers: [INPUT, layer]}), probeData());
  const epoch = await writer.epoch(0);
  const channelBytes = 6 * 4096 * 4;
  await epoch.activations(layer, randomFloats((40 * channelBytes) / 4, 1), 6);
  await epoch.commit();
  const bytesFor = async (...channels: number[]) => {
    const {stdout} = await promisify(execFile)(process.execPath, [
      CHILD,
      'count',
      dir,
      ...channels.map(String),
    ]);
    return Number(stdout);
  };
  const one = await bytesFor(17);
  // Reading the counter itself costs some bytes.
  t.true(one >= channelBytes && one < channelBytes + 1024, `${one} bytes for one channel of ${channelBytes}`);
  const three = await bytesFor(0, 39, 5);
  t.true(three >= 3 * channelBytes && three < 3 * channelBytes + 1024, `${three} bytes for three channels`);
});

test('a reader beside the writer sees whole epochs only, one after the other', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const run = await openRun(dir);
  let writing = true;
  let looks = 0;
  const read = async () => {
    for (let seen = 0; writing || seen < 12; looks++) {
      const epochs = await run.epochs();
      t.deepEqual(epochs, [...epochs.keys()]);
      t.true(epochs.length >= seen);
      seen = epochs.length;
      const last = epochs.at(-1);
      if (last === undefined) continue;
      const {maps} = await run.activations(last, 'conv2d_1');
      t.deepEqual(bitsOf(maps), channelMajor(randomFloats(630, last), 7));
      t.is((await run.table('logs', {epochs: [last]}))[0]?.value, last);
    }
  };
  const write = async () => {
    for (let e = 0; e < 12; e++) {
      const epoch = await writer.epoch(e);
      await epoch.activations(CONV, randomFloats(630, e), 6);
      await epoch.table('logs', [{epoch: e, name: 'loss', value: e}]);
      await epoch.commit();
    }
    writing = false;
  };
  await Promise.all([read(), write()]);
  t.true(looks > 12, `only ${looks} looks`);
});

test('a log folder lists its runs by name, broken ones with their problem, and nothing else', async t => {
  const logdir = await temporaryFolder(t);
  await smallRun(join(logdir, 'b'));
  await smallRun(join(logdir, 'a'));
  await smallRun(join(logdir, 'broken'));
  await writeFile(join(logdir, 'broken', 'run.json'), '{');
  await smallRun(join(logdir, 'headless'));
  await rm(join(logdir, 'headless', 'run.json'));
  await mkdir(join(logdir, 'other', 'train'), {recursive: true});
  await mkdir(join(logdir, '.hidden'));
  await writeFile(join(logdir, 'file'), '');
  const outside = await temporaryFolder(t);
  await symlink(outside, join(logdir, 'outside'));
  await symlink(join(logdir, 'nowhere'), join(logdir, 'z-dangling'));

  const listed = await listRuns(logdir);
  t.deepEqual(
    listed.map(({id, run, problem}) => ({id, name: run?.info.name, problem})),
    [
      {id: 'a', name: 'small', problem: undefined},
      {id: 'b', name: 'small', problem: undefined},
      {
        id: 'broken',
        name: undefined,
        problem: `${join(logdir, 'broken', 'run.json')} is damaged: it is not JSON.`,
      },
      {
        id: 'headless',
        name: undefined,
        problem: `${join(logdir, 'headless')} is not a run: it has no run.json.`,
      },
      {
        id: 'outside',
        name: undefined,
        problem: `${join(logdir, 'outside')} is a link that leads out of ${logdir}; give its own folder as log folder.`,
      },
      {
        id: 'z-dangling',
        name: undefined,
        problem: `Cannot read ${join(logdir, 'z-dangling')}: it is not there (ENOENT).`,
      },
    ],
  );
  t.deepEqual(await listRuns(join(logdir, 'nowhere')), []);
  await t.throwsAsync(listRuns(join(logdir, 'file')), {message: /^Cannot read .*ENOTDIR/});
});

test('errors of a run have their own class', t => {
  const error = new RunFormatError('damaged', 'x');
  t.deepEqual([error.name, error.code, error instanceof Error], ['RunFormatError', 'damaged', true]);
});

test('verifying what is not a run says so', async t => {
  await t.throwsAsync(verifyRun(await temporaryFolder(t)), {instanceOf: RunFormatError, code: 'not-a-run'});
});

test('a manifest that lies in the folder of another epoch finishes nothing', async t => {
  const dir = await temporaryFolder(t);
  await smallRun(dir);
  await cp(join(dir, 'activations', 'epoch=0'), join(dir, 'activations', 'epoch=7'), {recursive: true});
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0]);
  await t.throwsAsync(run.manifest(7));
});

test('a manifest that is written over in place is read again', async t => {
  const folder = await temporaryFolder(t);
  const [dir, other] = [join(folder, 'run'), join(folder, 'other')];
  await writeEpoch(await writeRun(dir, {epochs: []}), runInfo(), 0, 1);
  await writeEpoch(await writeRun(other, {epochs: []}), runInfo(), 0, 2);
  const manifest = (of: string) => join(of, 'activations', 'epoch=0', '_manifest.json');
  const before = await stat(manifest(dir));
  const run = await openRun(dir);
  const digest = async () => (await run.manifest(0)).files[0]?.sha256;
  const first = await digest();
  await writeFile(manifest(dir), await readFile(manifest(other)));
  const after = await stat(manifest(dir));
  t.deepEqual([after.ino, after.size], [before.ino, before.size], 'only its time tells');
  t.not(await digest(), first);
});

test('labels are classes of the run, and -1 where it has none', async t => {
  const [labelled, unlabelled] = [await temporaryFolder(t), await temporaryFolder(t)];
  const none = {...probeData(), labels: new Int32Array(6).fill(-1)};
  await RunWriter.create(labelled, runInfo(), none);
  await RunWriter.create(unlabelled, runInfo({classes: [], probe: {samples: 6, perClass: []}}), none);
  await t.throwsAsync((await openRun(labelled)).probe(), {
    code: 'damaged',
    message: /has label -1, and run.json 3 classes/,
  });
  t.deepEqual((await (await openRun(unlabelled)).probe()).labels, none.labels);
});
