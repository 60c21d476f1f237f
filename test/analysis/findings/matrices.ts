import test from 'ava';
import {channelCapacity, pairCodes} from 'cnnslicer/metrics';
import type {CapacityMatrix} from '#src/analysis/findings/capacity-matrix.js';
import {informationLoss} from '#src/analysis/findings/information-loss.js';
import {redundantChannels} from '#src/analysis/findings/redundant-channels.js';
import {saturatedLayer} from '#src/analysis/findings/saturated-layer.js';
import {seededRandom, type LayerInfo} from '#src/shared/index.js';
import {CONV} from '../../support/run-folder.js';

const SAMPLES = 60;
/** Bits of each channel: channel 1 says less than its copy. */
const ENTROPY = [3, 1, 3, 3, 2, 3];

function layer(name: string, channels: number): LayerInfo {
  return {...CONV, name, channels, spatial: [4, 4]};
}

/** Channels of noise; each of `copies` repeats another with a little noise of its own. */
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
  const {bits, hx, hy, baseline, samples, pairs} = channelCapacity(from, to, {permutations: 10});
  const cells = from.channels * to.channels;
  return {
    rows: from.channels,
    columns: to.channels,
    bits,
    hx: Float64Array.from({length: cells}, (_, cell) => hx[Math.floor(cell / to.channels)] as number),
    hy: Float64Array.from({length: cells}, (_, cell) => hy[cell % to.channels] as number),
    p95: baseline?.p95 ?? null,
    mean: baseline?.mean ?? null,
    basis: {n: samples, pairs, bins: 32, permutations: 10},
  };
}

test('a channel that repeats another is found, others are not', t => {
  const same = codes(6, 1, {4: 1});
  const [found, ...rest] = redundantChannels(matrix(same, same), layer('conv', 6), {
    epoch: 3,
    entropy: ENTROPY,
  });
  t.deepEqual(rest, []);
  t.deepEqual(found?.pairs, [[1, 4]]);
  t.deepEqual(found?.channels, [1], 'the one of lower entropy');
  t.is(found?.title, '1 channel pair of conv say nearly the same at epoch 3: 1-4');
  t.is(found?.evidence, 'C(dCNN(*, conv, {1,4}, 3), dCNN(*, conv, {1,4}, 3), permutations=10)');
  t.is(found?.confidence.grade, 'moderate');
  const different = codes(6, 1);
  t.deepEqual(
    redundantChannels(matrix(different, different), layer('conv', 6), {epoch: 3, entropy: ENTROPY}),
    [],
  );
});

test('dead channels are not called copies of each other', t => {
  const dead = pairCodes(new Float32Array(3 * SAMPLES * 16), {channels: 3, samples: SAMPLES, pixels: 16});
  t.deepEqual(redundantChannels(matrix(dead, dead), layer('conv', 3), {epoch: 3, entropy: ENTROPY}), []);
});

test('the step that loses most is the one after which the next layer holds least', t => {
  const [first, second] = [codes(4, 1), codes(4, 2)];
  const [a, b, c] = [layer('a', 4), layer('b', 4), layer('c', 4)];
  const steps = [
    {from: a, to: b, matrix: matrix(first, first)},
    {from: b, to: c, matrix: matrix(first, second)},
  ];
  const [found] = informationLoss(steps, 2);
  t.like(found, {kind: 'information-loss', layer: 'b', to: 'c', level: 'note'});
  t.is(found?.evidence, 'max(C(dCNN(*, b, *, 2), dCNN(*, c, *, 2), permutations=10) over channel)');
  t.regex(String(found?.basis['kept a to b']), /^\d\d/);
  t.deepEqual(informationLoss(steps.slice(0, 1), 2), [], 'one step has nothing to be compared with');
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
