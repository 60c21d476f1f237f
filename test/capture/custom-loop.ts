import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions, type EpochLogs} from 'cnnslicer';
import {openRun, type Run} from 'cnnslicer/store';
import type {TableName} from '#src/shared/index.js';
import {
  adversaries,
  discriminatorModel,
  generatorModel,
  NOISE,
} from '../support/architectures/adversarial.js';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';
import {closeTo} from '../support/close-to.js';

const SAMPLES = 24;
const BATCH = 8;
const EPOCHS = 3;
const probe = tinyImages(30);
const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({
  probe,
  samples: 12,
  strict: true,
  ...more,
});

/** The tiny CNN, a batch at a time; gives the mean loss and accuracy of the epoch. */
function loopOf(t: ExecutionContext, model: tf.LayersModel): () => Promise<{loss: number; acc: number}> {
  const data = tinyTensors(tf, SAMPLES);
  t.teardown(() => tf.dispose([data.xs, data.ys]));
  return async () => {
    const totals = [0, 0];
    for (let start = 0; start < SAMPLES; start += BATCH) {
      const [xs, ys] = [data.xs.slice(start, BATCH), data.ys.slice(start, BATCH)];
      const values = (await model.trainOnBatch(xs, ys)) as number[];
      values.forEach((value, i) => (totals[i] = (totals[i] as number) + value * BATCH));
      tf.dispose([xs, ys]);
    }
    const [loss, acc] = totals.map(total => total / SAMPLES) as [number, number];
    return {loss, acc};
  };
}

/** Trains the tiny CNN by hand, and returns the arguments of `capture` for each epoch. */
async function trainedByHand(
  t: ExecutionContext,
  slicer: CnnSlicer,
  {first = 0, model = tinyCnn(tf)}: {first?: number; model?: tf.LayersModel} = {},
): Promise<tf.LayersModel> {
  const trainOnce = loopOf(t, model);
  slicer.setModel(model);
  await slicer.capture(first);
  for (let epoch = first + 1; epoch <= first + EPOCHS; epoch++) {
    await slicer.capture(epoch, await trainOnce());
  }
  return model;
}

const ALL_TABLES: TableName[] = [
  'confusion',
  'class_entropy',
  'channel_entropy',
  'layer_entropy',
  'predictions',
];

async function sameTables(t: ExecutionContext, actual: Run, expected: Run): Promise<void> {
  t.deepEqual(await actual.epochs(), await expected.epochs());
  for (const name of ALL_TABLES) t.deepEqual(await actual.table(name), await expected.table(name), name);
}

test.serial(
  'a loop of trainOnBatch gives the tables, weights and logs of the same training by fit',
  async t => {
    const folder = await temporaryFolder(t);
    const fitted = cnnSlicer(tf, join(folder, 'fit'), options());
    const {xs, ys} = tinyTensors(tf, SAMPLES);
    const fitting = {epochs: EPOCHS, batchSize: BATCH, shuffle: false, verbose: 0} as const;
    await tinyCnn(tf).fit(xs, ys, {...fitting, callbacks: fitted});
    await fitted.finished;
    tf.dispose([xs, ys]);

    const byHand = cnnSlicer(tf, join(folder, 'by-hand'), options());
    await trainedByHand(t, byHand);
    await byHand.close();

    const [actual, expected] = [await openRun(join(folder, 'by-hand')), await openRun(join(folder, 'fit'))];
    await sameTables(t, actual, expected);
    t.deepEqual(
      (await actual.weights(EPOCHS)).map(({values}) => values),
      (await expected.weights(EPOCHS)).map(({values}) => values),
    );
    const [logs, fitLogs] = [await actual.table('logs'), await expected.table('logs')];
    t.deepEqual(
      logs.map(({epoch, name}) => [epoch, name]),
      fitLogs.map(({epoch, name}) => [epoch, name]),
    );
    // fit adds up in float32
    logs.forEach(({value}, i) => closeTo(t, value, fitLogs[i]?.value as number, 1e-6));
    t.deepEqual(actual.info.layers, expected.info.layers);
    t.is(actual.info.status, 'finished');
    t.deepEqual(actual.info.training, {samples: null, batchSize: null, epochs: null, initialEpoch: 0});
  },
);

test.serial('setParams records the training parameters that fit would have provided', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options({everyEpochs: 10}));
  slicer.setParams({epochs: EPOCHS, batchSize: BATCH, samples: SAMPLES});
  await trainedByHand(t, slicer);
  await slicer.close();
  const run = await openRun(dir);
  t.deepEqual(run.info.training, {samples: 24, batchSize: 8, epochs: 3, initialEpoch: 0});
  t.deepEqual(await run.epochs(), [0, 3]);
});

test.serial('everyEpochs skips captures, never logs, and close captures the last epoch', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options({everyEpochs: 2}));
  await trainedByHand(t, slicer);
  await slicer.close();
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 2, 3]);
  const losses = (await run.table('logs')).filter(({name}) => name === 'loss');
  t.deepEqual(
    losses.map(({epoch}) => epoch),
    [1, 2, 3],
  );
});

