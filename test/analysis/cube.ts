import {join} from 'node:path';
import {readFile} from 'node:fs/promises';
import test from 'ava';
import {openCube} from 'cnnslicer/analysis';
import {RunWriter, verifyRun} from 'cnnslicer/store';
import {writtenCube} from '../support/cube.js';
import {column} from '../support/cube.js';
import {CONV, probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {layerMaps, writeEpoch} from '../support/written-run.js';

const info = runInfo();

test('a slice goes through its maps one record batch at a time', async t => {
  const cube = await writtenCube(t);
  const slice = await cube.slice({
    samples: {labels: [1]},
    layers: ['conv2d_1'],
    channels: [{from: 2, to: 3, step: 1}],
    epochs: [0, 2],
  });
  t.deepEqual(slice.epochs, [0, 2]);
  const seen: string[] = [];
  for await (const {epoch, layer, channel, samples, labels, maps} of slice.maps()) {
    seen.push(`${epoch} ${layer.name} ${channel}`);
    t.deepEqual([samples, labels, maps.length], [[2, 3], [1, 1], 30]);
    t.is(maps[0], layerMaps(info, CONV, epoch)[2 * 15 * 7 + channel]);
  }
  t.deepEqual(seen, ['0 conv2d_1 2', '0 conv2d_1 3', '2 conv2d_1 2', '2 conv2d_1 3']);
});

test('a slice answers the measures that the notation names', async t => {
  const cube = await writtenCube(t);
  const conv = await cube.slice({layers: [1], epochs: [1]});
  const dense = await cube.slice({layers: [2], epochs: [1]});
  t.deepEqual(await conv.entropy(), await cube.query('H(dCNN(*, 1, *, 1))'));
  t.deepEqual(await conv.interSampleEntropy({k: 2}), await cube.query('Hx(dCNN(*, 1, *, 1), k=2)'));
  t.deepEqual(await conv.capacity(dense), await cube.query('C(dCNN(*, 1, *, 1), dCNN(*, 2, *, 1))'));
});

test('derived tables belong to the data that they were computed from', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await RunWriter.create(dir, info, probeData());
  await writeEpoch(writer, info, 0);
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  const expression = 'H(dCNN(*, 1, *, 0), bins=8)';
  const before = column(await cube.query(expression), 'bits');
  await writeEpoch(writer, info, 0, 2);
  const after = column(await cube.query(expression), 'bits');
  t.notDeepEqual(after, before);
  t.true((await verifyRun(dir)).ok);
});

test('one channel at one epoch of 120 costs the check of its file: less than a fiftieth of the run', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const layer = {...CONV, spatial: [32, 32], channels: 16};
  const large = runInfo({layers: [...info.layers.slice(0, 1), layer]});
  const writer = await RunWriter.create(dir, large, probeData());
  const maps = layerMaps(large, layer, 0);
  for (let epoch = 0; epoch < 120; epoch++) {
    const files = await writer.epoch(epoch);
    await files.activations(layer, maps, 6);
    await files.commit();
  }
  const {bytes} = await verifyRun(dir);
  const before = await bytesRead();
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  const result = await cube.query('dCNN(*, conv2d_1, 7, 60)');
  const read = (await bytesRead()) - before;
  t.is(result.rows, 6);
  t.true(bytes > 40e6);
  t.true(read < bytes / 50, `${read} of ${bytes} bytes`);
  t.log(`${read} of ${bytes} bytes were read`);
});

/** All bytes that this process has read from anywhere, as the system counts them. */
async function bytesRead(): Promise<number> {
  return Number(/^rchar: (\d+)$/m.exec(await readFile('/proc/self/io', 'utf8'))?.[1]);
}
