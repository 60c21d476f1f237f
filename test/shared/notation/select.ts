import test from 'ava';
import fc from 'fast-check';
import {indicesBelow, select} from '#src/shared/notation/select.js';

const none = (): void => undefined;

test('items are found in the order asked for, each once, and of a range what there is', t => {
  const epochs = [0, 2, 3, 7, 10];
  t.deepEqual(select([7, {from: 0, to: 3, step: 1}, 2], epochs, none), [7, 0, 2, 3]);
  t.deepEqual(select([{from: 0, to: 99, step: 5}], epochs, none), [0, 10]);
  t.deepEqual(select([], epochs, none), []);
});

test('an item that names nothing is reported, and the others are found', t => {
  const missing: unknown[] = [];
  const items = [4, {from: 20, to: 30, step: 1}, 1, {from: 4, to: 6, step: 1}];
  t.deepEqual(
    select(items, indicesBelow(4), item => missing.push(item)),
    [1],
  );
  t.deepEqual(missing, [4, {from: 20, to: 30, step: 1}, {from: 4, to: 6, step: 1}]);
});

test('a range that goes far beyond what there is costs no more than what there is', t => {
  t.deepEqual(select([{from: 1, to: 2 ** 53, step: 2}], indicesBelow(6), none), [1, 3, 5]);
});

test('whatever is asked for, what is found is known, once, and named by some item', t => {
  const range = fc.record({from: fc.nat(30), to: fc.nat(40), step: fc.integer({min: 1, max: 5})});
  const items = fc.array(fc.oneof(fc.nat(40), range), {maxLength: 6});
  const known = fc.uniqueArray(fc.nat(40), {maxLength: 20}).map(values => values.sort((a, b) => a - b));
  fc.assert(
    fc.property(items, known, (asked, values) => {
      const found = select<(typeof asked)[number]>(asked, values, none);
      t.is(new Set(found).size, found.length);
      const named = (value: number) =>
        asked.some(item =>
          typeof item === 'number'
            ? item === value
            : value >= item.from && value <= item.to && (value - item.from) % item.step === 0,
        );
      t.deepEqual([...found].sort((a, b) => a - b), values.filter(named)); // prettier-ignore
    }),
    {seed: 3, numRuns: 300},
  );
});
