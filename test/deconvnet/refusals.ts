import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {deconvnet} from 'cnnslicer';
import {tinyCnn, tinyTensors} from '../support/models.js';

const {layers} = tf;

test.beforeEach(async () => {
  await tf.setBackend('cpu');
});

test.serial('says in one line what does not fit', async t => {
  const model = tinyCnn(tf);
  const {xs} = tinyTensors(tf, 2);
  const before = tf.memory().numTensors;
  const refused: [tf.Tensor | tf.Tensor[], {layer: string; channels?: number[]}, string][] = [
    [xs, {layer: 'conv9'}, 'deconvnet: the model has no layer "conv9"; it has conv, pool, flatten, dropout, dense.'],
    [xs, {layer: 'conv', channels: [0, 4]}, 'deconvnet: options.channels: layer "conv" has channels 0..3, got 4.'],
    [xs, {layer: 'conv', channels: [1.5]}, 'deconvnet: options.channels: layer "conv" has channels 0..3, got 1.5.'],
    [xs, {layer: 'conv', channels: []}, 'deconvnet: options.channels: layer "conv" has channels 0..3, got none.'],
    [[xs, xs], {layer: 'conv'}, 'deconvnet: xs: the model has 1 inputs (conv_input), got 2.'],
    [tf.zeros([2, 8, 9, 1]), {layer: 'conv'}, 'deconvnet: xs: input "conv_input" of the model has shape [samples, 8, 8, 1], got [2, 8, 9, 1].'],
    [tf.zeros([8, 8, 1]), {layer: 'conv'}, 'deconvnet: xs: input "conv_input" of the model has shape [samples, 8, 8, 1], got [8, 8, 1].'],
    [tf.zeros([0, 8, 8, 1]), {layer: 'conv'}, 'deconvnet: xs: every input needs the same number of samples, at least one; "conv_input" has 0, "conv_input" has 0.'],
  ]; // prettier-ignore
  for (const [x, options, message] of refused) {
    await t.throwsAsync(deconvnet(tf, model, x, options), {instanceOf: RangeError, message});
  }
  t.is(tf.memory().numTensors, before + 3, 'the three tensors made here');
});

test.serial('refuses masks', async t => {
  const model = tf.sequential({
    layers: [
      layers.masking({name: 'mask', inputShape: [4, 2]}),
      layers.conv1d({name: 'top', filters: 1, kernelSize: 1}),
    ],
  });
  await t.throwsAsync(deconvnet(tf, model, tf.ones([1, 4, 2]), {layer: 'top'}), {
    message: 'deconvnet: layer "mask" is a Masking layer; masks are not supported.',
  });
});
