import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {tinyImages} from '../support/models.js';
import {servedViewer} from '../support/served-viewer.js';

const CLASSES = 3;

/** The run of a network of plain operations, whose filters change from epoch to epoch. */
async function ownNetworkRun(dir: string): Promise<void> {
  const {xs: pixels, labels} = tinyImages(45, CLASSES);
  const filters = tf.randomNormal<tf.Rank.R4>([3, 3, 1, 4], 0, 0.5, 'float32', 1);
  const weights = tf.randomNormal<tf.Rank.R2>([36, CLASSES], 0, 0.5, 'float32', 2);
  const slicer = cnnSlicer(tf, dir, {
    probe: {xs: tf.tensor4d(pixels, [45, 8, 8, 1]), labels},
    strict: true,
    tensorboard: false,
  });
  for (let epoch = 0; epoch <= 2; epoch++) {
    await slicer.capture(epoch, {loss: 1 / (epoch + 1)}, (images: tf.Tensor4D) => {
      const conv = tf.relu(tf.conv2d(images, filters.add<tf.Tensor4D>(0.1 * epoch), 1, 'valid'));
      const pool = tf.maxPool(conv, 2, 2, 'valid');
      return {conv, pool, logits: tf.matMul(pool.reshape<tf.Tensor2D>([-1, 36]), weights)};
    });
  }
  await slicer.close();
}

const viewer = await servedViewer(logdir => ownNetworkRun(join(logdir, 'own')), {projects: true});
const open = (hash: string) => viewer.open(`run=own&${hash}`);

for (const tab of ['query', 'performance', 'layers', 'channels']) {
  test.serial(`the view of ${tab} opens on a run of named tensors without an error`, async t => {
    const {page, trouble, settled} = await open(`tab=${tab}`);
    await settled();
    t.is(await page.locator('[role=alert]').filter({visible: true}).count(), 0);
    t.deepEqual(trouble, []);
    await page.context().close();
  });
}

test.serial('the overview lists the tensors in their order', async t => {
  const {page, trouble, settled} = await open('tab=query');
  await settled();
  const text = (await page.locator('.rail-section.architecture-panel').textContent()) ?? '';
  const places = ['input', 'conv', 'pool', 'logits'].map(name => text.indexOf(name));
  t.true(
    places.every((place, i) => place > (places[i - 1] ?? -1)),
    text,
  );
  await page
    .locator('.rail-section.architecture-panel .architecture-row-meta', {hasText: 'Tensor · 6×6×4'})
    .hover();
  const tip = page.locator('.tooltip', {hasText: 'output'});
  t.false(/parameters/.test((await tip.textContent()) ?? ''), 'which are unknown');
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('a channel shows inputs and feature maps, and says why there is no projection', async t => {
  const {page, trouble} = await open('tab=channels&layer=conv&channel=1&zoom=0&samples-of=0');
  const drawer = page.locator('.drawer');
  const why = 'was captured from named tensors; only a tf.LayersModel is kept with a run';
  await drawer.locator('.channel-samples-no-projection', {hasText: why}).waitFor({timeout: 60_000});
  await drawer.locator('canvas[aria-label^="Feature map of sample"]').nth(3).waitFor();
  t.true((await drawer.locator('canvas[aria-label^="Input of sample"]').count()) >= 4);
  t.is(await drawer.locator('canvas[aria-label^="Projection"]').count(), 0);
  t.deepEqual(
    trouble.filter(text => !text.includes('/projections?')),
    [],
  );
  await page.context().close();
});
