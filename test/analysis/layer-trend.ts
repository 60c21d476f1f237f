import test from 'ava';
import {layerTrend} from 'cnnslicer/analysis';
import type {LayerEntropyRow} from '#src/shared/index.js';

const row = (epoch: number, bits: number | null, other: Partial<LayerEntropyRow> = {}): LayerEntropyRow => ({
  epoch,
  layer: 'conv',
  class: null,
  bits,
  log2_edges: 10,
  k: 15,
  n: 100,
  invalid: 0,
  clamped: 0,
  matrix_bits: 2,
  intra_mean: 1.5,
  min: 0,
  max: 1,
  reason: null,
  ...other,
});

test('takes the ends of the run from rows in any order', t => {
  const trend = layerTrend(
    [row(1, 9), row(3, 8, {intra_mean: 0.5, clamped: 2}), row(0, 9.5), row(2, 7)],
    'conv',
  );
  t.deepEqual(trend, {
    first: {epoch: 0, bits: 9.5, log2Edges: 10, k: 15, n: 100, clamped: 0, reason: null, intraMean: 1.5},
    last: {epoch: 3, bits: 8, log2Edges: 10, k: 15, n: 100, clamped: 2, reason: null, intraMean: 0.5},
    comparable: true,
  });
});

test('values with another N or k are not comparable', t => {
  t.false(layerTrend([row(0, 9), row(1, 8, {n: 99})], 'conv')?.comparable);
  t.false(layerTrend([row(0, 9), row(1, 8, {k: 14})], 'conv')?.comparable);
});

test('an undefined end stays null and keeps its reason', t => {
  const trend = layerTrend([row(0, 9), row(1, null, {reason: 'non-finite', intra_mean: null})], 'conv');
  t.is(trend?.last.bits, null);
  t.is(trend?.last.reason, 'non-finite');
  t.is(trend?.last.intraMean, null);
});

test('one epoch is both ends, and rows of one class or another layer are not read', t => {
  const trend = layerTrend([row(2, 9), row(0, 1, {class: 4}), row(7, 1, {layer: 'dense'})], 'conv');
  t.is(trend?.first, trend?.last);
  t.is(trend?.first.epoch, 2);
  t.is(layerTrend([row(0, 9)], 'absent'), null);
});
