import {rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const probe = tinyImages(30);
const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({probe, samples: 12, ...more});

test.serial('NaN activations are reported, left out of the measures, and nothing stops', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const model = tinyCnn(tf);
  const bias = model.getLayer('conv').getWeights()[1]!;
  model.getLayer('conv').setWeights([model.getLayer('conv').getWeights()[0]!, tf.tensor1d([NaN, 0, 0, 0])]);
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, dir, options());
  const said = await warnings(t, async () => {
    await model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks: slicer});
    await slicer.finished;
  });
  t.regex(said[0]!, /^cnnslicer: epoch 0: layer "conv" has NaN or Infinity in 12 of 12 samples/);
  const run = await openRun(dir);
  const conv = (await run.table('channel_entropy', {epochs: [0]})).filter(
    ({layer, class: label}) => layer === 'conv' && label === null,
  );
  t.deepEqual(
    conv.map(({reason}) => reason),
    ['non-finite', null, null, null],
  );
  t.deepEqual(
    (await run.table('layer_entropy', {epochs: [0]})).find(({layer}) => layer === 'conv')?.bits,
    null,
  );
  t.true(Number.isNaN((await run.activations(0, 'conv', {channels: [0]})).maps[0]));
  tf.dispose(bias);
});

test.serial('a folder that cannot be written is reported in one line, and training goes on', async t => {
  const file = join(await temporaryFolder(t), 'file');
  await writeFile(file, 'not a folder');
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, join(file, 'run'), options());
  const said = await warnings(t, async () => {
    await tinyCnn(tf).fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer});
    await slicer.finished;
  });
  t.is(said.length, 1);
  t.regex(said[0]!, /^cnnslicer: could not begin: .+Training continues without capture\.$/);
  t.false(said[0]!.includes('\n'));
});

for (const background of [true, false]) {
  test.serial(
    `a run that an epoch could not be recorded of has failed, and training goes on: background ${background}`,
    async t => {
      const dir = join(await temporaryFolder(t), 'run');
      const {xs, ys} = tinyTensors(tf, 24);
      const slicer = cnnSlicer(tf, dir, options({background, tensorboard: false}));
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(0);
      await slicer.finished;
      await rm(join(dir, 'activations'), {recursive: true});
      await writeFile(join(dir, 'activations'), 'in the way');
      const said = await warnings(t, async () => {
        await slicer.capture(1);
        await slicer.finished;
      });
      t.is(said.length, 1);
      t.regex(said[0]!, /^cnnslicer: could not record epoch 1: .+ Training continues without capture\.$/);
      await rm(join(dir, 'activations'));
      t.is((await openRun(dir)).info.status, 'failed');
      await slicer.close();
      t.is((await openRun(dir)).info.status, 'failed');
      tf.dispose([xs, ys]);
    },
  );
}

test.serial('two copies of tfjs are distinguished, alone and in a list', async t => {
  let other = tf;
  const noise = await warnings(t, () => {
    other = createRequire(import.meta.url)('@tensorflow/tfjs/dist/tf.js') as typeof tf;
    return Promise.resolve();
  });
  t.true(noise.some(line => line.includes('already registered'))); // tfjs only hints at it, hundreds of times
  t.not(other.LayersModel, tf.LayersModel);
  const dir = join(await temporaryFolder(t), 'run');
  const {xs, ys} = tinyTensors(tf, 24);
  const stop = tf.callbacks.earlyStopping({monitor: 'loss', patience: 9});
  for (const others of [[], [stop]]) {
    const slicer = cnnSlicer(other, dir, options());
    const said = await warnings(t, () =>
      tinyCnn(tf).fit(xs, ys, {epochs: 1, verbose: 0, callbacks: [...others, slicer]}),
    );
    t.is(said.length, 1);
    t.regex(said[0]!, /the model comes from another copy of TensorFlow\.js/);
  }
});

