import test from 'ava';
import {barScale, placeBars, type BarSpec} from '#ui/charts/bar-spec.js';
import {isolatedPoints, nearestIndex} from '#ui/charts/line-spec.js';
import {shareOf} from '#ui/charts/multiples-spec.js';

const bar = (value: number | null, ceiling: number | null = null) => ({
  label: '',
  colour: '#000000',
  value,
  ceiling,
});

test('a point between two gaps is isolated, also at the ends', t => {
  t.deepEqual(isolatedPoints([1, null, 2, 3, null, 4]), [0, 5]);
  t.deepEqual(isolatedPoints([1]), [0]);
  t.deepEqual(isolatedPoints([null, null]), []);
});

test('the nearest index is that of the nearest x', t => {
  t.is(nearestIndex([0, 5, 10], 7), 1);
  t.is(nearestIndex([0, 5, 10], 99), 2);
  t.is(nearestIndex([], 1), -1);
});

test('a single epoch stands in the middle of its chart', t => {
  t.is(shareOf([4], 4), 0.5);
  t.is(shareOf([0, 4], 1), 0.25);
});

test('bars do not overlap, stay inside, and keep the order of groups and runs', t => {
  const spec: BarSpec = {
    yLabel: '',
    groups: Array.from({length: 7}, () => ({label: '', bars: [bar(1), bar(2), bar(3)]})),
  };
  const placed = placeBars(spec, 500);
  t.is(placed.length, 21);
  placed.forEach(({x, width}, i) => {
    const next = placed[i + 1];
    t.true(next === undefined || x + width <= next.x);
    t.true(x >= 0 && x + width <= 500);
  });
});

test('the scale of bars holds values and ceilings in round steps', t => {
  const spec: BarSpec = {yLabel: '', groups: [{label: '', bars: [bar(11.2, 12.3), bar(null)]}]};
  t.deepEqual(barScale(spec), {top: 15, step: 5});
  t.deepEqual(barScale({yLabel: '', groups: []}), {top: 1, step: 0.5});
});
