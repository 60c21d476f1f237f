import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {tinyImages} from '../support/models.js';

const probe = tinyImages(30);
const unlabelled = tf.zeros([4, 8, 8, 1]);

function disposed(): tf.Tensor {
  const tensor = tf.zeros([4]);
  tensor.dispose();
  return tensor;
}

const wrong: [title: string, options: unknown, message: string | RegExp][] = [
  [
    'no probe',
    {},
    'cnnSlicer: options.probe must be {xs, labels}, or {xs} without classes: tensors or typed arrays, got undefined.',
  ],
  [
    'samples of 0',
    {probe, samples: 0},
    'cnnSlicer: options.samples must be an integer >= 1 (probe samples), got 0.',
  ],
  [
    'samples as text',
    {probe, samples: 'many'},
    'cnnSlicer: options.samples must be an integer >= 1 (probe samples), got "many".',
  ],
  [
    'a probe larger than the data',
    {probe, samples: 31},
    'cnnSlicer: options.samples is 31, but options.probe holds 30 samples; pass more data or a smaller number.',
  ],
  [
    'another dtype',
    {probe, dtype: 'int8'},
    `cnnSlicer: options.dtype must be 'float32' or 'float16', got "int8".`,
  ],
  [
    'a layer selection that selects nothing',
    {probe, layers: []},
    'cnnSlicer: options.layers must be layer names, positions or patterns in an array, a RegExp, or a predicate, got an empty list.',
  ],
  [
    'activations of no samples',
    {probe, activations: {samples: 0}},
    'cnnSlicer: options.activations.samples must be an integer >= 1 (samples), got 0.',
  ],
  [
    'a TensorBoard option that does not exist',
    {probe, tensorboard: {featureMap: 2}},
    'cnnSlicer: options.tensorboard has no "featureMap"; it must be true, false, a directory or {dir, capacity, featureMaps, hparams}.',
  ],
  [
    'a TensorBoard directory without a name',
    {probe, tensorboard: ''},
    'cnnSlicer: options.tensorboard must be true, false, a directory or {dir, capacity, featureMaps, hparams}, got "".',
  ],
  [
    'feature maps of half a sample',
    {probe, tensorboard: {featureMaps: 0.5}},
    'cnnSlicer: options.tensorboard.featureMaps must be an integer >= 0 (probe samples), got 0.5.',
  ],
  [
    'a layer pair of one layer',
    {probe, tensorboard: {capacity: [['conv2d_1']]}},
    "cnnSlicer: options.tensorboard.capacity.0 must be pairs of layer names, e.g. [['conv2d_1', 'conv2d_2']], got a list of 1.",
  ],
  [
    'a hyperparameter that no page can show',
    {probe, tensorboard: {hparams: {rate: NaN}}},
    'cnnSlicer: options.tensorboard.hparams.rate must be a text, a finite number or a boolean, got NaN.',
  ],
  [
    'labels that do not fit xs',
    {probe: {xs: probe.xs, labels: new Int32Array(29)}},
    'cnnSlicer: options.probe.xs has 1920 values, which is no multiple of the 29 labels.',
  ],
  [
    'labels that are no classes',
    {probe: {xs: probe.xs, labels: Float32Array.from(probe.labels, label => label - 1)}},
    'cnnSlicer: options.probe.labels[0] is -1; labels are class indices (integers >= 0) or one-hot rows.',
  ],
  [
    'too few class names',
    {probe: {...probe, classNames: ['a', 'b']}},
    'cnnSlicer: options.probe.classNames has 2 names, but the labels speak of 3 classes.',
  ],
  [
    'several labels a sample',
    {probe: {xs: tf.zeros([3, 2]), labels: new Uint8Array([0, 1, 0, 0, 1, 1])}},
    'cnnSlicer: options.probe.labels: row 1 names no class or several; a sample has one here. For a model with several labels a sample, leave the labels out, or pass the index of the class to group each sample by.',
  ],
  [
    'values without labels, which do not say how many samples they are',
    {probe: {xs: probe.xs}},
    'cnnSlicer: options.probe.xs must be a tensor where there are no labels: its first axis counts the samples.',
  ],
  [
    'an evaluation without a labelled probe',
    {probe: {xs: unlabelled}, evaluation: probe},
    'cnnSlicer: options.evaluation needs options.probe.labels: without them the run has no classes.',
  ],
  [
    'class names without labels',
    {probe: {xs: unlabelled, classNames: ['a']}},
    'cnnSlicer: options.probe.classNames needs options.probe.labels: without them the run has no classes.',
  ],
  [
    'an evaluation without labels',
    {probe, evaluation: {xs: probe.xs}},
    'cnnSlicer: options.evaluation.labels must be class indices or one-hot rows, in a tensor or an array of numbers, got undefined.',
  ],
  [
    'no options',
    undefined,
    'cnnSlicer: options must be an object with a probe, {probe: {xs, labels}}, got undefined.',
  ],
  [
    'options that are nothing',
    null,
    'cnnSlicer: options must be an object with a probe, {probe: {xs, labels}}, got null.',
  ],
  [
    'labels under the name they have in a dataset',
    {probe: {xs: probe.xs, ys: probe.labels}},
    'cnnSlicer: options.probe has no "ys"; write labels: ys.',
  ],
  [
    'samples under the name they have in fit',
    {probe: {x: probe.xs, labels: probe.labels}},
    'cnnSlicer: options.probe has no "x"; write xs: x.',
  ],
  [
    'labels in the singular',
    {probe: {xs: probe.xs, label: probe.labels}},
    'cnnSlicer: options.probe has no "label"; did you mean "labels"? It takes {xs, labels, classNames, output}.',
  ],
  [
    'labels with a slip of the pen',
    {probe: {xs: probe.xs, lables: probe.labels}},
    'cnnSlicer: options.probe has no "lables"; did you mean "labels"? It takes {xs, labels, classNames, output}.',
  ],
  [
    'targets in an evaluation',
    {probe, evaluation: {xs: probe.xs, ys: probe.labels}},
    'cnnSlicer: options.evaluation has no "ys"; write labels: ys.',
  ],
  [
    'class names in an evaluation',
    {probe, evaluation: {...probe, classNames: ['a', 'b', 'c']}},
    'cnnSlicer: options.evaluation has no "classNames"; it takes {xs, labels}, and the classNames of the probe.',
  ],
  [
    'a dataset for a probe',
    {probe: tf.data.array([1, 2])},
    'cnnSlicer: options.probe is a dataset; take one batch of it: const [b] = await dataset.take(1).toArray(), then probe: {xs: b.xs, labels: b.ys}.',
  ],
  [
    'a dataset for its samples',
    {probe: {xs: tf.data.array([1, 2])}},
    'cnnSlicer: options.probe.xs is a dataset; take one batch of it: const [b] = await dataset.take(1).toArray(), then xs: b.xs.',
  ],
  [
    'validation data',
    {probe: [probe.xs, probe.labels]},
    'cnnSlicer: options.probe must be {xs, labels}, or {xs} without classes: tensors or typed arrays, got a list; pass {xs: …, labels: …}.',
  ],
  [
    'nested arrays',
    {probe: {xs: [[0.1, 0.2]], labels: [0]}},
    'cnnSlicer: options.probe.xs is an array of numbers; pass a tensor or a typed array of it: tf.tensor(xs).',
  ],
  [
    'one-hot rows in nested arrays',
    {probe: {xs: probe.xs, labels: [[0, 1]]}},
    'cnnSlicer: options.probe.labels is an array of arrays; pass a tensor of it: tf.tensor2d(labels).',
  ],
  [
    'names instead of classes',
    {probe: {xs: unlabelled, labels: ['cat', 'dog', 'cat', 'dog']}},
    'cnnSlicer: options.probe.labels[0] is "cat"; labels are class indices (integers >= 0) or one-hot rows; the names of the classes go into classNames.',
  ],
  [
    'a promise of samples',
    {probe: {xs: unlabelled.data()}},
    'cnnSlicer: options.probe.xs is a promise; await it before.',
  ],
  [
    'inputs by name',
    {probe: {xs: {image: unlabelled}}},
    'cnnSlicer: options.probe.xs must be a tensor or a typed array, got Object {image}; for several inputs pass a list, in the order of model.inputs.',
  ],
  [
    'a disposed tensor',
    {probe: {xs: disposed()}},
    'cnnSlicer: options.probe.xs is a tensor that was disposed; pass one that still has its values.',
  ],
  [
    'disposed labels',
    {probe: {xs: unlabelled, labels: disposed()}},
    'cnnSlicer: options.probe.labels is a tensor that was disposed; pass one that still has its values.',
  ],
  [
    'identifiers instead of class indices',
    {probe: {xs: unlabelled, labels: [0, 1, 2_000_000, 1]}},
    'cnnSlicer: options.probe.labels[2] is 2000000: that would be 2000001 classes, of at most 65536; number the classes 0, 1, 2, … without gaps.',
  ],
  [
    'rows that are no numbers',
    {probe: {xs: unlabelled, labels: tf.tensor2d([0, 1, NaN, 1, 1, 0, 0, 1], [4, 2])}},
    /row 1 names no class or several/,
  ],
  [
    'two classes of one name',
    {probe: {...probe, classNames: ['a', 'b', 'a']}},
    'cnnSlicer: options.probe.classNames: classes 0 and 2 are both "a".',
  ],
  [
    'class names that are numbers',
    {probe: {...probe, classNames: [1, 2, 3]}},
    'cnnSlicer: options.probe.classNames[0] must be a text, the name of class 0, got 1.',
  ],
  [
    'more class names than one-hot rows have classes',
    {
      probe: {
        xs: unlabelled,
        labels: tf.tensor2d([0, 1, 0, 1, 1, 0, 0, 1], [4, 2]),
        classNames: ['a', 'b', 'c'],
      },
    },
    'cnnSlicer: options.probe.classNames has 3 names, but the labels speak of 2 classes.',
  ],
  [
    'an output of half a position',
    {probe: {...probe, output: 0.5}},
    'cnnSlicer: options.probe.output must be the name or position of an output of the model, or null, got 0.5.',
  ],
];

