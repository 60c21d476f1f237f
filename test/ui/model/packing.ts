import test from 'ava';
import fc from 'fast-check';
import {arrowStep, type ArrowStep} from '#ui/model/arrow-step.js';
import {circleAt, neighbour, packing, radiusOf, type Circle} from '#ui/model/packing.js';
import {closeTo} from '../../support/close-to.js';

const entropies = fc.array(fc.option(fc.double({min: 0, max: 5, noNaN: true}), {freq: 8}), {
  minLength: 1,
  maxLength: 40,
});

const arrows = ['Left', 'Right', 'Up', 'Down'].map(way => arrowStep(`Arrow${way}`) as ArrowStep);

test('areas are to one another as the values are', t => {
  const packed = packing([4, 1, 2.25, 0.09], {groups: 3});
  const area = (value: number) => Math.PI * radiusOf(value, packed) ** 2;
  closeTo(t, area(4) / area(1), 4, 1e-12);
  closeTo(t, area(2.25) / area(0.09), 25, 1e-9);
  t.is(radiusOf(0, packed), 0);
});

test('the slot of an item is its circle at the largest value; small and missing ones keep room for a mark', t => {
  const {slots, unit, mark} = packing([4, 1, 0, null], {groups: 1});
  t.deepEqual(
    slots.map(slot => slot.r),
    [unit * 2, unit, mark, mark],
  );
});

test('no circle overlaps another, and slots stay inside their group', t => {
  fc.assert(
    fc.property(entropies, fc.integer({min: 1, max: 12}), (values, count) => {
      const {groups, slots} = packing(values, {groups: count});
      t.is(slots.length, values.length);
      t.is(groups.length, count);
      t.true(apart(slots));
      t.true(apart(groups));
      for (const group of groups) {
        t.true(group.inner < group.r);
        for (const slot of slots) t.true(Math.hypot(slot.x, slot.y) + slot.r <= group.inner + 1e-9);
      }
    }),
    {seed: 3, numRuns: 60},
  );
});

test('the same numbers give the same places', t => {
  const values = [1, 0.2, null, 3, 2.5, 0];
  t.deepEqual(packing(values, {groups: 11}), packing([...values], {groups: 11}));
});

test('an order changes the places of the items, not which slot is whose', t => {
  const {slots, unit} = packing([1, 4], {groups: 1, order: [1, 0]});
  t.deepEqual(
    slots.map(slot => slot.r),
    [unit, 2 * unit],
  );
});

test('the groups lie in reading order around the origin', t => {
  const {groups, width, height} = packing([1, 2, 3], {groups: 11});
  for (const [i, group] of groups.entries()) {
    const next = groups[i + 1];
    if (next) t.true(next.y > group.y + group.r / 2 || next.x > group.x);
  }
  const right = Math.max(...groups.map(group => group.x + group.r));
  const bottom = Math.max(...groups.map(group => group.y + group.r));
  closeTo(t, right, width / 2, 1e-9);
  closeTo(t, bottom, height / 2, 1e-9);
});

test('without items and without groups there is nothing to draw', t => {
  t.deepEqual(packing([], {groups: 0}).groups, []);
  t.deepEqual(packing([], {groups: 2}).slots, []);
});

test('a point is in the slot it lies in, else in the group around it, else nowhere', t => {
  const packed = packing([1, 2, 3, null], {groups: 4});
  packed.groups.forEach((group, g) => {
    packed.slots.forEach((slot, s) => {
      t.deepEqual(circleAt(packed, group.x + slot.x, group.y + slot.y), {group: g, slot: s});
    });
    t.deepEqual(circleAt(packed, group.x, group.y - (group.inner + group.r) / 2), {group: g, slot: null});
  });
  t.is(circleAt(packed, packed.width, packed.height), null);
});

test('an arrow key goes to the nearest circle in its direction, or stays', t => {
  const cross: Circle[] = [
    {x: 0, y: 0, r: 1},
    {x: -3, y: 0.5, r: 1},
    {x: 3, y: -0.5, r: 1},
    {x: 0, y: -3, r: 1},
    {x: 0.5, y: 3, r: 1},
    {x: 9, y: 0, r: 1},
  ];
  t.deepEqual(
    arrows.map(step => neighbour(cross, 0, step)),
    [1, 2, 3, 4],
  );
  t.is(neighbour(cross, 1, {right: -1, down: 0}), 1);
  t.is(neighbour([], 0, {right: -1, down: 0}), 0);
});

test('the arrow keys reach every circle of a packing', t => {
  fc.assert(
    fc.property(entropies, values => {
      const {slots} = packing(values, {groups: 1});
      const reached = new Set([0]);
      for (const at of reached) {
        for (const step of arrows) reached.add(neighbour(slots, at, step));
      }
      t.is(reached.size, slots.length);
    }),
    {seed: 5, numRuns: 100},
  );
});

function apart(circles: readonly Circle[]): boolean {
  return circles.every((a, i) =>
    circles.slice(i + 1).every(b => Math.hypot(a.x - b.x, a.y - b.y) >= a.r + b.r - 1e-9),
  );
}

test('a key that is no arrow makes no step', t => {
  for (const key of ['Enter', 'a', '', 'constructor']) t.is(arrowStep(key), null, key);
});
