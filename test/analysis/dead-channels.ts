import test from 'ava';
import {deadChannels} from 'cnnslicer/analysis';
import {commonConstant, idleChannels} from '#src/analysis/idle-channels.js';
import type {ChannelEntropyRow, LayerInfo} from '#src/shared/index.js';
import {writtenCube} from '../support/cube.js';
import {CONV, runInfo} from '../support/run-folder.js';

const row = (
  channel: number,
  dead: number | null,
  other: Partial<ChannelEntropyRow> = {},
): ChannelEntropyRow => ({
  epoch: 2,
  layer: CONV.name,
  channel,
  class: null,
  mean: 1,
  std: 0,
  dead,
  zeros: dead,
  n: 40,
  range: 'layer',
  bins: 32,
  reason: null,
  ...other,
});

const at = {layer: CONV, epoch: 2};

test('a channel is dead when every map is one constant, not when nearly every one is', async t => {
  const cube = await writtenCube(t);
  const rows = [row(3, 1), row(0, 0.999), row(1, 1, {n: 38}), row(2, 0)];
  t.deepEqual(await deadChannels(cube, rows, at), {channels: [1, 3], judged: 4, undefined: 0, n: 38});
});

test('only rows of the layer and epoch that count all samples are read', async t => {
  const cube = await writtenCube(t);
  const rows = [row(0, 1, {layer: 'other'}), row(1, 1, {epoch: 4}), row(2, 1, {class: 0}), row(3, 0)];
  t.deepEqual(await deadChannels(cube, rows, at), {channels: [], judged: 1, undefined: 0, n: 40});
});

test('dense units and channels without a finite map are not judged', async t => {
  const cube = await writtenCube(t);
  const rows = [row(0, 1, {reason: 'single-value', mean: null}), row(1, null, {reason: 'non-finite', n: 0})];
  t.deepEqual(await deadChannels(cube, rows, at), {channels: [], judged: 0, undefined: 2, n: null});
});

/** What the maps of a channel hold decides where the table cannot: 6 samples of 15 pixels. */
test('a constant that differs between samples is alive; one that all share is dead', async t => {
  const cube = await writtenCube(t);
  const values = [
    [5, 5, 5, 5, 5, 5],
    [1, 2, 3, 4, 5, 6],
    [5, 5, 5, 5, 5, 1],
    [NaN, 5, 5, 5, 5, 5],
  ];
  cube.activations = (_epoch, _layer, {channels = []} = {}) =>
    Promise.resolve({
      channels: [...channels],
      samples: 6,
      pixels: 15,
      maps: Float32Array.from(
        {length: 90},
        (_, i) => values[channels[0] ?? 0]?.[Math.floor(i / 15)] as number,
      ),
    });
  const rows = values.map((_, channel) => row(channel, 1, {zeros: 0}));
  t.deepEqual((await deadChannels(cube, rows, at)).channels, [0, 3]);
  t.deepEqual(await idleChannels(cube, {...at, rows, least: 0.8}), [
    {channel: 0, share: 1, n: 6},
    {channel: 2, share: 5 / 6, n: 6},
    {channel: 3, share: 1, n: 5},
  ]);
});

test('without stored maps only zeros are known to be the same for all', async t => {
  const {options} = runInfo();
  const cube = await writtenCube(t, {info: {options: {...options, activations: 'none'}}});
  const rows = [row(0, 1), row(1, 1, {zeros: 0}), row(2, 0.98), row(3, 0.98, {zeros: 0.5})];
  const layer: LayerInfo = CONV;
  const idle = await idleChannels(cube, {layer, epoch: 2, rows, least: 0.95});
  t.deepEqual(
    idle.map(({channel, share}) => [channel, Number(share.toFixed(3))]),
    [
      [0, 1],
      [2, 0.96],
    ],
  );
});

test('the commonest constant counts, zero of either sign once, and maps that vary not at all', t => {
  const maps = Float32Array.of(0, 0, -0, -0, 1, 1, 1, 2, Infinity, 0);
  t.deepEqual(commonConstant({maps, samples: 5, pixels: 2}), {share: 0.5, n: 4});
  t.deepEqual(commonConstant({maps: new Float32Array(), samples: 0, pixels: 2}), {share: 0, n: 0});
});
