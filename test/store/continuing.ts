import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openRun, RunFormatError, RunWriter} from 'cnnslicer/store';
import type {RunInfo} from '#src/shared/index.js';
import {editSealed} from '../support/edit-sealed.js';
import {CONV, continuedFrom, DENSE, INPUT, probeData, randomFloats, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Writes epochs first..last, whose maps tell where they come from. */
async function writeEpochs(writer: RunWriter, first: number, last: number, mark = 0): Promise<void> {
  for (let t = first; t <= last; t++) {
    const epoch = await writer.epoch(t);
    await epoch.activations(DENSE, new Float32Array(60).fill(mark + t), 6);
    await epoch.table('logs', [{epoch: t, name: 'loss', value: mark + t}]);
    await epoch.commit();
  }
}

async function losses(dir: string): Promise<(number | null)[]> {
  return (await (await openRun(dir)).table('logs')).map(row => row.value);
}

/** A run with the epochs first..last, which is over. */
async function writtenRun(dir: string, last: number): Promise<void> {
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  await writeEpochs(writer, 0, last);
  await writer.close('finished');
}

test('going on from epoch e replaces the epochs after it, and says which', async t => {
  const dir = await temporaryFolder(t);
  await writtenRun(dir, 4);

  const again = await RunWriter.create(dir, continuedFrom(2), probeData());
  t.deepEqual(again.replaced, [3, 4]);
  t.deepEqual(again.start, {epoch: 2, captured: true, goesOn: true});
  t.deepEqual(await (await openRun(dir)).epochs(), [0, 1, 2]);
  t.deepEqual((await readdir(join(dir, 'metrics', 'logs'))).sort(), ['epoch=0', 'epoch=1', 'epoch=2']);
  await writeEpochs(again, 3, 3, 100);
  t.deepEqual(await losses(dir), [0, 1, 2, 103]);
  await again.close('finished');

  const fromStart = await RunWriter.create(dir, runInfo(), probeData(2), {existing: 'overwrite'});
  t.deepEqual([fromStart.dir, fromStart.replaced], [dir, [0, 1, 2, 3]]);
  t.deepEqual(await (await openRun(dir)).epochs(), []);
  t.deepEqual(await (await openRun(dir)).probe(), probeData(2));
});

test('epochs are removed from the last one on, so that a removal cut short leaves no gap', async t => {
  const dir = await temporaryFolder(t);
  await writtenRun(dir, 2);
  const obstacle = join(dir, 'activations', 'epoch=1', '_manifest.json');
  await rm(obstacle);
  await mkdir(obstacle); // a folder, which is not removed as a file
  await t.throwsAsync(RunWriter.create(dir, runInfo(), probeData(), {existing: 'overwrite'}), {
    message: /^Cannot remove .*epoch=1/,
  });
  t.deepEqual(await (await openRun(dir)).epochs(), [0]);
});

test('an epoch that is written again replaces the old one, also for a reader that has seen it', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  await writeEpochs(writer, 0, 1);
  const reader = await openRun(dir);
  t.is((await reader.activations(1, 'dense_1')).maps[0], 1);
  await writeEpochs(writer, 1, 1, 50);
  t.is((await reader.activations(1, 'dense_1')).maps[0], 51);
  t.deepEqual(await reader.epochs(), [0, 1]);
});

test('what an unfinished epoch and a cut-short write have left is removed at the next start', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  await writeEpochs(writer, 0, 0);
  const unfinished = await writer.epoch(1);
  await unfinished.table('logs', []);
  await writeFile(join(dir, '.run.json.1-abc.tmp'), 'half');
  await writer.close('failed');

  t.deepEqual((await RunWriter.create(dir, continuedFrom(1), probeData())).replaced, []);
  t.deepEqual(await readdir(join(dir, 'metrics', 'logs')), ['epoch=0']);
  t.deepEqual((await readdir(dir)).sort(), ['.writer-1.lock', 'activations', 'metrics', 'probe', 'run.json']);
});

test('a start that was killed before run.json can be repeated', async t => {
  const dir = await temporaryFolder(t);
  await mkdir(join(dir, 'probe'));
  await writeFile(join(dir, 'probe', '.part-0.arrow.1-abc.tmp'), 'half');
  await RunWriter.create(dir, runInfo(), probeData());
  t.deepEqual((await readdir(join(dir, 'probe'))).sort(), ['_manifest.json', 'part-0.arrow']);
});

const OTHER_MODELS: [title: string, info: RunInfo, difference: string][] = [
  [
    'another layer',
    continuedFrom(1, {layers: [INPUT, {...CONV, channels: 8}, DENSE]}),
    'layer 1 was conv2d_1 (Conv2D, 3 x 5 x 7) and is now conv2d_1 (Conv2D, 3 x 5 x 8)',
  ],
  [
    'another input',
    continuedFrom(1, {layers: [{...INPUT, name: 'image'}, CONV, DENSE]}),
    'layer 0 was input_1 (InputLayer, 4 x 3 x 2) and is now image (InputLayer, 4 x 3 x 2)',
  ],
  [
    'a layer less',
    continuedFrom(1, {layers: [INPUT, CONV]}),
    'layer 2 was dense_1 (Dense, 10) and is now not captured',
  ],
  [
    'a layer more',
    continuedFrom(1, {layers: [INPUT, CONV, DENSE, {...DENSE, index: 3, name: 'dense_2'}]}),
    'layer 3 was not captured and is now dense_2 (Dense, 10)',
  ],
];