test.serial('behind a plain object in the list, the message says how to order them', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const {xs, ys} = tinyTensors(tf, 24);
  const callbacks = [
    {onEpochEnd: () => {}},
    cnnSlicer(tf, dir, options()),
  ] as unknown as tf.CustomCallbackArgs[];
  const said = await warnings(t, () => tinyCnn(tf).fit(xs, ys, {epochs: 1, verbose: 0, callbacks}));
  t.is(said.length, 1);
  t.regex(said[0]!, /write callbacks: callbackList\(tf, \[slicer/);
  const strict = [{onEpochEnd: () => {}}, cnnSlicer(tf, dir, options({strict: true}))];
  await t.throwsAsync(
    tinyCnn(tf).fit(xs, ys, {epochs: 1, verbose: 0, callbacks: strict as unknown as tf.CustomCallbackArgs[]}),
    {message: /write callbacks: callbackList/},
  );
});

/** What is said of a probe by the tiny CNN, or a model with other inputs. */
async function saidOf(t: ExecutionContext, xs: unknown, shapes = [[8, 8, 1]]): Promise<string> {
  const inputs = shapes.map((shape, i) => tf.input({shape, name: ['image', 'facts'][i]}));
  const flat = inputs.map((input, i) => {
    const values = tf.util.sizeFromShape(shapes[i] as number[]);
    return tf.layers.reshape({targetShape: [values]}).apply(input) as tf.SymbolicTensor;
  });
  const all = flat.length > 1 ? (tf.layers.concatenate().apply(flat) as tf.SymbolicTensor) : flat[0]!;
  const slicer = cnnSlicer(tf, 'unused', {
    probe: {xs, labels: probe.labels} as CnnSlicerOptions['probe'],
  });
  slicer.setModel(tf.model({inputs, outputs: tf.layers.dense({units: 3}).apply(all) as tf.SymbolicTensor}));
  const [said = '', ...more] = await warnings(t, () => slicer.capture(0));
  t.deepEqual(more, []);
  return said.replace('cnnslicer: could not capture epoch 0: ', '').replace(/ Training continues .*/, '');
}

test.serial('a probe that does not fit the model is reported with both shapes, and the fix', async t => {
  t.is(
    await saidOf(t, new Float32Array(30 * 49)),
    'options.probe.xs: input "image" of the model has shape [N, 8, 8, 1], got 49 values a sample.',
  );
  t.is(
    await saidOf(t, tf.zeros([30, 8, 8])),
    'options.probe.xs: input "image" of the model has shape [N, 8, 8, 1], got [N, 8, 8]; the values fit after xs.reshape([-1, 8, 8, 1]).',
  );
  t.is(
    await saidOf(t, tf.zeros([30, 3, 8, 9]), [[8, 9, 3]]),
    'options.probe.xs: input "image" of the model has shape [N, 8, 9, 3], got [N, 3, 8, 9]; the axes are in another order: use xs.transpose([…]).',
  );
  const two = [[8, 8, 1], [4]];
  t.is(
    await saidOf(t, tf.zeros([30, 8, 8, 1]), two),
    'options.probe.xs: the model has 2 inputs (image, facts), got 1; pass a list, in this order: xs: [image, facts].',
  );
  t.is(
    await saidOf(t, [tf.zeros([30, 8, 8, 1]), tf.zeros([30, 5])], two),
    'options.probe.xs[1]: input "facts" of the model has shape [N, 4], got [N, 5].',
  );
  t.is(
    await saidOf(t, [tf.zeros([30, 8, 8, 1]), tf.zeros([30, 5])]),
    'options.probe.xs: the model has 1 input (image), got 2; pass it alone, without a list.',
  );
});

test.serial('a typed array cannot tell extents that the model leaves open', async t => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'any',
        inputShape: [null, null, 1],
        filters: 1,
        kernelSize: 1,
      }),
    ],
  });
  const slicer = cnnSlicer(tf, 'unused', {
    probe: {xs: new Float32Array(30 * 64), labels: probe.labels},
    strict: true,
  });
  slicer.setModel(model);
  await t.throwsAsync(slicer.capture(0), {
    message:
      /has shape \[N, \?, \?, 1\], got 64 values a sample; pass a tensor, whose shape gives the open extents\.$/,
  });
});
