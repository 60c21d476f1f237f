import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {tinyImages} from '../support/models.js';

const probe = tinyImages(30);
const unlabelled = tf.zeros([4, 8, 8, 1]);

const wrong: [title: string, options: unknown, message: string][] = [
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
    'cnnSlicer: options.layers must be layer names, positions or patterns in an array, a RegExp, or a predicate, got Array {}.',
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
    "cnnSlicer: options.tensorboard.capacity.0 must be pairs of layer names, e.g. [['conv2d_1', 'conv2d_2']], got Array {0}.",
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
    'cnnSlicer: options.evaluation must be {xs, labels}: tensors or typed arrays, got Object {xs}.',
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

test('the constructor refuses a missing folder and a missing TensorFlow.js', t => {
  t.throws(() => cnnSlicer(tf, '', {probe}), {message: /dir must be the path of a run folder/});
  t.throws(() => cnnSlicer({} as typeof tf, 'unused', {probe}), {
    message: /the first argument must be TensorFlow\.js itself/,
  });
});

test('labels that do not fit a tensor are told with both counts', t => {
  const xs = tf.zeros([4, 8, 8, 1]);
  t.throws(() => cnnSlicer(tf, 'unused', {probe: {xs, labels: tf.zeros([5, 3])}}), {
    message:
      'cnnSlicer: options.probe.labels has shape [5, 3], but xs holds 4 samples; pass one class index or one-hot row a sample.',
  });
  xs.dispose();
});
