import test from 'ava';
import {deadChannels} from 'cnnslicer/analysis';
import type {ChannelEntropyRow} from '#src/shared/index.js';

const row = (
  channel: number,
  dead: number | null,
  other: Partial<ChannelEntropyRow> = {},
): ChannelEntropyRow => ({
  epoch: 5,
  layer: 'conv',
  channel,
  class: null,
  mean: 1,
  std: 0,
  dead,
  zeros: 0,
  n: 40,
  range: 'layer',
  bins: 32,
  reason: null,
  ...other,
});

test('a channel is dead when every map is constant, not when nearly every one is', t => {
  t.deepEqual(deadChannels([row(3, 1), row(0, 0.999), row(1, 1, {n: 38}), row(2, 0)], 'conv', 5), {
    channels: [1, 3],
    judged: 4,
    undefined: 0,
    n: 38,
  });
});

test('only rows of the layer and epoch that count all samples are read', t => {
  const rows = [row(0, 1, {layer: 'other'}), row(1, 1, {epoch: 4}), row(2, 1, {class: 0}), row(3, 0)];
  t.deepEqual(deadChannels(rows, 'conv', 5), {channels: [], judged: 1, undefined: 0, n: 40});
});

test('dense units and channels without a finite map are not judged', t => {
  const rows = [row(0, 1, {reason: 'single-value', mean: null}), row(1, null, {reason: 'non-finite', n: 0})];
  t.deepEqual(deadChannels(rows, 'conv', 5), {channels: [], judged: 0, undefined: 2, n: null});
});
