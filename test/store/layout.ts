import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openRun, RunWriter} from 'cnnslicer/store';
import fc from 'fast-check';
import {encodeLayerName, parseEpochFolder} from '#src/store/layout.js';
import {bitsOf, channelMajor, CONV, INPUT, probeData, randomBits, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const ODD_NAMES = [
  '.',
  '..',
  '../../etc',
  'a/b',
  'a\\b',
  '*',
  'c:',
  'con',
  ' end ',
  'a.',
  "it's",
  '%2F',
  'größe',
  '🙂',
  '\n',
];

const layerName = fc.oneof(fc.constantFrom(...ODD_NAMES), fc.string({minLength: 1, unit: 'binary'}));

test('a layer name becomes one path segment of letters, digits, _, - and %, and can be got back', t => {
  fc.assert(
    fc.property(layerName, name => {
      const segment = encodeLayerName(name);
      t.regex(segment, /^[A-Za-z0-9_%-]+$/);
      t.is(decodeURIComponent(segment), name);
    }),
    {seed: 1, numRuns: 1000},
  );
});

test('usual layer names stay as they are', t => {
  t.is(encodeLayerName('conv2d_Conv2D1-a'), 'conv2d_Conv2D1-a');
});

test('a name that no file system can hold is refused', t => {
  for (const name of ['', 'a\ud800']) {
    t.throws(() => encodeLayerName(name), {
      instanceOf: RangeError,
      message: `encodeLayerName: a layer name must be non-empty, valid Unicode text, got ${JSON.stringify(name)}.`,
    });
  }
});

test('only names that we write are epochs', t => {
  t.is(parseEpochFolder('epoch=0'), 0);
  t.is(parseEpochFolder('epoch=120'), 120);
  for (const name of ['epoch=', 'epoch=012', 'epoch=-1', 'epoch=1.5', 'epoch=1e3', 'xepoch=1', 'epoch=1 ']) {
    t.is(parseEpochFolder(name), undefined, name);
  }
});

test('layers with odd names are stored inside the epoch and read back', async t => {
  const dir = await temporaryFolder(t);
  const layers = ODD_NAMES.map((name, i) => ({...CONV, name, index: i + 1, channels: 1, spatial: [2]}));
  const writer = await RunWriter.create(dir, runInfo({layers: [INPUT, ...layers]}), probeData());
  const epoch = await writer.epoch(0);
  for (const layer of layers) await epoch.activations(layer, randomBits(12, layer.index), 6);
  await epoch.commit();
  t.is((await readdir(join(dir, 'activations', 'epoch=0'))).length, layers.length + 1);
  const run = await openRun(dir);
  for (const {name, index} of layers) {
    t.deepEqual(bitsOf((await run.activations(0, name)).maps), channelMajor(randomBits(12, index), 1), name);
  }
});
