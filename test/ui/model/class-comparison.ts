import test from 'ava';
import type {QueryResult} from '#src/shared/index.js';
import type {ChannelsByClass, ChannelValue} from '#ui/model/channels-by-class.js';
import {channelDifferences, layerConsistency, toggleCompared} from '#ui/model/class-comparison.js';
import {tableOf} from '../../support/table-of.js';

const bits = [
  [1, 4, null, 2],
  [1.5, 1, 2, 2],
  [0.5, null, null, 2.25],
];

const data: ChannelsByClass = {
  epochs: [0],
  classes: [0, 1, 2],
  channels: [0, 1, 2, 3],
  largest: [1.5, 4, 2, 2.25],
  order: [0, 1, 2, 3],
  at: (classPosition, channel): ChannelValue => ({
    channel,
    class: classPosition,
    bits: bits[classPosition]?.[channel] ?? null,
    std: 0,
    n: 5,
    isDead: false,
    isConstant: false,
    reason: null,
  }),
};

test('channels come by how far apart the classes are, undefined ones last', t => {
  const two = channelDifferences(data, [0, 1], 0);
  t.deepEqual(
    two.map(row => [row.channel, row.spread]),
    [
      [1, 3],
      [0, 0.5],
      [3, 0],
      [2, null],
    ],
  );
});

test('of three classes the difference is that of the two furthest apart', t => {
  const three = channelDifferences(data, [0, 1, 2], 0);
  t.is(three.find(row => row.channel === 0)?.spread, 1);
  t.deepEqual(
    three[0]?.values.map(value => value.bits),
    [4, 1, null],
  );
});

test('two or three classes are compared: the oldest gives way, and two always stay', t => {
  t.deepEqual(toggleCompared([0, 1], 4), [0, 1, 4]);
  t.deepEqual(toggleCompared([0, 1, 4], 6), [1, 4, 6]);
  t.deepEqual(toggleCompared([0, 1, 4], 1), [0, 4]);
  t.deepEqual(toggleCompared([0, 4], 4), [0, 4]);
});

test('a layer has the mean and the standard deviation of its classes, undefined ones left out', t => {
  const answer: QueryResult = {
    expression: '',
    measure: '',
    value: 'bits',
    unit: 'bit',
    facts: {},
    ...tableOf({
      layer: ['b', 'a', 'a', 'a', 'b'],
      class: [0, 0, 1, 2, 1],
      bits: [null, 1, 3, null, null],
    }),
  };
  t.deepEqual(layerConsistency(answer, ['a', 'b', 'c']), [
    {
      layer: 'a',
      classes: [
        {class: 0, bits: 1},
        {class: 1, bits: 3},
        {class: 2, bits: null},
      ],
      mean: 2,
      std: 1,
    },
    {
      layer: 'b',
      classes: [
        {class: 0, bits: null},
        {class: 1, bits: null},
      ],
      mean: null,
      std: null,
    },
    {layer: 'c', classes: [], mean: null, std: null},
  ]);
});

test('a class of no entropy counts like any other', t => {
  const [layer] = layerConsistency(
    {
      expression: '',
      measure: '',
      value: 'bits',
      unit: 'bit',
      facts: {},
      ...tableOf({layer: ['a', 'a'], class: [0, 1], bits: [0, 4]}),
    },
    ['a'],
  );
  t.like(layer, {mean: 2, std: 2});
});
