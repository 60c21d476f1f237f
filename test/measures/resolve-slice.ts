import test from 'ava';
import fc from 'fast-check';
import type {IndexRange, IndexSelector, Slice} from '#src/shared/index.js';
import {NoSuchSlice} from '#src/measures/slice/no-such-slice.js';
import {resolveClasses, resolveEpochs, resolveSlice} from '#src/measures/slice/resolve-slice.js';
import {CONV, DENSE, INPUT, runInfo} from '../support/run-folder.js';

const whole: Slice = {samples: 'all', layers: 'all', channels: 'all', epochs: 'all'};

function resolve(slice: Partial<Slice>, epochs: readonly number[] = [0, 1, 2, 5]) {
  return resolveSlice(runInfo(), epochs, {...whole, ...slice});
}

const noSlice = (message: string) => ({instanceOf: NoSuchSlice, message});

const range = (from: number, to: number, step = 1): IndexRange => ({from, to, step});

/** Numbers and ranges from 0 to `max`. */
const items = (max: number) =>
  fc.array(
    fc.oneof(
      fc.integer({min: 0, max}),
      fc
        .tuple(fc.integer({min: 0, max}), fc.integer({min: 0, max}), fc.integer({min: 1, max: 4}))
        .map(([a, b, step]) => range(Math.min(a, b), Math.max(a, b), step)),
    ),
    {minLength: 1, maxLength: 5},
  );

/** What a selector names of 0..max, found by going through all of them for each item. */
function named(selector: IndexSelector, max: number): number[] {
  const all = Array.from({length: max + 1}, (_, i) => i);
  if (selector === 'all') return all;
  const found = selector.flatMap(item =>
    typeof item === 'number'
      ? [item]
      : all.filter(i => i >= item.from && i <= item.to && (i - item.from) % item.step === 0),
  );
  return [...new Set(found)];
}

test('a star takes every layer, channel, sample and captured epoch', t => {
  t.deepEqual(resolve({}), {
    sets: [{label: null, indices: null}],
    layers: [INPUT, CONV, DENSE],
    channels: null,
    epochs: [0, 1, 2, 5],
  });
});

test('channels are those named, each once, in the order asked for', t => {
  fc.assert(
    fc.property(items(CONV.channels - 1), channels => {
      t.deepEqual(resolve({layers: [1], channels}).channels, named(channels, CONV.channels - 1));
    }),
  );
});

test('samples are those named, ascending, as one set', t => {
  fc.assert(
    fc.property(items(5), indices => {
      const ascending = named(indices, 5).sort((a, b) => a - b);
      t.deepEqual(resolve({samples: {indices}}).sets, [{label: null, indices: ascending}]);
    }),
  );
});

test('epochs of a range are those captured in it', t => {
  t.deepEqual(resolve({epochs: [range(1, 9)]}).epochs, [1, 2, 5]);
  t.deepEqual(resolve({epochs: [5, 0, range(0, 5)]}).epochs, [5, 0, 1, 2]);
  t.deepEqual(resolve({epochs: [range(1, 5, 2)]}).epochs, [1, 5]);
});

test('an epoch that was not captured is refused with the nearest, of a range the nearest to its end', t => {
  const captured = [0, 10, 20];
  t.throws(
    () => resolveEpochs(captured, [14]),
    noSlice('The run has no epoch 14; the nearest is 10, captured are 0, 10, 20.'),
  );
  t.throws(
    () => resolveEpochs(captured, [range(11, 19, 2)]),
    noSlice('The run has no epoch in 11..19:2; the nearest is 20, captured are 0, 10, 20.'),
  );
  t.throws(() => resolveEpochs([], 'all'), noSlice('The run has no finished epoch yet.'));
});

test('a long list of epochs is cut in a message, its last epoch named', t => {
  const captured = Array.from({length: 13}, (_, i) => i);
  const {message} = t.throws(() => resolveEpochs(captured, [99]), {instanceOf: NoSuchSlice});
  t.true(message.endsWith('captured are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … and 12.'), message);
});

test('labels split the samples by class, by index, name or range', t => {
  const all = [0, 1, 2].map(label => ({label, indices: null}));
  t.deepEqual(resolve({samples: {labels: 'each'}}).sets, all);
  t.deepEqual(resolve({samples: {labels: [range(0, 2)]}}).sets, all);
  t.deepEqual(resolve({samples: {labels: ['c', 0]}}).sets, [all[2], all[0]]);
});

test('a class that is not there is refused with those that are', t => {
  t.throws(() => resolveClasses(['a', 'b'], [2]), noSlice('The run has no class 2; its classes are 0..1.'));
  t.throws(
    () => resolveClasses(['a', 'b'], [range(2, 3)]),
    noSlice('The run has no class in 2..3; its classes are 0..1.'),
  );
  t.throws(
    () => resolveClasses(['cat', 'dog'], ['cta']),
    noSlice('The run has no class "cta". Did you mean cat?'),
  );
  t.throws(() => resolveClasses([], 'each'), {instanceOf: NoSuchSlice, message: /has no classes/});
});

test('layers are taken by place, name or a range from one to another', t => {
  const names = (layers: Slice['layers']) => resolve({layers}).layers.map(({name}) => name);
  t.deepEqual(names([2, 'conv2d_1', 1]), ['dense_1', 'conv2d_1']);
  t.deepEqual(names([{from: 0, to: 'dense_1', step: 2}]), ['input_1', 'dense_1']);
  t.throws(
    () => names([{from: 'dense_1', to: 1, step: 1}]),
    noSlice('Layer dense_1 comes after 1; write 1..dense_1.'),
  );
});

test('a layer that is not there is refused with the last, or with the nearest name', t => {
  t.throws(() => resolve({layers: [3]}), noSlice('The run has no layer 3; the last is 2, dense_1.'));
  t.throws(
    () => resolve({layers: ['dense_9']}),
    noSlice('The run has no layer "dense_9". Did you mean dense_1?'),
  );
});

test('a channel that one of the layers lacks is refused with that layer', t => {
  t.deepEqual(resolve({layers: [1, 2], channels: [6]}).channels, [6]);
  t.throws(
    () => resolve({layers: [1, 2], channels: [8]}),
    noSlice('Layer conv2d_1 has no channel 8; its channels are 0..6.'),
  );
});

test('of a range that runs past the end, as much is taken as there is, however far it runs', t => {
  t.deepEqual(resolve({layers: [1], channels: [range(5, Number.MAX_SAFE_INTEGER)]}).channels, [5, 6]);
  t.deepEqual(resolve({samples: {indices: [range(4, 2 ** 40)]}}).sets[0]?.indices, [4, 5]);
  t.throws(
    () => resolve({samples: {indices: [range(6, 7)]}}),
    noSlice('The probe has no sample 6..7; its samples are 0..5.'),
  );
});
