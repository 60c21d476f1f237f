import test from 'ava';
import type {CapacityMatrix} from '#src/shared/capacity-matrix.js';
import {orderCapacity, profileOf, stripEpochs} from '#ui/model/capacity.js';

const matrix: CapacityMatrix = {
  rows: 2,
  columns: 3,
  bits: Float64Array.of(1, 0.5, Number.NaN, 0, 2, Number.NaN),
  hx: Float64Array.of(2, 2),
  hy: Float64Array.of(2, 2, Number.NaN),
  p: null,
  permutations: 0,
  n: 10,
  pairs: 45,
  bins: 32,
};

test('rows and columns are sorted each by its own rule, undefined channels last', t => {
  const {rows, columns, rowBars, columnBars} = orderCapacity(matrix, {rows: 'mean', columns: 'max'});
  t.deepEqual([...rows], [1, 0]);
  t.deepEqual([...columns], [1, 0, 2]);
  t.deepEqual([...rowBars], [0.75, 1]);
  t.deepEqual([...columnBars], [1, 2, Number.NaN]);
});

test('the natural order stays, with the means as bars', t => {
  const {rows, columns, columnBars} = orderCapacity(matrix, {rows: 'natural', columns: 'natural'});
  t.deepEqual([...rows], [0, 1]);
  t.deepEqual([...columns], [0, 1, 2]);
  t.deepEqual([...columnBars], [0.5, 1.25, Number.NaN]);
});

test('a profile has the mean and the channel most is shared with; without a value there is none', t => {
  t.deepEqual(profileOf(matrix, {row: 1}), {mean: 1, most: {channel: 1, bits: 2}});
  t.deepEqual(profileOf(matrix, {column: 0}), {mean: 0.5, most: {channel: 0, bits: 1}});
  t.is(profileOf(matrix, {column: 2}), null);
});

test('of many epochs the strip shows some, evenly, the first and last among them', t => {
  t.deepEqual(stripEpochs([0, 1, 2], 12), [0, 1, 2]);
  t.deepEqual(stripEpochs([0, 1, 2, 3, 4, 5, 6, 7, 8], 3), [0, 4, 8]);
});
