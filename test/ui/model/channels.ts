import test from 'ava';
import {takeRows, type ChannelEntropyRow} from '#src/shared/index.js';
import {
  change,
  entropyDomain,
  isDead,
  lastValue,
  layerChannels,
  overall,
  sortChannels,
} from '#ui/model/channels.js';
import {tableOf} from '../../support/table-of.js';

/** Three channels over epochs 0 and 2, with one class; channel 1 is dead at epoch 2, channel 2 has no value. */
const columns = {
  epoch: [2, 0, 0, 2, 0, 2, 0],
  channel: [0, 0, 1, 1, 2, 2, 0],
  class: [null, null, null, null, null, null, 4],
  mean: [1.5, 1, 2.5, 0, null, null, 3],
  std: [0.1, 0.2, 0.3, 0, null, null, 0.5],
  dead: [0, 0, 0.5, 1, null, null, 0],
  zeros: [0.1, 0, 0.7, 1, null, null, 0],
  n: [20, 20, 20, 20, 0, 0, 2],
  range: ['layer', 'layer', 'layer', 'layer', 'layer', 'layer', 'layer'],
  bins: [32, 32, 32, 32, 32, 32, 32],
  reason: [null, null, null, null, 'non-finite', 'non-finite', null],
};
const table = tableOf<ChannelEntropyRow>(columns);

test('each channel has one line per class over ascending epochs, all samples first', t => {
  const {epochs, channels, bins, ranges, reasons, samples} = layerChannels(table);
  t.deepEqual(epochs, [0, 2]);
  t.deepEqual(
    channels.map(curves => curves.channel),
    [0, 1, 2],
  );
  t.deepEqual(channels[0]?.lines, [
    {
      class: null,
      mean: [1, 1.5],
      std: [0.2, 0.1],
      dead: [0, 0],
      zeros: [0, 0.1],
      n: [20, 20],
      reason: [null, null],
    },
    {
      class: 4,
      mean: [3, null],
      std: [0.5, null],
      dead: [0, null],
      zeros: [0, null],
      n: [2, null],
      reason: [null, null],
    },
  ]);
  t.deepEqual(channels[2]?.lines[0]?.reason, ['non-finite', 'non-finite']);
  t.deepEqual(
    {bins, ranges, reasons, samples},
    {bins: [32], ranges: ['layer'], reasons: ['non-finite'], samples: 20},
  );
});

test('a channel is dead where every map is zero, not where each is another constant', t => {
  const [first, second, third] = layerChannels(table).channels.map(overall);
  t.deepEqual([isDead(second, 0), isDead(second, 1)], [false, true]);
  t.deepEqual([isDead(first, 0), isDead(third, 1), isDead(null, 0)], [false, false, false]);
  const repeated = layerChannels(tableOf({...columns, zeros: columns.dead.map(() => 0)}));
  t.false(isDead(overall(repeated.channels[1]!), 1));
});

test('channels sort by index, by final entropy and by change, undefined ones last', t => {
  const {channels} = layerChannels(table);
  const order = (by: 'index' | 'final' | 'change') =>
    sortChannels(channels, by).map(curves => curves.channel);
  t.deepEqual(order('index'), [0, 1, 2]);
  t.deepEqual(order('final'), [0, 1, 2]);
  t.deepEqual(order('change'), [1, 0, 2]);
});

test('last value and change skip what is undefined', t => {
  const rest = {class: null, std: [], dead: [], zeros: [], n: [], reason: []};
  const line = {...rest, mean: [null, 1, 3, null]};
  t.is(lastValue(line), 3);
  t.is(change(line), 2);
  t.is(lastValue({...rest, mean: [null]}), null);
  t.is(change(null), null);
});

test('the shared scale begins at 0 and holds every drawn line', t => {
  const {channels} = layerChannels(table);
  const all = channels.map(curves => overall(curves)).filter(line => line !== null);
  const [low, high] = entropyDomain(all);
  t.is(low, 0);
  t.true(high > 2.5 && high < 3);
  t.deepEqual(entropyDomain([]), [0, 1]);
});

test('a table without rows is a layer without channels', t => {
  t.deepEqual(layerChannels(takeRows(table, [])).channels, []);
});
