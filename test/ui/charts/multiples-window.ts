import test from 'ava';
import {columnsIn, rowsInWindow} from '#ui/charts/multiples-window.js';
import {shareIn, spanOf} from '#ui/charts/dot-rows-spec.js';

test('as many columns as fit with their gaps, and never none', t => {
  t.is(columnsIn(520, {least: 124, gap: 8}), 4);
  t.is(columnsIn(519, {least: 124, gap: 8}), 3);
  t.is(columnsIn(0, {least: 124, gap: 8}), 1);
});

test('the rows that are seen exist, with a few around them, and no more', t => {
  const grid = {rows: 128, rowHeight: 90};
  t.deepEqual(rowsInWindow({top: 0, height: 450}, grid), {first: 0, end: 8});
  t.deepEqual(rowsInWindow({top: 4500, height: 450}, grid), {first: 47, end: 58});
  t.deepEqual(rowsInWindow({top: 11_070, height: 450}, grid), {first: 120, end: 128});
  t.deepEqual(rowsInWindow({top: 0, height: 450}, {rows: 2, rowHeight: 90}), {first: 0, end: 2});
  t.deepEqual(rowsInWindow({top: 0, height: 450}, {rows: 0, rowHeight: 90}), {first: 0, end: 0});
});

test('a row of dots spans those that have a value', t => {
  const dots = [1, null, 3].map(value => ({colour: '#000000', value}));
  const row = {key: 'a', label: 'a', value: '', dots};
  t.deepEqual(spanOf(row, [0, 4]), [0.25, 0.75]);
  t.is(spanOf({...row, dots: dots.slice(0, 2)}, [0, 4]), null);
  t.is(shareIn([0, 4], 9), 1);
  t.is(shareIn([1, 1], 1), 0);
});
