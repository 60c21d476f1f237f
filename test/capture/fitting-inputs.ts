import test from 'ava';
import {assertFits, type ModelInput} from '#src/capture/fitting-inputs.js';
import type {InputValues, LabelledSet} from '#src/capture/labelled-set.js';

const input = (name: string, ...shape: (number | null)[]): ModelInput => ({name, shape});

/** Samples in a tensor of this shape a sample. */
const tensor = (...shape: number[]): InputValues => ({
  values: new Float32Array(),
  size: shape.reduce((product, extent) => product * extent, 1),
  shape,
});

/** Samples in a typed array of n values a sample. */
const flat = (size: number): InputValues => ({values: new Float32Array(), size, shape: null});

const check =
  (wanted: ModelInput[], ...inputs: InputValues[]) =>
  () =>
    assertFits({what: 'probe', inputs} as unknown as LabelledSet, wanted);

const refused = (message: string) => ({instanceOf: RangeError, message});

test('samples of the shape of the model are taken, also where it leaves an extent open', t => {
  t.notThrows(check([input('images', 28, 28, 1)], tensor(28, 28, 1)));
  t.notThrows(check([input('steps', null, 8)], tensor(13, 8)));
  t.notThrows(check([input('a', 2), input('b', 3)], tensor(2), flat(3)));
});

test('a typed array of as many values is taken, its shape is that of the model', t => {
  t.notThrows(check([input('images', 28, 28, 1)], flat(784)));
  t.throws(
    check([input('images', 28, 28, 1)], flat(785)),
    refused(
      'options.probe.xs: input "images" of the model has shape [N, 28, 28, 1], got 785 values a sample.',
    ),
  );
});

test('a typed array cannot tell an open extent', t => {
  t.throws(
    check([input('steps', null, 8)], flat(16)),
    refused(
      'options.probe.xs: input "steps" of the model has shape [N, ?, 8], got 16 values a sample; pass a tensor, whose shape gives the open extents.',
    ),
  );
});

test('axes in another order are refused with the transposition to use', t => {
  t.throws(
    check([input('images', 32, 32, 3)], tensor(3, 32, 32)),
    refused(
      'options.probe.xs: input "images" of the model has shape [N, 32, 32, 3], got [N, 3, 32, 32]; the axes are in another order: use xs.transpose([…]).',
    ),
  );
});

test('as many values in another shape are refused with the reshape to use', t => {
  t.throws(
    check([input('images', 28, 28, 1)], tensor(784)),
    refused(
      'options.probe.xs: input "images" of the model has shape [N, 28, 28, 1], got [N, 784]; the values fit after xs.reshape([-1, 28, 28, 1]).',
    ),
  );
});

test('another number of values is refused without advice, as only the user can tell', t => {
  t.throws(
    check([input('images', 28, 28, 1)], tensor(32, 32, 3)),
    refused('options.probe.xs: input "images" of the model has shape [N, 28, 28, 1], got [N, 32, 32, 3].'),
  );
});

test('of several inputs, the one that does not fit is named by its place', t => {
  t.throws(check([input('a', 2), input('b', 3)], tensor(2), tensor(4)), {
    instanceOf: RangeError,
    message: /^options\.probe\.xs\[1\]: input "b"/,
  });
});

test('too few or too many inputs are refused with the order to pass them in', t => {
  t.throws(
    check([input('a', 2), input('b', 3)], tensor(2)),
    refused(
      'options.probe.xs: the model has 2 inputs (a, b), got 1; pass a list, in this order: xs: [a, b].',
    ),
  );
  t.throws(
    check([input('a', 2)], tensor(2), tensor(2)),
    refused('options.probe.xs: the model has 1 input (a), got 2; pass it alone, without a list.'),
  );
});