for (const [title, options, message] of wrong) {
  test(`the constructor refuses ${title}`, t => {
    t.throws(() => cnnSlicer(tf, 'unused', options as CnnSlicerOptions), {message});
  });
}

test('the constructor names an option that does not exist, and those that do', t => {
  const options = {probe, epochs: 3} as unknown as CnnSlicerOptions;
  t.throws(() => cnnSlicer(tf, 'unused', options), {
    message: /there is no option "epochs"; the options are probe, samples, seed, layers/,
  });
});

test('the constructor says which option a slip of a letter or two means', t => {
  for (const [slip, meant] of [
    ['sample', 'samples'],
    ['dType', 'dtype'],
    ['batchsize', 'batchSize'],
    ['wieghts', 'weights'],
  ]) {
    // prettier-ignore
    const options = {probe, [slip as string]: 3} as unknown as CnnSlicerOptions;
    const message = t.throws(() => cnnSlicer(tf, 'unused', options)).message;
    t.true(
      message.includes(`there is no option "${slip}"; did you mean "${meant}"? The options are`),
      message,
    );
  }
});

test('the constructor says of a probe without samples that it has none', t => {
  const message = 'cnnSlicer: options.probe holds no sample.';
  for (const labels of [[], undefined, tf.zeros([0, 2])])
    t.throws(() => cnnSlicer(tf, 'unused', {probe: {xs: tf.zeros([0, 8, 8, 1]), labels}}), {
      message,
    });
});

test('the constructor refuses a missing folder and a missing TensorFlow.js', t => {
  t.throws(() => cnnSlicer(tf, '', {probe}), {message: /dir must be the path of a run folder/});
  t.throws(() => cnnSlicer({} as typeof tf, 'unused', {probe}), {
    message: /the first argument must be TensorFlow\.js itself/,
  });
});

test('labels that do not fit a tensor are reported with both counts', t => {
  const xs = tf.zeros([4, 8, 8, 1]);
  t.throws(() => cnnSlicer(tf, 'unused', {probe: {xs, labels: tf.zeros([5, 3])}}), {
    message:
      'cnnSlicer: options.probe.labels has shape [5, 3], but xs holds 4 samples; pass one class index or one-hot row a sample.',
  });
  xs.dispose();
});
