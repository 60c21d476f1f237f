import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

type Trainer = (model: tf.LayersModel, callbacks: tf.Callback) => Promise<unknown>;

const fit: Trainer = (model, callbacks) => {
  const {xs, ys} = tinyTensors(tf, 48);
  return model.fit(xs, ys, {epochs: 2, batchSize: 12, verbose: 0, callbacks});
};

const fitDataset: Trainer = (model, callbacks) => {
  const {xs, ys} = tinyTensors(tf, 48);
  const rows = tf.data.zip({xs: tf.data.array(xs.unstack()), ys: tf.data.array(ys.unstack())});
  return model.fitDataset(rows.batch(12), {
    epochs: 2,
    verbose: 0,
    callbacks,
  });
};

/** What is said of a probe whose pixels are changed by `change` while the training's are from 0 to 1. */
async function said(
  t: ExecutionContext,
  change: (pixel: number) => number,
  train: Trainer = fit,
): Promise<string[]> {
  const {xs, labels} = tinyImages(30);
  const slicer = cnnSlicer(tf, join(await temporaryFolder(t), 'run'), {
    probe: {xs: xs.map(change), labels},
    tensorboard: false,
  });
  const model = tinyCnn(tf);
  const lines = await warnings(t, async () => {
    await train(model, slicer);
    await train(model, slicer);
    await slicer.finished;
  });
  t.false(Object.hasOwn(model.layers[0] as object, 'call'), 'the layer is as it was');
  return lines.filter(line => line.includes('options.probe.xs'));
}

for (const [name, train] of [
  ['fit', fit],
  ['fitDataset', fitDataset],
] as const) {
  test.serial(`a probe of another scale than the training is reported once (${name})`, async t => {
    const lines = await said(t, pixel => Math.round(pixel * 255), train);
    t.is(lines.length, 1);
    t.regex(
      lines[0] ?? '',
      // `fit` shuffles: which samples come first is not the same each time.
      /^cnnslicer: options\.probe\.xs: input "conv_input" has values from 0 to 255 in the probe, and from 0\.0\d+ to (?:1|0\.9\d+) in the first training samples; prepare the probe as the training data are\.$/,
    );
  });
}

test.serial('so is one that is around 0 where the training is not', async t => {
  t.is((await said(t, pixel => pixel * 2 - 1)).length, 1);
});

test.serial('a probe like the training is no matter', async t => {
  t.deepEqual(await said(t, pixel => pixel), []);
  t.deepEqual(await said(t, pixel => pixel * 1.5), []);
});
