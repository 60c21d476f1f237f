import test from 'ava';
import fc from 'fast-check';
import {spareChannels} from '#src/analysis/findings/spare-channels.js';

test('a pair loses its channel of lower entropy, of equal ones the second', t => {
  t.deepEqual(spareChannels([[0, 1]], [1, 2]), [0]);
  t.deepEqual(spareChannels([[0, 1]], [2, 1]), [1]);
  t.deepEqual(spareChannels([[0, 1]], [1, 1]), [1]);
});

test('of three copies two are lost, and the one that says most is left', t => {
  const entropy = [3, 2, 1];
  const pairs: [number, number][] = [
    [0, 1],
    [0, 2],
    [1, 2],
  ];
  t.deepEqual(spareChannels(pairs, entropy), [1, 2]);
});

test('a channel that stands for a lost one is not lost to a better one', t => {
  // 1 goes for 0; 2 says more than 0, but 0 is what is left of 1.
  t.deepEqual(
    spareChannels(
      [
        [0, 1],
        [0, 2],
      ],
      [2, 1, 3],
    ),
    [1, 2],
  );
});

test('whatever the pairs, a lost channel has a partner that is left', t => {
  const pair = fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a !== b);
  const entropies = fc.array(fc.double({min: 0, max: 5, noNaN: true}), {minLength: 8, maxLength: 8});
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.array(pair), entropies, (pairs, entropy) => {
        const spare = new Set(spareChannels(pairs, entropy));
        for (const channel of spare) {
          const partners = pairs.flatMap(([a, b]) => (a === channel ? [b] : b === channel ? [a] : []));
          if (!partners.some(partner => !spare.has(partner))) return false;
        }
        return true;
      }),
    ),
  );
});
