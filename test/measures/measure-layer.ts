import test from 'ava';
import {measureLayer as measure} from 'cnnslicer/measures';
import {samplesOf} from 'cnnslicer/metrics';
import {simdIntraSampleEntropy, simdSquaredDistances} from 'cnnslicer/metrics/simd';
import {seededRandom, type LayerInfo} from '#src/shared/index.js';
import {closeTo} from '../support/close-to.js';

const layer = (spatial: number[], channels: number): LayerInfo => ({
  index: 1,
  name: 'conv2d_1',
  className: 'Conv2D',
  spatial,
  channels,
});

/** The rows of `channel_entropy`, of `layer_entropy` and of `effective_rank`, and what failed. */
function measureLayer(...input: Parameters<typeof measure>) {
  const {tables, failures} = measure(...input);
  return {
    channels: tables.channel_entropy ?? [],
    layer: tables.layer_entropy ?? [],
    rank: tables.effective_rank ?? [],
    failures,
  };
}

type LayerMeasures = ReturnType<typeof measureLayer>;

const SAMPLES = 24;
const options = {
  epoch: 3,
  labels: Int32Array.from({length: SAMPLES}, (_, sample) => sample % 3),
  classes: 3,
  bins: 32,
  range: 'layer' as const,
  k: 5,
};

/** A small convolution layer's maps, and a dense layer's. */
const conv = layer([4, 4], 2);
const dense = layer([], 32);
const random = seededRandom(7);
const maps = Float32Array.from({length: SAMPLES * 32}, () => Math.max(0, random() - 0.3));
const whole = measureLayer(conv, maps, options);

const without = (measures: LayerMeasures, ...columns: string[]) =>
  measures.layer.map(row =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column))),
  );

test('rows of all samples and of each class, and no failure', t => {
  t.deepEqual(whole.failures, []);
  t.deepEqual(
    whole.layer.map(row => [row.class, row.n, row.reason]),
    [
      [null, 24, null],
      [0, 8, null],
      [1, 8, null],
      [2, 8, null],
    ],
  );
  t.is(whole.channels.length, 8);
});

test('an intra-sample entropy that throws leaves the samples their entropies', t => {
  for (const kind of [conv, dense]) {
    const measures = measureLayer(kind, maps, {...options, bins: 0});
    t.deepEqual(measures.failures, [
      {
        measure: 'intra-sample entropy',
        layer: 'conv2d_1',
        message: 'intraSampleEntropy: bins must be an integer >= 1, got 0.',
      },
    ]);
    t.is(measures.channels.length, 4 * kind.channels);
    t.true(
      measures.channels.every(row => row.mean === null && row.zeros === null && row.reason === 'failed'),
    );
    t.true(measures.layer.every(row => row.intra_mean === null && row.reason === null));
    t.deepEqual(without(measures, 'intra_mean'), without(measureLayer(kind, maps, options), 'intra_mean'));
  }
});

test('an inter-sample entropy that throws leaves the matrix entropy and the channels', t => {
  const measures = measureLayer(conv, maps, {...options, k: 0});
  t.deepEqual(measures.failures, [
    {
      measure: 'inter-sample entropy',
      layer: 'conv2d_1',
      message: 'interSampleEntropyOf: k must be an integer >= 1, got 0.',
    },
  ]);
  t.true(measures.layer.every(row => row.bits === null && row.reason === 'failed'));
  t.deepEqual(
    measures.layer.map(row => [row.matrix_bits, row.n, row.intra_mean]),
    whole.layer.map(row => [row.matrix_bits, row.n, row.intra_mean]),
  );
  t.deepEqual(measures.channels, whole.channels);
});

test('a matrix entropy that throws leaves the inter-sample entropy, and its reason is reported', t => {
  const squaredDistances = () => new Float64Array((SAMPLES * (SAMPLES - 1)) / 2).fill(1.5e308);
  const measures = measureLayer(conv, maps, {...options, squaredDistances});
  t.deepEqual(
    measures.failures.map(failure => failure.measure),
    ['matrix entropy', 'effective rank'],
  );
  t.true(measures.rank.every(row => row.rank === null && row.n > 0 && row.reason === 'failed'));
  t.true(measures.layer.every(row => row.matrix_bits === null && row.reason === 'failed'));
  t.true(measures.layer.every(row => row.bits !== null));
});

