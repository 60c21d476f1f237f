import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {tinyImages} from '../support/models.js';
import {logNames, matrixAccuracy, namesOf, scriptSlicer, shareRight} from '../support/script-run.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {closeTo} from '../support/close-to.js';

/** Scripts whose networks are no LayersModel, with one callback added. */

test.serial('a network of plain operations on images, trained batch by batch', async t => {
  const [SAMPLES, BATCH, CLASSES] = [60, 20, 4];
  const {xs: pixels, labels} = tinyImages(SAMPLES, CLASSES, 8);
  const xs = tf.tensor4d(pixels, [SAMPLES, 8, 8, 1]);
  const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES);
  const filters = tf.variable(tf.randomNormal<tf.Rank.R4>([3, 3, 1, 5], 0, 0.4, 'float32', 1));
  const weights = tf.variable(tf.randomNormal<tf.Rank.R2>([45, CLASSES], 0, 0.2, 'float32', 2));
  const bias = tf.variable(tf.zeros([CLASSES]));
  const network = (images: tf.Tensor4D) => {
    const conv = tf.relu(tf.conv2d(images, filters, 1, 'valid'));
    const pool = tf.maxPool(conv, 2, 2, 'valid');
    return {conv, pool, logits: tf.add(tf.matMul(pool.reshape<tf.Tensor2D>([-1, 45]), weights), bias)};
  };
  const optimizer = tf.train.adam(0.03);
  const step = (from: number) =>
    tf.tidy(() => {
      const [images, wanted] = [xs.slice(from, BATCH), targets.slice(from, BATCH)];
      optimizer.minimize(() => tf.losses.softmaxCrossEntropy(wanted, network(images).logits));
    });
  step(0); // the optimizer makes its own tensors in the first step
  const {slicer, run} = await scriptSlicer(t, {probe: {xs, labels}, batchSize: 16});
  const before = tf.memory().numTensors;
  await slicer.capture(0, {}, network);
  for (let epoch = 1; epoch <= 6; epoch++) {
    for (let from = 0; from < SAMPLES; from += BATCH) step(from);
    const [loss] = tf.tidy(() => tf.losses.softmaxCrossEntropy(targets, network(xs).logits).dataSync());
    await slicer.capture(epoch, {loss: loss ?? NaN}, network);
  }
  await slicer.close();
  t.is(tf.memory().numTensors, before);
  const done = await run();
  t.deepEqual(namesOf(done), ['conv', 'pool', 'logits']);
  t.deepEqual(await done.epochs(), [0, 1, 2, 3, 4, 5, 6]);
  t.is((await logNames(done)).length, 6);
  t.deepEqual([done.info.probe.output?.name, done.info.classes.length], ['logits', CLASSES]);
  const learnt = shareRight(network(xs).logits, labels);
  t.true(learnt > 0.9, String(learnt));
  t.is(await matrixAccuracy(done, 6), learnt);
});

test.serial('a GAN by hand: a generator and a critic of plain operations, each with its own run', async t => {
  const real = tf.randomNormal<tf.Rank.R2>([24, 4], 2, 0.3, 'float32', 3);
  const noise = tf.randomNormal<tf.Rank.R2>([24, 3], 0, 1, 'float32', 4);
  const variable = (rows: number, columns: number, seed: number) =>
    tf.variable(tf.randomNormal<tf.Rank.R2>([rows, columns], 0, 0.5, 'float32', seed));
  const [first, second] = [variable(3, 6, 5), variable(6, 4, 6)];
  const [look, judge] = [variable(4, 6, 7), variable(6, 1, 8)];
  const generate = (z: tf.Tensor2D) => {
    const hidden = tf.tanh(tf.matMul(z, first));
    return {hidden, made: tf.matMul<tf.Tensor2D>(hidden, second)};
  };
  const criticize = (x: tf.Tensor2D) => {
    const features = tf.relu(tf.matMul(x, look));
    return {features, isReal: tf.sigmoid(tf.matMul(features, judge))};
  };
  const [generatorSteps, criticSteps] = [tf.train.sgd(0.05), tf.train.sgd(0.05)];
  const ones = tf.ones([24, 1]);
  const samples = tf.concat([real, generate(noise).made]);
  const isReal = Int32Array.from({length: 48}, (_, i) => (i < 24 ? 1 : 0));
  const watched = {
    generator: await scriptSlicer(t, {probe: {xs: noise}}),
    critic: await scriptSlicer(t, {probe: {xs: samples, labels: isReal, classNames: ['made', 'real']}}),
  };
  for (let round = 0; round <= 3; round++) {
    if (round > 0) {
      criticSteps.minimize(
        () =>
          tf.losses.logLoss<tf.Tensor, tf.Scalar>(ones, criticize(real).isReal).add(
            tf.losses.logLoss<tf.Tensor, tf.Scalar>(tf.zerosLike(ones), criticize(generate(noise).made).isReal),
          ), // prettier-ignore
        false,
        [look, judge],
      );
      generatorSteps.minimize(
        () => tf.losses.logLoss<tf.Tensor, tf.Scalar>(ones, criticize(generate(noise).made).isReal),
        false,
        [first, second],
      );
    }
    const given = criticize(samples);
    await watched.generator.slicer.capture(round, {}, generate);
    await watched.critic.slicer.capture(round, {}, given);
    t.false(given.features.isDisposed);
    tf.dispose(given);
  }
  await watched.generator.slicer.close();
  await watched.critic.slicer.close();
  const [made, judged] = [await watched.generator.run(), await watched.critic.run()];
  t.deepEqual([namesOf(made), namesOf(judged)], [['hidden', 'made'], ['features', 'isReal']]); // prettier-ignore
  t.deepEqual([await made.epochs(), await judged.epochs()], [[0, 1, 2, 3], [0, 1, 2, 3]]); // prettier-ignore
  t.is(judged.info.probe.output?.name, 'isReal');
  const right = tf.tidy(() => criticize(samples).isReal.greater(0.5).reshape([-1]).toInt().equal(tf.tensor1d(isReal, 'int32')).mean().dataSync()[0]); // prettier-ignore
  closeTo(t, await matrixAccuracy(judged, 3), right ?? NaN, 1e-6);
});

test.serial('the script in docs/training-loops.md runs as it is', async t => {
  const text = await readFile('docs/training-loops.md', 'utf8');
  const [, script = ''] =
    /```js\n(import \* as tf(?:(?!```)[^])*?const filters(?:(?!```)[^])*)```/.exec(text) ?? [];
  const folder = await temporaryFolder(t);
  const root = JSON.stringify(process.cwd());
  const there = `process.chdir(${root});\n${script.replace("'runs/own-network'", JSON.stringify(join(folder, 'own')))}`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', there]);
  const run = await openRun(join(folder, 'own'));
  t.deepEqual(namesOf(run), ['conv1', 'pool1', 'logits']);
  t.deepEqual([(await run.epochs()).length, run.info.status, run.info.probe.output?.name], [11, 'finished', 'logits']); // prettier-ignore
});
