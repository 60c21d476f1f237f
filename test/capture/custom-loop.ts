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
<<<<<<< HEAD
=======

const misuses: {what: string; misuse: (slicer: CnnSlicer) => Promise<unknown>; message: RegExp}[] = [
  {
    what: 'no model',
    misuse: slicer => slicer.capture(0),
    message:
      /could not capture epoch 0: there is no model; call setModel\(model\) before, or give capture tensors/,
  },
  {
    what: 'a model without layers',
    misuse: slicer => {
      slicer.setModel({predict: () => tf.zeros([1])} as unknown as tf.LayersModel);
      return slicer.capture(0);
    },
    message: /epoch 0: the model must be a tf\.LayersModel, as tf\.sequential/,
  },
  {
    what: 'an epoch that is no integer',
    misuse: slicer => (slicer.setModel(tinyCnn(tf)), slicer.capture(0.5)),
    message: /epoch 0\.5: an epoch must be an integer >= 0, the epochs trained so far, got 0\.5\./,
  },
  {
    what: 'an epoch again',
    misuse: async slicer => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(4);
      await slicer.capture(4);
    },
    message: /could not capture epoch 4: epochs must ascend, and epoch 4 was before it\./,
  },
  {
    what: 'what trainOnBatch gives where there are metrics',
    misuse: slicer => {
      slicer.setModel(tinyCnn(tf));
      return slicer.capture(0, {loss: [0.5, 1]} as unknown as EpochLogs);
    },
    message: /logs\.loss must be a number or a tensor of one value, got an array of 2; trainOnBatch gives/,
  },
  {
    what: 'two captures that do not wait for each other',
    misuse: slicer => {
      slicer.setModel(tinyCnn(tf));
      return Promise.all([slicer.capture(0), slicer.capture(1)]);
    },
    message: /could not capture epoch 1: capture\(0\) has not finished; await each call/,
  },
  {
    what: 'another model in the midst',
    misuse: async slicer => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(0);
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(1);
    },
    message: /could not capture epoch 1: it is another model; await close\(\) before setModel/,
  },
  {
    what: 'a manual capture within a fit',
    misuse: async slicer => {
      const {xs, ys} = tinyTensors(tf, SAMPLES);
      const meddle = new tf.CustomCallback({onBatchEnd: () => slicer.capture(7)});
      await tinyCnn(tf).fit(xs, ys, {epochs: 1, batchSize: SAMPLES, verbose: 0, callbacks: [slicer, meddle]});
      tf.dispose([xs, ys]);
    },
    message: /could not capture epoch 7: a fit is under way, which captures by itself/,
  },
];

for (const {what, misuse, message} of misuses) {
  test.serial(`${what}: is reported once, never thrown, and thrown if strict`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const slicer = cnnSlicer(tf, dir, options({strict: false}));
    const said = await warnings(t, async () => {
      await misuse(slicer);
      await slicer.capture(9); // a loop goes on calling
      await slicer.close();
    });
    t.is(said.length, 1, said.join('\n'));
    t.regex(said[0] as string, message);
    t.regex(said[0] as string, /^cnnslicer: .+ Training continues without capture\.$/);
    const strict = cnnSlicer(tf, join(dir, '..', 'strict'), options());
    await t.throwsAsync(misuse(strict), {message});
    await strict.close();
  });
}

/** Trains by hand in a separate process, and prints each epoch that it has passed on. */
const script = `
  import * as tf from '@tensorflow/tfjs';
  import {cnnSlicer} from 'cnnslicer';
  const model = tf.sequential({layers: [
    tf.layers.conv2d({inputShape: [8, 8, 1], filters: 2, kernelSize: 3}),
    tf.layers.flatten(), tf.layers.dense({units: 1})]});
  const xs = tf.randomUniform([8, 8, 8, 1]);
  const slicer = cnnSlicer(tf, process.argv[1], {probe: {xs}});
  slicer.setModel(model);
  const last = Number(process.argv[2]);
  for (let epoch = 0; epoch <= last; epoch++) {
    await slicer.capture(epoch, {loss: 1 / (epoch + 1)});
    console.log('epoch ' + epoch);
  }
`;

function loopInAProcess(dir: string, last: number) {
  const args = ['--input-type=module', '-e', script, dir, String(last)];
  return spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'ignore']});
}

test.serial(
  'Ctrl-C during a training leaves a run with complete epochs that is no longer trained',
  async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const child = loopInAProcess(dir, 1e6);
    const ended = once(child, 'exit');
    for await (const line of createInterface(child.stdout)) {
      if (line === 'epoch 6') child.kill('SIGINT');
    }
    t.deepEqual(await ended, [null, 'SIGINT']);
    const run = await openRun(dir);
    const epochs = await run.epochs();
    t.true(epochs.length >= 5); // two may have waited for the recorder
    t.deepEqual(
      epochs,
      epochs.map((_, i) => i),
    );
    t.deepEqual(
      (await verifyRun(dir)).problems.filter(({kind}) => kind !== 'leftover'),
      [],
    );
    t.is(run.info.status, 'training');
    t.false(await isLive(run));
  },
);

test.serial('a script that never calls close ends by itself, with every epoch on disk', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const child = loopInAProcess(dir, 4);
  child.stdout.resume();
  t.deepEqual(await once(child, 'exit'), [0, null]);
  t.deepEqual(await (await openRun(dir)).epochs(), [0, 1, 2, 3, 4]);
});
>>>>>>> 5146d0b (Say in plain technical English what capture, recorder, projections and training kernels say)