test('distances that cannot be computed cost both measures of samples, and the counts stay', t => {
  const bad = maps.slice();
  bad[5 * 32] = NaN;
  const squaredDistances = () => {
    throw new RangeError('no memory');
  };
  const measures = measureLayer(conv, bad, {...options, squaredDistances});
  t.deepEqual(measures.failures, [
    {measure: 'inter-sample entropy', layer: 'conv2d_1', message: 'no memory'},
    {measure: 'matrix entropy', layer: 'conv2d_1', message: 'no memory'},
    {measure: 'effective rank', layer: 'conv2d_1', message: 'no memory'},
  ]);
  t.deepEqual(
    measures.layer.map(row => [row.bits, row.matrix_bits, row.k, row.n, row.invalid, row.reason]),
    [
      [null, null, 5, 23, 1, 'failed'],
      [null, null, 5, 8, 0, 'failed'],
      [null, null, 5, 8, 0, 'failed'],
      [null, null, 5, 7, 1, 'failed'],
    ],
  );
  t.deepEqual(measures.channels, measureLayer(conv, bad, options).channels);
});

test('samples that are all equal have no entropy among them, and the reason is reported', t => {
  for (const value of [0, 0.3, 1e-30]) {
    const {layer: rows, failures} = measureLayer(conv, new Float32Array(SAMPLES * 32).fill(value), options);
    t.deepEqual(failures, []);
    for (const row of rows) {
      t.deepEqual([row.bits, row.log2_edges, row.matrix_bits, row.reason], [null, null, null, 'no-variance']);
    }
  }
});

test('copies of two samples are not all equal', t => {
  const copies = Float32Array.from({length: SAMPLES * 32}, (_, i) => Number(Math.floor(i / 32) % 2));
  const [all] = measureLayer(conv, copies, {...options, labels: new Int32Array(SAMPLES), classes: 1}).layer;
  t.is(all?.clamped, SAMPLES);
  t.is(all?.reason, null);
  closeTo(t, all?.matrix_bits, 0, 1e-12);
});

test('the kernels give the rows of the plain versions', t => {
  const kernels = {squaredDistances: simdSquaredDistances(), intraSampleEntropy: simdIntraSampleEntropy()};
  for (const kind of [layer([2, 4], 4), conv, dense]) {
    t.deepEqual(measureLayer(kind, maps, {...options, ...kernels}), measureLayer(kind, maps, options));
  }
});

test('the smallest and the largest value are those of the finite ones', t => {
  const bad = maps.slice();
  bad.set([NaN, Infinity, -Infinity, -2, 9], 40);
  const [all, , second] = measureLayer(conv, bad, options).layer;
  t.deepEqual([all?.min, all?.max], [-2, 9]);
  t.deepEqual([second?.min, second?.max], [-2, 9]);
  const none = measureLayer(conv, bad.fill(NaN), options).layer[0];
  t.deepEqual([none?.min, none?.max, none?.reason], [null, null, 'non-finite']);
});

test('samples that are read some at a time give the same rows, by the kernels and by the plain versions', t => {
  const kernels = {squaredDistances: simdSquaredDistances(), intraSampleEntropy: simdIntraSampleEntropy()};
  const bad = maps.slice();
  bad.set([NaN, Infinity], 5 * 32 + 7);
  for (const kind of [layer([2, 4], 4), layer([8], 4), conv, dense]) {
    for (const range of ['layer', 'channel', 'map'] as const) {
      for (const values of [maps, bad]) {
        const expected = measureLayer(kind, values, {...options, range});
        for (const block of [1, 5, SAMPLES - 1]) {
          const source = samplesOf(values, SAMPLES, block);
          t.deepEqual(measureLayer(kind, source, {...options, range}), expected);
          t.deepEqual(measureLayer(kind, source, {...options, range, ...kernels}), expected);
        }
      }
    }
  }
});

test('the effective rank of each set of samples is 2 to its matrix entropy, with its ceiling', t => {
  t.deepEqual(
    whole.rank.map(({rank, n, class: of, reason}) => [rank, n, of, reason]),
    whole.layer.map(({matrix_bits, n, class: of}) => [2 ** Number(matrix_bits), n, of, null]),
  );
  t.true(whole.rank.every(({rank, ceiling, n}) => ceiling === n - 1 && Number(rank) <= ceiling));
  const dead = measureLayer(conv, new Float32Array(maps.length), options).rank;
  t.true(dead.every(row => row.rank === null && row.ceiling === null && row.reason === 'no-variance'));
});
