import test from 'ava';
import {channelCapacity, pairCodes} from 'cnnslicer/metrics';
import type {CapacityMatrix} from '#src/shared/capacity-matrix.js';
import {redundantChannels} from '#src/analysis/findings/redundant-channels.js';
import {saturatedLayer} from '#src/analysis/findings/saturated-layer.js';
import {seededRandom, type LayerInfo} from '#src/shared/index.js';
import {CONV} from '../../support/run-folder.js';

const SAMPLES = 60;
/** Bits of each channel: channel 1 says less than its copy. */
const ENTROPY = [3, 1, 3, 3, 2, 3];

/** As the answer to a capacity query states it. */
const BASIS = {n: SAMPLES, pairs: 1770, bins: 32, permutations: 399};

function layer(name: string, channels: number): LayerInfo {
  return {...CONV, name, channels, spatial: [4, 4]};
}

/** Channels of noise; each of `copies` repeats another with a little more noise. */
function codes(channels: number, seed: number, copies: Record<number, number> = {}) {
  const random = seededRandom(seed);
  const size = SAMPLES * 16;
  const maps = Float32Array.from({length: channels * size}, random);
  // Samples differ in brightness, so that distances differ.
  for (let i = 0; i < maps.length; i++)
    maps[i] = (maps[i] as number) * (1 + 9 * seededRandom(seed * 97 + Math.floor(i / 16))());
  for (const [copy, of] of Object.entries(copies)) {
    for (let i = 0; i < size; i++)
      maps[Number(copy) * size + i] = (maps[of * size + i] as number) * 3 + 0.01 * random();
  }
  return pairCodes(maps, {channels, samples: SAMPLES, pixels: 16});
}

function matrix(from: ReturnType<typeof codes>, to: ReturnType<typeof codes>): CapacityMatrix {
  const {bits, hx, hy, baseline, samples, pairs} = channelCapacity(from, to, {permutations: 399});
  return {
    rows: from.channels,
    columns: to.channels,
    bits,
    hx,
    hy,
    p: baseline?.p ?? null,
    permutations: 399,
    n: samples,
    pairs,
    bins: 32,
  };
}

test('a channel that repeats another is found, others are not', t => {
  const same = codes(6, 1, {4: 1});
  const [found, ...rest] = redundantChannels(matrix(same, same), layer('conv', 6), {
    epoch: 3,
    entropy: ENTROPY,
    basis: BASIS,
  });
  t.deepEqual(rest, []);
  t.deepEqual(found?.pairs, [[1, 4]]);
  t.deepEqual(found?.channels, [1], 'the one of lower entropy');
  t.is(found?.title, '1 channel pair of conv says nearly the same at epoch 3: 1-4');
  t.is(found?.evidence, 'C(dCNN(*, conv, {1,4}, 3), dCNN(*, conv, {1,4}, 3), permutations=399)');
  t.is(found?.confidence.grade, 'moderate');
  const different = codes(6, 1);
  t.deepEqual(
    redundantChannels(matrix(different, different), layer('conv', 6), {
      epoch: 3,
      entropy: ENTROPY,
      basis: BASIS,
    }),
    [],
  );
});

test('dead channels are not called copies of each other', t => {
  const dead = pairCodes(new Float32Array(3 * SAMPLES * 16), {channels: 3, samples: SAMPLES, pixels: 16});
  t.deepEqual(
    redundantChannels(matrix(dead, dead), layer('conv', 3), {epoch: 3, entropy: ENTROPY, basis: BASIS}),
    [],
  );
});

test('a pair that chance gives among so many is not called a copy', t => {
  const same = codes(6, 1, {4: 1});
  const found = matrix(same, same);
  // One pair of fifteen at 1 in 100 is what fifteen tests give by chance; at 1 in 1000 it is not.
  const only = (p: number) => ({...found, p: found.bits.map((_, at) => (at === 10 ? p : 0.5))});
  const judge = (p: number) =>
    redundantChannels(only(p), layer('conv', 6), {epoch: 3, entropy: ENTROPY, basis: BASIS}).map(
      ({pairs}) => pairs,
    );
  t.deepEqual(judge(0.01), []);
  t.deepEqual(judge(0.001), [[[1, 4]]]);
});

test('a layer is saturated when most values lie at the ends of its range; zeros of a relu do not count', t => {
  const random = seededRandom(5);
  const squashed = Float32Array.from({length: 4000}, () => Math.tanh(12 * (random() - 0.5)));
  t.like(saturatedLayer(squashed, layer('tanh', 4), {epoch: 1, n: 50})[0], {
    kind: 'saturated-layer',
    layer: 'tanh',
  });
  const rectified = Float32Array.from({length: 4000}, () => Math.max(0, random() - 0.9));
  t.deepEqual(saturatedLayer(rectified, layer('relu', 4), {epoch: 1, n: 50}), []);
  t.deepEqual(saturatedLayer(new Float32Array(40), layer('dead', 4), {epoch: 1, n: 50}), []);
});