for (const [title, info, difference] of OTHER_MODELS) {
  test(`going on with ${title} is refused, and nothing is changed`, async t => {
    const dir = await temporaryFolder(t);
    await writtenRun(dir, 2);
    await t.throwsAsync(RunWriter.create(dir, info, probeData()), {
      instanceOf: RangeError,
      message:
        `RunWriter.create: ${dir} cannot be resumed: ${difference}. ` +
        "Train into another folder, or from epoch 0: that creates a run next to it, or with existing: 'overwrite' replaces it.",
    });
    t.deepEqual(await (await openRun(dir)).epochs(), [0, 1, 2]);
  });
}

test('going on with another probe is refused', async t => {
  const dir = await temporaryFolder(t);
  await writtenRun(dir, 1);
  await t.throwsAsync(RunWriter.create(dir, continuedFrom(1), probeData(9)), {
    message: /: the probe is not the one the earlier epochs were measured with\./,
  });
});

test('another format version is refused in one clear line, by the writer and by the reader', async t => {
  const dir = await temporaryFolder(t);
  await writtenRun(dir, 0);
  const path = join(dir, 'run.json');
  await editSealed<{formatVersion: number}>(path, content => {
    content.formatVersion = 2;
  });
  const expected = {
    instanceOf: RunFormatError,
    code: 'version',
    message: `${path} has format version 2; this version of cnnslicer reads version 1. Use the cnnslicer that wrote it, or train into another folder.`,
  };
  await t.throwsAsync(openRun(dir), expected);
  await t.throwsAsync(RunWriter.create(dir, continuedFrom(1), probeData()), expected);
});

test('a folder that holds something else is refused and left alone', async t => {
  const dir = await temporaryFolder(t);
  await writeFile(join(dir, 'thesis.txt'), 'x');
  await t.throwsAsync(RunWriter.create(dir, runInfo(), probeData()), {
    instanceOf: RunFormatError,
    code: 'not-a-run',
    message: `${dir} is not empty and not a run (it holds thesis.txt but no run.json). Choose another folder.`,
  });
  t.deepEqual(await readdir(dir), ['thesis.txt']);
});

test('a damaged run.json is refused', async t => {
  const dir = await temporaryFolder(t);
  await RunWriter.create(dir, runInfo(), probeData());
  const path = join(dir, 'run.json');
  await writeFile(path, '{"format": "cnnslicer-run", "formatVersion": 1, "name": "x"');
  await t.throwsAsync(openRun(dir), {code: 'damaged', message: `${path} is damaged: it is not JSON.`});
  await writeFile(path, JSON.stringify({...runInfo(), layers: 'many'}));
  await t.throwsAsync(openRun(dir), {code: 'damaged', message: /run\.json is damaged: .* at layers\.$/});
  await rm(path);
  await t.throwsAsync(openRun(dir), {code: 'not-a-run', message: `${dir} is not a run: it has no run.json.`});
});

test('the status can be changed, and nothing else changes with it', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  await writer.close('finished');
  t.deepEqual((await openRun(dir)).info, {...writer.info, status: 'finished'});
});

test('an epoch refuses what would make it wrong', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  await t.throwsAsync(writer.epoch(-1), {message: 'RunWriter.epoch: t must be an integer >= 0, got -1.'});
  const epoch = await writer.epoch(0);
  await t.throwsAsync(epoch.activations(INPUT, new Float32Array(144), 6), {
    message:
      'EpochWriter.activations: layer input_1 is an input of the model, which the probe holds already.',
  });
  await epoch.table('logs', []);
  await t.throwsAsync(epoch.table('logs', []), {message: /part-0\.parquet of epoch 0 is written already/});
  await epoch.commit();
  await t.throwsAsync(epoch.table('confusion', []), {
    message: 'EpochWriter: epoch 0 is committed; ask RunWriter.epoch for another.',
  });

  const failing = await writer.epoch(1);
  await t.throwsAsync(failing.activations(CONV, new Float32Array(5), 6), {
    message: 'writeActivations: maps of conv2d_1 must have 630 elements, got 5.',
  });
  await t.throwsAsync(failing.commit(), {
    message: `Nothing of epoch 1 could be stored in ${dir}.`,
  });
  t.deepEqual(await (await openRun(dir)).epochs(), [0]);
});

test('weights that cannot be stored are refused by name', async t => {
  const writer = await RunWriter.create(await temporaryFolder(t), runInfo(), probeData());
  const epoch = await writer.epoch(0);
  const values = new Float32Array(2);
  await t.throwsAsync(epoch.weights([{name: 'w', shape: [2], dtype: 'string', values}]), {
    message: /weight w has dtype string; only float32, int32 and bool can be stored\.$/,
  });
});

test('a probe that does not fit the run is refused', async t => {
  const dir = await temporaryFolder(t);
  const probe = probeData();
  await t.throwsAsync(RunWriter.create(dir, runInfo(), {...probe, labels: Int32Array.of(1)}), {
    message: 'RunWriter.create: probe.labels must have 6 elements, got 1.',
  });
  const inputs = [{name: 'input_1', shape: [4, 3], values: randomFloats(72, 1)}];
  await t.throwsAsync(RunWriter.create(dir, runInfo(), {...probe, inputs}), {
    message:
      'RunWriter.create: probe input input_1 has shape [4, 3], 12 values a sample, but layer 0 of the run has 24.',
  });
});

test('going on with the same inputs under other labels is refused', async t => {
  const dir = await temporaryFolder(t);
  await writtenRun(dir, 1);
  const probe = probeData();
  await t.throwsAsync(
    RunWriter.create(dir, continuedFrom(1), {...probe, labels: probe.labels.toReversed()}),
    {message: /the probe is not the one the earlier epochs were measured with/},
  );
  t.deepEqual(await (await openRun(dir)).epochs(), [0, 1]);
});
