import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions, type NamedTensors} from 'cnnslicer';
import {tinyCnn} from '../support/models.js';
import {warnings} from '../support/warnings.js';
import {GIVEN, labels, options, pixels, runIn, xs} from '../support/named-tensors.js';

const disposed = tf.zeros([GIVEN, 2]);
disposed.dispose();
const zeros = (...shape: number[]) => tf.zeros(shape);
const misuses: {what: string; misuse: (slicer: CnnSlicer) => Promise<unknown>; message: RegExp}[] = [
  ...(
    [
      [
        'other samples',
        {a: zeros(12, 3)},
        /"a" has 12 samples, of shape \[12, 3\], but options\.probe holds 40; compute it for all of probe\.xs/,
      ],
      ['only the drawn samples', {a: zeros(27, 3)}, /"a" has 27 samples.+ but options\.probe holds 40/],
      ['one number', {a: zeros()}, /"a" is one number, but options\.probe holds 40/],
      ['no value', {a: zeros(GIVEN, 0)}, /"a" has the shape \[40, 0\], without a value/],
      ['a disposed tensor', {a: disposed}, /"a" was disposed; keep it until capture has finished/],
      ['an array', {a: [1, 2]}, /"a" must be a tensor, got a list of 2/],
      ['texts', {a: tf.fill([GIVEN], 'x', 'string')}, /"a" is a tensor of string; pass one of numbers/],
      [
        'a list',
        [zeros(GIVEN, 2)],
        /the third argument of capture must be tensors by name.+ got a list; give each a name/,
      ],
      ['a tensor without a name', zeros(GIVEN, 2), /got a tensor; give it a name/],
      ['a promise', Promise.resolve({}), /is a promise; await the tensors before/],
      ['nothing', {}, /must be tensors by name, \{conv1: …, logits: …\}, got none/],
      ['null', null, /got null/],
      [
        'a name that JavaScript sorts',
        {b: zeros(GIVEN, 2), 1: zeros(GIVEN, 2)},
        /called "1"; a name must not be a whole number: use layer1/,
      ],
      ['an empty name', {'': zeros(GIVEN, 2)}, /a tensor has an empty name/],
    ] as [string, unknown, RegExp][]
  ).map(([what, given, message]) => ({
    what,
    misuse: (slicer: CnnSlicer) => slicer.capture(0, {}, given as NamedTensors),
    message,
  })),
  ...(
    [
      [
        'a function that loses samples',
        images => ({a: images.slice(0, 1)}),
        /"a" has 1 samples.+ but the function was given 8; the first axis must be the samples/,
      ],
      [
        'a function that returns a list',
        images => [images],
        /what the function returns must be tensors by name.+ got a list/,
      ],
      [
        'a function that returns nothing',
        () => undefined,
        /what the function returns must be tensors by name.+ got undefined/,
      ],
      [
        'an async function',
        async images => Promise.reject(new Error(String(images.rank))),
        /what the function returns is a promise; await the tensors before/,
      ],
      [
        'a function that throws',
        () => {
          throw new Error('no such node');
        },
        /the function that capture was given threw: no such node\./,
      ],
    ] as [string, (images: tf.Tensor) => unknown, RegExp][]
  ).map(([what, network, message]) => ({
    what,
    misuse: (slicer: CnnSlicer) => slicer.capture(0, {}, network as (images: tf.Tensor) => NamedTensors),
    message,
  })),
  ...(
    [
      [
        'another name',
        {a: zeros(GIVEN, 2), c: zeros(GIVEN, 3)},
        /there is no "b" any more; the layers of a run stay as they are/,
      ],
      [
        'one more name',
        {a: zeros(GIVEN, 2), b: zeros(GIVEN, 3), c: zeros(GIVEN, 3)},
        /"c" was not there at first/,
      ],
      [
        'another shape',
        {a: zeros(GIVEN, 2), b: zeros(GIVEN, 2, 3)},
        /"b" had the shape \[N, 3\] and now has \[N, 2, 3\]/,
      ],
      [
        'another shape from a function',
        (images: tf.Tensor) => ({a: zeros(images.shape[0] ?? 0, 2), b: zeros(images.shape[0] ?? 0, 4)}),
        /"b" had the shape \[N, 3\] and now has \[N, 4\]/,
      ],
      [
        'no tensors any more',
        undefined,
        /the run is one of named tensors; give capture those of this epoch, too\./,
      ],
    ] as [string, NamedTensors | undefined, RegExp][]
  ).map(([what, given, message]) => ({
    what: `${what} at a later epoch`,
    misuse: async (slicer: CnnSlicer) => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(0, {}, {a: zeros(GIVEN, 2), b: zeros(GIVEN, 3)});
      await slicer.capture(1, {}, given);
    },
    message,
  })),
  {
    what: 'tensors in the midst of a model',
    misuse: async slicer => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(0);
      await slicer.capture(1, {}, {a: zeros(GIVEN, 2)});
    },
    message: /the run is that of a model; await close\(\) before capturing named tensors/,
  },
  {
    what: 'a function in the place of the logs',
    misuse: slicer => (slicer.setModel(tinyCnn(tf)), slicer.capture(0, (() => ({})) as never)),
    message: /logs must be numbers by name, \{loss: 0\.5\}, got a function/,
  },
];
for (const {what, misuse, message} of misuses) {
  test.serial(`${what}: is reported in one line, never thrown, and thrown if strict`, async t => {
    const {dir, slicer} = await runIn(t, {strict: false});
    const strict = cnnSlicer(tf, join(dir, '..', 'strict'), options());
    const said = await warnings(t, async () => {
      await misuse(slicer);
      await slicer.close();
    });
    t.is(said.filter(line => !line.includes('confusion matrix')).length, 1, said.join('\n'));
    const line = said.at(-1) ?? '';
    t.regex(line, message);
    t.regex(line, /^cnnslicer: could not capture epoch [01]: [^\n]+ Training continues without capture\.$/);
    await warnings(t, () => t.throwsAsync(misuse(strict), {message}));
    await strict.close();
  });
}

const badOptions: {what: string; more: Partial<CnnSlicerOptions>; given?: NamedTensors; message: RegExp}[] = [
  {
    what: 'a predicate for layers',
    more: {layers: () => true},
    message: /of named tensors give names, positions or patterns/,
  },
  {
    what: 'a layer that no tensor is',
    more: {layers: ['b']},
    message: /there is no tensor "b"; there are 0 "a"\./,
  },
  {
    what: 'a position that no tensor has',
    more: {layers: [3]},
    message: /there is no tensor 3; there are 0 "a"\./,
  },
  {what: 'a pattern of no tensor', more: {layers: /^z/}, message: /selects no tensor; there are 0 "a"\./},
  {
    what: 'a probe without a shape',
    more: {probe: {xs: pixels, labels}},
    message: /options\.probe\.xs is a typed array, and no model tells its shape; pass a tensor of it/,
  },
  {
    what: 'an evaluation that tensors say nothing of',
    more: {evaluation: {xs, labels}},
    message: /options\.evaluation is another set than the probe.+give capture a function/,
  },
  {
    what: 'an output that no tensor is',
    more: {probe: {xs, labels, output: 'b'}},
    message: /the model has no output "b"; its outputs are 0 "a"/,
  },
];
for (const {what, more, message} of badOptions) {
  test.serial(`${what} does not fit named tensors, which is reported`, async t => {
    const {slicer} = await runIn(t, more);
    await t.throwsAsync(slicer.capture(0, {}, {a: zeros(GIVEN, 3)}), {message});
    await slicer.close();
  });
}
