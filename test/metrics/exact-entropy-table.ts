import test from 'ava';
import fc from 'fast-check';
import {exactEntropyTable} from '#src/metrics/exact-entropy-table.js';

test('entries are n log2 n to the last bit of the largest', t => {
  for (const total of [2, 3, 6, 780, 124_750]) {
    const table = exactEntropyTable(total);
    t.is(table.length, total + 1);
    t.is(table[total], total * Math.log2(total));
    const step = Number(table[total]) * 2 ** -52;
    for (let n = 1; n < total; n++) {
      if (Math.abs(Number(table[n]) - n * Math.log2(n)) > step) t.fail(`entry ${n} of ${total}`);
    }
  }
});

test('nothing and a single count have no information', t => {
  t.deepEqual([...exactEntropyTable(0)], [0]);
  t.deepEqual([...exactEntropyTable(1)], [0, 0]);
});

test('a sum over counts is the same in any order and however it is grouped', t => {
  const histogram = fc.array(fc.nat({max: 300}), {minLength: 2, maxLength: 100});
  fc.assert(
    fc.property(histogram, fc.nat(), (counts, cut) => {
      const table = exactEntropyTable(counts.reduce((sum, count) => sum + count, 0));
      const sumOf = (list: number[]) => list.reduce((sum, count) => sum + Number(table[count]), 0);
      const all = sumOf(counts);
      t.is(sumOf([...counts].reverse()), all);
      t.is(sumOf(counts.slice(cut % counts.length)) + sumOf(counts.slice(0, cut % counts.length)), all);
    }),
    {seed: 1},
  );
});

test('joining two bins never lowers the sum: H(X) <= H(X,Y) to the last bit', t => {
  const split = fc
    .integer({min: 2, max: 5000})
    .chain(total => fc.tuple(fc.constant(total), fc.nat({max: total}), fc.nat({max: total})));
  fc.assert(
    fc.property(split, ([total, a, b]) => {
      const table = exactEntropyTable(total);
      return a + b > total || Number(table[a]) + Number(table[b]) <= Number(table[a + b]);
    }),
    {seed: 2, numRuns: 1000},
  );
  t.pass();
});
