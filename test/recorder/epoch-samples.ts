import {readdir, rm} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {valuesOf} from '#src/shared/layer-size.js';
import {EpochSamples, samplesInBlock, waitingBytes, type SamplesPlace} from '#src/recorder/epoch-samples.js';
import {CONV, DENSE, INPUT, randomFloats} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const layers = [INPUT, CONV, DENSE];
const SAMPLES = 13;
/** All activations of one sample, bytes. */
const SAMPLE_BYTES = 4 * layers.reduce((sum, layer) => sum + valuesOf(layer), 0);

const place = (dir: string, memory: number): SamplesPlace => ({dir, layers, samples: SAMPLES, memory});

const whole = layers.map((layer, i) => randomFloats(SAMPLES * valuesOf(layer), i + 1));

/** Takes all samples in batches of these sizes. */
function taken(at: SamplesPlace, sizes: readonly number[]): EpochSamples {
  const epoch = new EpochSamples(at);
  let start = 0;
  for (const size of sizes) {
    const count = Math.min(size, SAMPLES - start);
    const batch = layers.map((layer, i) => {
      const values = valuesOf(layer);
      return (whole[i] as Float32Array).slice(start * values, (start + count) * values);
    });
    epoch.add(start, batch);
    start += count;
  }
  return epoch;
}

/** Checks every way of reading against the values that were taken. */
function readsAsTaken(t: ExecutionContext, epoch: EpochSamples, start: number, first: number): void {
  for (const [i, {layer, maps}] of epoch.layers().entries()) {
    const size = valuesOf(layer);
    const values = whole[i] as Float32Array;
    const count = SAMPLES - start;
    t.deepEqual([...maps.read(start, count)], [...values.subarray(start * size)], `${layer.name}, samples`);
    const from = first % size;
    const features = Array.from({length: SAMPLES}, (_, sample) => [
      ...values.subarray(sample * size + from, (sample + 1) * size),
    ]).flat();
    t.deepEqual([...maps.readFeatures(from, size - from)], features, `${layer.name}, features from ${from}`);
  }
}

test('samples read the same from memory and from disk, whatever the batches', async t => {
  const dir = await temporaryFolder(t);
  const sizes = fc.array(fc.integer({min: 1, max: SAMPLES}), {minLength: SAMPLES, maxLength: SAMPLES});
  fc.assert(
    fc.property(sizes, fc.nat(SAMPLES - 1), fc.nat(100), fc.boolean(), (batches, start, first, onDisk) => {
      const epoch = taken(place(dir, onDisk ? SAMPLE_BYTES : 1e9), batches);
      try {
        readsAsTaken(t, epoch, start, first);
      } finally {
        epoch.close();
      }
    }),
    {numRuns: 40},
  );
});

test('a quarter of the memory holds an epoch; of a larger one all waits on disk', t => {
  const all = SAMPLE_BYTES * SAMPLES;
  t.is(waitingBytes(place('', 4 * all)), 0);
  t.is(waitingBytes(place('', 4 * all - 4)), all);
});

test('a block is a tenth of the memory, at least one sample and at most all', t => {
  const bytes = 4 * valuesOf(CONV);
  t.is(samplesInBlock(CONV, SAMPLES, 50 * bytes), 5);
  t.is(samplesInBlock(CONV, SAMPLES, bytes), 1);
  t.is(samplesInBlock(CONV, SAMPLES, 1e9), SAMPLES);
});

test('the file has no name, so nothing is left behind, closed or not', async t => {
  const dir = await temporaryFolder(t);
  const epoch = taken(place(dir, SAMPLE_BYTES), [SAMPLES]);
  t.deepEqual(await readdir(dir), []);
  epoch.close();
  t.deepEqual(await readdir(dir), []);
});

test('a disk that cannot be written is a failure with its folder, once, and further samples are ignored', async t => {
  const dir = await temporaryFolder(t);
  await rm(dir, {recursive: true});
  const epoch = taken(place(dir, SAMPLE_BYTES), [1, SAMPLES]);
  t.true(epoch.failure?.message.includes(dir), epoch.failure?.message);
});

test('samples that were never taken are not made up', async t => {
  const epoch = new EpochSamples(place(await temporaryFolder(t), SAMPLE_BYTES));
  const [first] = epoch.layers();
  t.throws(() => first?.maps.read(0, 1), {message: /never taken/});
  epoch.close();
});
