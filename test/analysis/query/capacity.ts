import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {channelCapacity, pairCodes} from 'cnnslicer/metrics';
import type {LayerInfo} from '#src/shared/index.js';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, DENSE, runInfo} from '../../support/run-folder.js';
import {layerMaps} from '../../support/written-run.js';
import {allCloseTo} from '../../support/close-to.js';

const info = runInfo();

/** Codes of some samples of the written activations of a layer. */
function codes(layer: LayerInfo, epoch: number, samples = [0, 1, 2, 3, 4, 5], bins = 32) {
  const pixels = layer.spatial.reduce((product, extent) => product * extent, 1);
  const {channels} = layer;
  const from = layerMaps(info, layer, epoch);
  const maps = Float32Array.from({length: channels * samples.length * pixels}, (_, i) => {
    const [channel, rest] = [Math.floor(i / (samples.length * pixels)), i % (samples.length * pixels)];
    const sample = samples[Math.floor(rest / pixels)] as number;
    return from[(sample * pixels + (rest % pixels)) * channels + channel] as number;
  });
  return pairCodes(maps, {channels, samples: samples.length, pixels}, {bins});
}

test('C of two layers is the capacity of every channel pair, and is kept', async t => {
  const cube = await writtenCube(t);
  const expression = 'C(dCNN(*, conv2d_1, *, 2), dCNN(*, dense_1, *, 2), bins=8)';
  const result = await cube.query(expression);
  const expected = channelCapacity(codes(CONV, 2, undefined, 8), codes(DENSE, 2, undefined, 8));
  t.is(result.rows, 70);
  allCloseTo(t, column(result, 'bits') as number[], expected.bits, 1e-9);
  allCloseTo(t, column(result, 'miller_madow') as number[], expected.millerMadow, 1e-9);
  t.deepEqual(column(result, 'from_channel').slice(9, 11), [0, 1]);
  t.deepEqual(column(result, 'to_channel').slice(9, 11), [9, 0]);
  t.like(result.facts, {bins: 8, n: 6, pairs: 15});
  cube.activations = () => Promise.reject(new Error('read again'));
  t.deepEqual(await cube.query(expression), result);
});

test('where nothing can be stored, queries still work, and it is reported once', async t => {
  const expression = 'C(dCNN(*, conv2d_1, *, *), dCNN(*, dense_1, *, *))';
  const expected = await (await writtenCube(t)).query(expression);
  const cube = await writtenCube(t);
  await writeFile(join(cube.dir, 'derived'), 'in the way');
  const warnings: string[] = [];
  const listen = ({message}: Error) => void warnings.push(message);
  process.on('warning', listen);
  t.teardown(() => process.off('warning', listen));
  for (let i = 0; i < 2; i++) t.deepEqual(await cube.query(expression), expected);
  const own = warnings.filter(line => line.includes(cube.dir));
  t.is(own.length, 1);
  t.regex(own[0]!, /derived.+ What was computed is not kept\.$/);
});

test('some channels are cut out of the matrix', async t => {
  const cube = await writtenCube(t);
  const whole = channelCapacity(codes(CONV, 0), codes(DENSE, 0)).bits;
  const result = await cube.query('C(dCNN(*, conv2d_1, {1,5}, 0), dCNN(*, dense_1, 3, 0))');
  allCloseTo(t, column(result, 'bits') as number[], [Number(whole[13]), Number(whole[53])], 1e-9);
});

test('a class, some samples and the input can be asked for', async t => {
  const cube = await writtenCube(t);
  const some = await cube.query('C(dCNN({0,2,3,5}, 1, *, 0), dCNN({0,2,3,5}, 2, *, 0))');
  const expected = channelCapacity(codes(CONV, 0, [0, 2, 3, 5]), codes(DENSE, 0, [0, 2, 3, 5]));
  allCloseTo(t, column(some, 'bits') as number[], expected.bits, 1e-9);
  const ofClass = await cube.query('C(dCNN(label=b, 1, *, 0), dCNN(label=b, 2, *, 0))');
  t.deepEqual([...new Set(column(ofClass, 'class'))], [1]);
  t.deepEqual([...new Set(column(ofClass, 'bits'))], [0], 'one pair of samples tells nothing');
  const input = await cube.query('C(dCNN(*, 0, *, 1), dCNN(*, 1, *, 1))');
  t.is(input.rows, 14);
});

test('a baseline is given on request, the same for the same seed', async t => {
  const cube = await writtenCube(t, {epochs: [0]});
  const ask = (seed: number) =>
    cube.query(`C(dCNN(*, 1, *, 0), dCNN(*, 2, *, 0), permutations=8, seed=${seed})`);
  const first = await ask(3);
  t.true(column(first, 'baseline_p95').every(value => typeof value === 'number' && value >= 0));
  t.deepEqual(await ask(3), first);
  t.notDeepEqual(column(await ask(4), 'baseline_mean'), column(first, 'baseline_mean'));
  const without = await cube.query('C(dCNN(*, 1, *, 0), dCNN(*, 2, *, 0))');
  t.false(Object.keys(without.columns).some(name => name.startsWith('baseline')));
});

test('two slices of other samples or epochs are refused', async t => {
  const cube = await writtenCube(t);
  for (const [expression, what] of [
    ['C(dCNN(*, 1, *, 0), dCNN(*, 2, *, 1))', 'epochs'],
    ['C(dCNN(label=0, 1, *, 0), dCNN(*, 2, *, 0))', 'samples'],
  ] as const) {
    await t.throwsAsync(cube.query(expression), {
      message: `Both slices of C must select the same ${what}; capacity compares the same inputs twice.`,
    });
  }
});

test('abandoned work stops', async t => {
  const cube = await writtenCube(t);
  const gone = AbortSignal.abort(new Error('gone'));
  await t.throwsAsync(cube.query('C(dCNN(*, 1, *, *), dCNN(*, 2, *, *))', {signal: gone}), {message: 'gone'});
});

test('progress goes up to the last part', async t => {
  const cube = await writtenCube(t);
  const shares: number[] = [];
  await cube.query('C(dCNN(*, 1, *, *), dCNN(*, 2, *, *))', {onProgress: share => shares.push(share)});
  t.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  t.true(shares.length >= 3);
});

test('where maps are stored of fewer samples than inputs, both count those samples', async t => {
  const {options} = info;
  const cube = await writtenCube(t, {info: {options: {...options, activations: {samples: 4}}}});
  const result = await cube.query('C(dCNN(*, 0, *, 1), dCNN(*, conv2d_1, *, 1))');
  t.like(result.facts, {n: 4, pairs: 6});
});
