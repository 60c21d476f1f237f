import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type TrainingSet} from 'cnnslicer';
import {interSampleEntropy} from 'cnnslicer/metrics';
import {openRun} from 'cnnslicer/store';
import {MAX_TRAINING_SAMPLES} from '#src/capture/session-sets.js';
import {closeTo} from '../support/close-to.js';
import {tinyCnn, tinyImages} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import type {ExecutionContext} from 'ava';

/** The table after two epochs of a fit of which the callback knows the training set. */
async function recorded(t: ExecutionContext, trainingSet: TrainingSet | undefined, k = 15) {
  const dir = `${await temporaryFolder(t)}/run`;
  const {xs, labels} = tinyImages(12);
  const slicer = cnnSlicer(tf, dir, {
    probe: {xs, labels},
    ...(trainingSet && {trainingSet}),
    k,
    strict: true,
    tensorboard: false,
  });
  const images = tf.tensor4d(xs, [12, 8, 8, 1]);
  const ys = tf.oneHot(tf.tensor1d(labels, 'int32'), 3);
  await tinyCnn(tf).fit(images, ys, {epochs: 1, verbose: 0, callbacks: [slicer]});
  await slicer.finished;
  return (await openRun(dir)).table('training_set', {});
}

for (const [samples, k] of [
  [24, 5],
  [100, 15],
  [301, 15],
] as const) {
  test(`the entropy of a training set of ${samples} samples is stored with its n and k, at every epoch`, async t => {
    const {xs, labels} = tinyImages(samples, 3, samples);
    const rows = await recorded(t, {xs, labels}, k);
    const {bits, log2Edges, clamped} = interSampleEntropy(xs, {samples, features: 64}, {k});
    const row = {layer: 'conv_input', given: samples, k, n: samples, invalid: 0, clamped, reason: null};
    t.is(rows.length, 2);
    for (const [epoch, {bits: stored, log2_edges, ...rest}] of rows.entries()) {
      t.deepEqual(rest, {epoch, ...row});
      closeTo(t, stored, bits as number, 1e-12);
      t.is(log2_edges, log2Edges);
    }
  });
}

test('of a large training set some are drawn, an even share of each class, and the table says how many there are', async t => {
  const samples = MAX_TRAINING_SAMPLES + 100;
  const [row] = await recorded(t, {...tinyImages(samples)});
  t.like(row, {given: samples, n: MAX_TRAINING_SAMPLES});
});

test('a training set needs no labels; its samples that are not finite are left out, and equal ones have no entropy', async t => {
  const {xs} = tinyImages(20);
  xs[70] = NaN;
  t.like((await recorded(t, {xs: tf.tensor4d(xs, [20, 8, 8, 1])}))[0], {
    given: 20,
    n: 19,
    invalid: 1,
    reason: null,
  });
  t.like((await recorded(t, {xs: tf.ones([9, 8, 8, 1])}))[0], {bits: null, n: 9, reason: 'no-variance'});
});

test('without a training set there is no such table', async t => {
  t.deepEqual(await recorded(t, undefined), []);
});

test('a training set of another shape, or in another form, is refused with what to pass', async t => {
  const other = {xs: tf.zeros([9, 7, 7, 1])};
  await t.throwsAsync(recorded(t, other), {message: /options\.trainingSet\.xs: input "conv_input"/});
  const dataset = tf.data.array([1, 2]) as never;
  await t.throwsAsync(recorded(t, dataset), {
    message: /options\.trainingSet is a dataset; take one batch of it/,
  });
});