test.serial('adds no tensor, and leaves tensors in the logs to their owner', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options());
  const model = tinyCnn(tf);
  const trainOnce = loopOf(t, model);
  await trainOnce(); // the optimizer makes its own tensors in the first step
  const loss = tf.scalar(0.5);
  const before = tf.memory().numTensors;
  slicer.setModel(model);
  for (let epoch = 0; epoch < 5; epoch++) await slicer.capture(epoch, {loss, broken: NaN});
  await slicer.close();
  t.is(tf.memory().numTensors, before);
  t.false(loss.isDisposed);
  const logs = await (await openRun(dir)).table('logs', {epochs: [0, 4]});
  t.deepEqual(
    logs.map(({epoch, name, value}) => ({epoch, name, value})),
    [0, 4].flatMap(epoch => [
      {epoch, name: 'loss', value: 0.5},
      {epoch, name: 'broken', value: null},
    ]),
  );
  loss.dispose();
});

test.serial('a generator and a discriminator each have a slicer and a run, at the same time', async t => {
  const folder = await temporaryFolder(t);
  const [generator, discriminator] = [generatorModel(), discriminatorModel()];
  const round = adversaries(generator, discriminator);
  const {xs: real} = tinyTensors(tf, SAMPLES);
  const noise = tf.randomUniform([16, NOISE], 0, 1, 'float32', 3);
  await round(real, noise);
  const before = tf.memory().numTensors;

  const images = tf.tidy(() => tf.concat([real, generator.predict(noise) as tf.Tensor]));
  const isReal = [...Array<number>(SAMPLES).fill(1), ...Array<number>(16).fill(0)];
  const watchGenerator = cnnSlicer(tf, join(folder, 'generator'), {probe: {xs: noise}, strict: true});
  const watchDiscriminator = cnnSlicer(tf, join(folder, 'discriminator'), {
    probe: {xs: images, labels: isReal, classNames: ['generated', 'real']},
    strict: true,
  });
  images.dispose();
  watchGenerator.setModel(generator);
  watchDiscriminator.setModel(discriminator);
  const captureBoth = (epoch: number, logs: {generator?: EpochLogs; discriminator?: EpochLogs} = {}) =>
    Promise.all([
      watchGenerator.capture(epoch, logs.generator),
      watchDiscriminator.capture(epoch, logs.discriminator),
    ]);
  await captureBoth(0);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const losses = await round(real, noise);
    await captureBoth(epoch, {
      generator: {loss: losses.generator},
      discriminator: {loss: losses.discriminator},
    });
  }
  await Promise.all([watchGenerator.close(), watchDiscriminator.close()]);
  t.is(tf.memory().numTensors, before);

  for (const [name, model] of [
    ['generator', generator],
    ['discriminator', discriminator],
  ] as const) {
    const run = await openRun(join(folder, name));
    t.deepEqual(await run.epochs(), [0, 1, 2, 3], name);
    t.is(run.info.status, 'finished');
    const stored = new Map((await run.weights(EPOCHS)).map(weight => [weight.name, weight.values]));
    for (const weight of model.weights)
      t.deepEqual(stored.get(weight.originalName), weight.read().dataSync() as Float32Array);
  }
  t.deepEqual((await openRun(join(folder, 'discriminator'))).info.classes, ['generated', 'real']);
  t.deepEqual((await openRun(join(folder, 'generator'))).info.classes, []);
  tf.dispose([real, noise]);
});

test.serial('a model that was never compiled is captured', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const model = discriminatorModel();
  const slicer = cnnSlicer(tf, dir, {
    probe: {xs: probe.xs, labels: probe.labels.map(i => i % 2)},
    strict: true,
  });
  slicer.setModel(model);
  const optimizer = tf.train.sgd(0.1);
  const {xs} = tinyTensors(tf, SAMPLES);
  for (let epoch = 0; epoch < 3; epoch++) {
    const loss = optimizer.minimize(() => tf.mean(model.predict(xs) as tf.Tensor), true) as tf.Scalar;
    await slicer.capture(epoch, {loss});
    loss.dispose();
  }
  await slicer.close();
  const losses = (await (await openRun(dir)).table('logs')).map(({value}) => value as number);
  t.true((losses[0] as number) > (losses[2] as number));
  xs.dispose();
});

test.serial('goes before and after a fit, and after close the run goes on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options());
  const model = await trainedByHand(t, slicer); // 0..3, left open
  const {xs, ys} = tinyTensors(tf, SAMPLES);
  let said = await warnings(t, () =>
    model.fit(xs, ys, {initialEpoch: 3, epochs: 5, verbose: 0, callbacks: slicer}),
  );
  t.deepEqual(said, []);
  said = await warnings(t, () => trainedByHand(t, slicer, {first: 5, model})); // 5..8
  t.deepEqual(said, []);
  await slicer.close();
  const run = await openRun(dir);
  t.deepEqual(await run.epochs(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const losses = (await run.table('logs')).filter(({name}) => name === 'loss').map(({epoch}) => epoch);
  t.deepEqual(losses, [1, 2, 3, 4, 5, 6, 7, 8]);
  tf.dispose([xs, ys]);
});

test.serial('new values win over those of the epoch before it was replaced', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, options());
  slicer.setModel(tinyCnn(tf));
  await slicer.capture(1, {loss: 1, acc: 0.5});
  await slicer.close();
  await warnings(t, () => slicer.capture(1, {loss: 2}));
  await slicer.close();
  const logs = await (await openRun(dir)).table('logs');
  t.deepEqual(logs.map(({name, value}) => `${name} ${value}`).sort(), ['acc 0.5', 'loss 2']);
});
