import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {tinyImages} from './models.js';
import {temporaryFolder} from './temporary-folder.js';

/** Samples of the probe. */
export const GIVEN = 40;
/** The probe, as an array and as a tensor. */
export const {xs: pixels, labels} = tinyImages(GIVEN);
export const xs = tf.tensor4d(pixels, [GIVEN, 8, 8, 1]);
/** Fewer than were given, so that a draw chooses and orders them. */
export const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({
  ...{probe: {xs, labels}, samples: 27, batchSize: 8},
  ...{strict: true, background: false, tensorboard: false},
  ...more,
});

/** The layers of a tiny CNN as outputs, for its values by another way. */
export function tapped(
  model: tf.LayersModel,
): (images: tf.Tensor) => {conv: tf.Tensor; pool: tf.Tensor; dense: tf.Tensor} {
  const outputs = ['conv', 'pool', 'dense'].map(name => model.getLayer(name).output as tf.SymbolicTensor);
  const whole = tf.model({inputs: model.inputs, outputs});
  return images => {
    const [conv, pool, dense] = whole.predict(images) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return {conv, pool, dense};
  };
}

/** A callback that takes named tensors, and the run folder it writes. */
export async function runIn(t: ExecutionContext, more: Partial<CnnSlicerOptions> = {}) {
  const dir = join(await temporaryFolder(t), 'run');
  return {dir, slicer: cnnSlicer(tf, dir, options(more))};
}
