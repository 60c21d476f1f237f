import test from 'ava';
import fc from 'fast-check';
import {shannonEntropy} from 'cnnslicer/metrics';

test('k equal counts have log2(k) bits, and one count alone exactly 0', t => {
  t.is(shannonEntropy([3, 3]), 1);
  t.is(shannonEntropy(new Uint32Array(8).fill(5)), 3);
  t.is(shannonEntropy([0, 7, 0]), 0);
  t.is(shannonEntropy([2, 1, 1]), 1.5);
});

test('nothing has no entropy', t => {
  t.is(shannonEntropy([]), null);
  t.is(shannonEntropy([0, 0]), null);
});

test('0 <= H <= log2(occupied), at any scale and in any order', t => {
  const counts = fc
    .array(fc.nat({max: 1000}), {minLength: 1, maxLength: 40})
    .filter(list => list.some(n => n > 0));
  fc.assert(
    fc.property(counts, list => {
      const bits = Number(shannonEntropy(list));
      const close = (other: number | null) => Math.abs(Number(other) - bits) < 1e-12;
      const ceiling = Math.log2(list.filter(n => n > 0).length);
      return (
        bits >= 0 &&
        bits <= ceiling + 1e-12 &&
        close(shannonEntropy(list.map(n => n / 7))) &&
        close(shannonEntropy([...list].reverse()))
      );
    }),
    {seed: 1},
  );
  t.pass();
});

test('counts that are no counts are refused', t => {
  t.throws(() => shannonEntropy([1, -2]), {
    instanceOf: RangeError,
    message: 'shannonEntropy: counts must be finite and >= 0, got -2 at 1.',
  });
  t.throws(() => shannonEntropy([NaN]), {
    message: 'shannonEntropy: counts must be finite and >= 0, got NaN at 0.',
  });
  t.throws(() => shannonEntropy([1, Infinity]), {
    message: 'shannonEntropy: counts must be finite and >= 0, got Infinity at 1.',
  });
});
