import test from 'ava';
import {labelsThatFit} from '#ui/charts/bar-labels.js';
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

test('a line passes over what is not its own x: that is neither a gap nor an end', t => {
  t.deepEqual(isolatedPoints([1, undefined, 2, undefined, null, undefined, 3]), [6]);
  t.deepEqual(isolatedPoints([undefined, 1, undefined]), [1]);
});

test('of many rotated labels enough are left out that none overlaps another, but never the marked one', t => {
  const spec: BarSpec = {
    yLabel: '',
    groups: Array.from({length: 115}, (_, i) => ({label: `layer_${i}`, bars: [bar(1)], isMarked: i === 50})),
  };
  for (const step of [4, 5.2, 9, 15, 30]) {
    const shown = labelsThatFit(spec, step);
    t.true(shown.includes(50));
    t.true(shown.length > 20, `${shown.length} labels at ${step} pixels a layer`);
    shown.slice(1).forEach((group, i) => t.true((group - shown[i]!) * step >= 15.99, `step ${step}`));
  }
  t.is(labelsThatFit(spec, 16).length, 115);
});

test('the nearest index is that of the nearest x', t => {
  t.is(nearestIndex([0, 5, 10], 7), 1);
  t.is(nearestIndex([0, 5, 10], 99), 2);
  t.is(nearestIndex([], 1), -1);
});

test('a single epoch is in the middle of its chart', t => {
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
