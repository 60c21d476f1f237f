import test from 'ava';
import {filterRows, type ChannelEntropyRow} from '#src/shared/index.js';
import {layerChannels} from '#ui/model/channels.js';
import {channelsByClass, valueInWords, valuesOf, withoutArea} from '#ui/model/channels-by-class.js';
import {packing, radiusOf} from '#ui/model/packing.js';
import {tableOf} from '../../support/table-of.js';

/** Two channels, epochs 0 and 1, all samples and classes 0 and 2; channel 1 is dead in class 2 at epoch 1. */
const rows: [epoch: number, channel: number, index: number | null, mean: number | null][] = [
  [0, 0, null, 1],
  [0, 1, null, 2],
  [1, 0, null, 1.5],
  [1, 1, null, 1],
  [0, 0, 0, 1.2],
  [0, 1, 0, null],
  [1, 0, 0, 3],
  [1, 1, 0, null],
  [0, 0, 2, 0.5],
  [0, 1, 2, 0.75],
  [1, 0, 2, 0.25],
  [1, 1, 2, 0],
];
const columns = {
  epoch: rows.map(row => row[0]),
  channel: rows.map(row => row[1]),
  class: rows.map(row => row[2]),
  mean: rows.map(row => row[3]),
  std: rows.map(() => 0.1),
  dead: rows.map(row => (row[3] === 0 ? 1 : 0)),
  zeros: rows.map(row => (row[3] === 0 ? 1 : 0.2)),
  n: rows.map(row => (row[2] === null ? 9 : 3)),
  range: rows.map(() => 'layer'),
  bins: rows.map(() => 32),
  reason: rows.map(row => (row[3] === null ? 'non-finite' : null)),
};
const data = channelsByClass(layerChannels(tableOf(columns)));

test('classes come with all samples first, and a value knows its channel, class, samples and reason', t => {
  t.deepEqual(data.classes, [null, 0, 2]);
  t.deepEqual(data.at(1, 0, 1), {
    channel: 0,
    class: 0,
    bits: 3,
    std: 0.1,
    n: 3,
    isDead: false,
    isConstant: false,
    reason: null,
  });
  t.like(data.at(1, 1, 1), {bits: null, isDead: false, reason: 'non-finite'});
  t.like(data.at(2, 1, 1), {bits: 0, isDead: true, reason: null});
});

test('a value that no row holds is undefined, and says so', t => {
  t.like(data.at(2, 7, 0), {bits: null, n: 0, reason: 'no-samples'});
});

test('the largest value of a channel is that of any class at any epoch', t => {
  t.deepEqual(data.largest, [3, 2]);
});

test('the order is that of the first epoch, and stays when an epoch is added', t => {
  const young = channelsByClass(layerChannels(filterRows(tableOf<ChannelEntropyRow>(columns), {epoch: 0})));
  t.deepEqual(data.order, [1, 0]);
  t.deepEqual(young.order, data.order);
});

test('from epoch to epoch circles change their size and keep their places', t => {
  const packed = packing(data.largest, {groups: data.classes.length, order: data.order});
  const [before, after] = [0, 1].map(epoch => valuesOf(data, 1, epoch)[0]?.bits ?? 0);
  t.not(before, after);
  t.true(radiusOf(before ?? 0, packed) <= (packed.slots[0]?.r ?? 0));
  t.is(radiusOf(after ?? 0, packed), packed.slots[0]?.r ?? 0);
});

test('dead and undefined channels are counted apart, and named differently', t => {
  t.deepEqual(withoutArea(valuesOf(data, 2, 1)), {dead: 1, flat: 0, undefined: 0});
  t.deepEqual(withoutArea(valuesOf(data, 1, 1)), {dead: 0, flat: 0, undefined: 1});
  t.is(valueInWords(data.at(0, 0, 1)), '1.500 bits');
  t.is(valueInWords(data.at(2, 1, 1)), 'dead: every map is zero, 0 bits');
  t.is(valueInWords(data.at(1, 1, 1)), 'undefined: every map holds a NaN or an Infinity');
});

test('what has 0 bits is not therefore dead: constant maps that are not zero, and values in one bin', t => {
  const withZeros = (dead: number) =>
    channelsByClass(
      layerChannels(
        tableOf({
          ...columns,
          dead: rows.map(row => (row[3] === 0 ? dead : 0)),
          zeros: rows.map(() => 0),
        }),
      ),
    );
  t.is(valueInWords(withZeros(1).at(2, 1, 1)), '0.000 bits: every map is constant');
  t.is(valueInWords(withZeros(0.5).at(2, 1, 1)), '0.000 bits');
  t.deepEqual(withoutArea(valuesOf(withZeros(1), 2, 1)), {dead: 0, flat: 1, undefined: 0});
});
