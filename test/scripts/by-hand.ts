import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {seededRandom} from '#src/shared/index.js';
import {clouds, matrixAccuracy, namesOf, scriptSlicer, shareRight} from '../support/script-run.js';

/** Typical scripts with a custom training loop, with one callback added. */

type Symbolic = tf.SymbolicTensor;
const {layers: L} = tf;
const glorot = (seed: number) => tf.initializers.glorotUniform({seed});

test.serial('a GAN that knows classes: both models, trained a batch at a time', async t => {
  const {xs, labels} = clouds(40, 6, 2, 4);
  const [latent, sample] = [tf.input({shape: [3]}), tf.input({shape: [6]})];
  const made = L.dense({name: 'make', units: 6, kernelInitializer: glorot(1)}).apply(latent) as Symbolic;
  const generator = tf.model({inputs: latent, outputs: made, name: 'generator'});
  const trunk = tf.sequential({
    name: 'trunk',
    layers: [
      L.dense({
        name: 'features',
        units: 8,
        activation: 'relu',
        inputShape: [6],
        kernelInitializer: glorot(2),
      }),
    ],
  });
  const features = trunk.apply(sample) as Symbolic;
  const real = L.dense({name: 'real', units: 1, activation: 'sigmoid'}).apply(features) as Symbolic;
  const kind = L.dense({name: 'kind', units: 2, activation: 'softmax'}).apply(features) as Symbolic;
  const discriminator = tf.model({inputs: sample, outputs: [real, kind], name: 'discriminator'});
  discriminator.compile({
    optimizer: tf.train.adam(0.02),
    loss: ['binaryCrossentropy', 'sparseCategoricalCrossentropy'],
  });
  const noise = tf.randomNormal([40, 3], 0, 1, 'float32', 7);
  const watched = {
    generator: await scriptSlicer(t, {probe: {xs: noise}}),
    discriminator: await scriptSlicer(t, {probe: {xs, labels, output: 'kind'}}),
  };
  watched.generator.slicer.setModel(generator);
  watched.discriminator.slicer.setModel(discriminator);
  const kinds = tf.tensor2d(labels, [40, 1], 'float32');
  for (let epoch = 0; epoch <= 3; epoch++) {
    let loss = 0;
    for (let step = 0; epoch > 0 && step < 4; step++) {
      const fake = generator.predictOnBatch(noise) as tf.Tensor;
      for (const [batch, isReal] of [
        [xs, 1],
        [fake, 0],
      ] as const) {
        const given = await discriminator.trainOnBatch(batch, [tf.fill([40, 1], isReal), kinds]);
        loss += (given as number[])[0] as number;
      }
    }
    await watched.generator.slicer.capture(epoch, {loss});
    await watched.discriminator.slicer.capture(epoch, {loss});
  }
  await watched.generator.slicer.close();
  await watched.discriminator.slicer.close();
  const [made3, judged] = [await watched.generator.run(), await watched.discriminator.run()];
  t.deepEqual(
    [await made3.epochs(), await judged.epochs()],
    [
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ],
  );
  t.deepEqual([namesOf(made3), namesOf(judged)], [['make'], ['trunk/features', 'real', 'kind']]);
  const scores = (discriminator.predict(xs) as tf.Tensor[])[1] as tf.Tensor;
  t.is(await matrixAccuracy(judged, 3), shareRight(scores, labels));
});

/** Draws around the mean, as variational autoencoders do. */
class Draw extends tf.layers.Layer {
  static readonly className = 'Draw';
  override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
    return (shape as tf.Shape[])[0] as tf.Shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [mean, logVariance] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() =>
      mean.add(tf.exp(logVariance.mul(0.5)).mul(tf.randomNormal(mean.shape, 0, 1, 'float32', 1))),
    );
  }
}

test.serial('a variational autoencoder of nested models, trained by minimize', async t => {
  const {xs, labels} = clouds(30, 8, 4, 6);
  const input = tf.input({shape: [8]});
  const hidden = L.dense({name: 'hidden', units: 6, activation: 'relu'}).apply(input) as Symbolic;
  const mean = L.dense({name: 'z_mean', units: 2}).apply(hidden) as Symbolic;
  const variance = L.dense({name: 'z_log_var', units: 2}).apply(hidden) as Symbolic;
  const drawn = new Draw({name: 'z'}).apply([mean, variance]) as Symbolic;
  const encoder = tf.model({inputs: input, outputs: [mean, variance, drawn], name: 'encoder'});
  const decoder = tf.sequential({
    name: 'decoder',
    layers: [L.dense({name: 'back', units: 8, inputShape: [2]})],
  });
  const whole = tf.input({shape: [8]});
  const coded = encoder.apply(whole) as Symbolic[];
  const vae = tf.model({
    inputs: whole,
    outputs: decoder.apply(coded[2] as Symbolic) as Symbolic,
    name: 'vae',
  });
  const {slicer, run} = await scriptSlicer(t, {probe: {xs, labels, output: null}});
  slicer.setModel(vae);
  const optimizer = tf.train.adam(0.01);
  await slicer.capture(0);
  const before = tf.memory().numTensors;
  for (let epoch = 1; epoch <= 2; epoch++) {
    const loss = optimizer.minimize(
      () => tf.losses.meanSquaredError(xs, vae.apply(xs, {training: true}) as tf.Tensor),
      true,
    ) as tf.Scalar;
    await slicer.capture(epoch, {loss});
    loss.dispose();
  }
  t.true(
    tf.memory().numTensors - before <= 2 * vae.trainableWeights.length + 4,
    'the optimizer alone keeps some',
  );
  await slicer.close();
  const done = await run();
  t.deepEqual(namesOf(done), [
    ...['encoder/hidden', 'encoder/z_mean', 'encoder/z_log_var', 'encoder/z', 'decoder/back'],
  ]);
  t.deepEqual([done.info.classes.length, await matrixAccuracy(done, 2)], [4, null]);
  const {inputs} = await done.probe();
  const given = encoder.predict(tf.tensor2d(inputs[0]?.values ?? [], [30, 8]));
  const [expected] = [given].flat<(tf.Tensor | tf.Tensor[])[]>();
  const {maps} = await done.activations(2, 'encoder/z_mean');
  t.deepEqual(maps, expected?.transpose().dataSync() as Float32Array);
});

test.serial('a player that learns by trial, captured every n frames', async t => {
  const random = seededRandom(2);
  const boards = tf.tensor4d(Float32Array.from({length: 20 * 36}, random), [20, 6, 6, 1]);
  const online = tf.sequential({
    layers: [
      L.conv2d({name: 'look', filters: 3, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 1]}),
      L.flatten(),
      L.dense({name: 'values', units: 3}),
    ],
  });
  const optimizer = tf.train.adam(0.01);
  const {slicer, run} = await scriptSlicer(t, {probe: {xs: boards}, everyEpochs: 10});
  slicer.setModel(online);
  await slicer.capture(0);
  for (let frame = 1; frame <= 25; frame++) {
    const cost = optimizer.minimize(() => {
      const values = online.apply(boards, {training: true}) as tf.Tensor2D;
      return tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(tf.ones([20]), values.max(1));
    }, true) as tf.Scalar;
    await slicer.capture(frame, {loss: cost, reward: frame / 10});
    cost.dispose();
  }
  await slicer.close();
  const done = await run();
  t.deepEqual(await done.epochs(), [0, 10, 20, 25]);
  t.deepEqual([done.info.classes, namesOf(done)], [[], ['look', 'values']]);
  const logs = await done.table('logs');
  t.is(logs.filter(({name}) => name === 'reward').length, 25, 'each frame has its logs');
});
