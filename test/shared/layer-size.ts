import test from 'ava';
import fc from 'fast-check';
import {assertInterval, assertLength, assertPositiveInteger, type LayerInfo} from '#src/shared/index.js';
import {convolutions} from '#src/shared/convolutions.js';
import {elementCount, pixelsOf, valuesOf} from '#src/shared/layer-size.js';
import {shareOfZeroMaps} from '#src/shared/zero-maps.js';

const layer = (className: string, spatial: number[], channels = 3): LayerInfo => ({
  index: 0,
  name: className,
  className,
  spatial,
  channels,
});

test('an array without extents has one element, one with an extent of 0 none', t => {
  t.is(elementCount([]), 1);
  t.is(elementCount([4, 0, 3]), 0);
  t.is(elementCount([4, 5, 3]), 60);
});

test('a dense layer has one value a map, and as many as channels a sample', t => {
  t.is(pixelsOf(layer('Dense', [], 10)), 1);
  t.is(valuesOf(layer('Dense', [], 10)), 10);
  t.is(valuesOf(layer('Conv2D', [4, 5], 3)), 60);
});

test('convolutions are those with maps: of any kind of convolution, and named tensors', t => {
  const kinds = ['Conv2D', 'Conv1D', 'SeparableConv2D', 'Conv2DTranspose', 'Tensor', 'Dense', 'MaxPooling2D'];
  const found = convolutions(kinds.map(kind => layer(kind, [4, 4])));
  t.deepEqual(
    found.map(({className}) => className),
    kinds.slice(0, 5),
  );
  t.deepEqual(convolutions([layer('Conv2D', [1, 1]), layer('Tensor', []), layer('TensorOther', [2, 2])]), []);
});

test('of maps that are constant, the share of zeros is that of the maps', t => {
  t.is(shareOfZeroMaps(1, 0.25), 0.25);
  t.is(shareOfZeroMaps(1, 1), 1);
  t.is(shareOfZeroMaps(null, 1), 0);
  t.is(shareOfZeroMaps(1, null), 0);
});

test('it is never more than the maps that hold zeros alone', t => {
  const map = fc.array(fc.constantFrom(0, 0, 1, 2), {minLength: 4, maxLength: 4});
  fc.assert(
    fc.property(fc.array(map, {minLength: 1, maxLength: 12}), maps => {
      const share = (is: (values: number[]) => boolean) => maps.filter(is).length / maps.length;
      const dead = share(values => values.every(value => value === values[0]));
      const zeros = maps.flat().filter(value => value === 0).length / (4 * maps.length);
      const exact = share(values => values.every(value => value === 0));
      t.true(shareOfZeroMaps(dead, zeros) <= exact + 1e-12);
    }),
  );
});

test('entry checks name the caller, the rule and what was received', t => {
  const refused = (message: string) => ({instanceOf: RangeError, message});
  t.throws(() => assertPositiveInteger('f', 'k', 0), refused('f: k must be an integer >= 1, got 0.'));
  t.throws(() => assertPositiveInteger('f', 'k', NaN), refused('f: k must be an integer >= 1, got NaN.'));
  t.throws(() => assertLength('f', 'y', [1], 2), refused('f: y must have 2 elements, got 1.'));
  t.throws(
    () => assertInterval('f', 'range', 1, -1),
    refused('f: range must be a finite [lo, hi] with lo <= hi, got [1, -1].'),
  );
  t.notThrows(() => assertInterval('f', 'range', 1, 1));
});
