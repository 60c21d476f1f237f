import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {tinyImages, tinyTensors} from './models.js';

/** Epochs of a run that `trainForTensorBoard` makes. */
export const EPOCHS = 3;

export interface RunSettings {
  options?: Partial<CnnSlicerOptions>;
  initialEpoch?: number;
  name?: string;
  learningRate?: number;
}

/**
 * Trains a model of two convolutions on tiny images of three classes.
 *
 * @returns The folder of the run's TensorBoard events, in `folder`.
 */
export async function trainForTensorBoard(
  folder: string,
  {options = {}, initialEpoch = 0, name = 'run', learningRate = 0.01}: RunSettings = {},
): Promise<string> {
  const {xs, ys} = tinyTensors(tf, 24);
  const dir = join(folder, name);
  const slicer = cnnSlicer(tf, dir, {probe: tinyImages(30), strict: true, ...options});
  await twoConvolutions(learningRate).fit(xs, ys, {
    epochs: EPOCHS,
    initialEpoch,
    verbose: 0,
    validationData: [xs, ys],
    callbacks: slicer,
  });
  await slicer.finished;
  return join(dir, 'tensorboard');
}

function twoConvolutions(learningRate: number): tf.Sequential {
  const {layers} = tf;
  const seeded = () => ({kernelInitializer: tf.initializers.glorotUniform({seed: 5})});
  const model = tf.sequential({
    layers: [
      layers.conv2d({name: 'conv', inputShape: [8, 8, 1], filters: 3, kernelSize: 3, ...seeded()}),
      layers.conv2d({name: 'conv_2', filters: 4, kernelSize: 3, activation: 'relu', ...seeded()}),
      layers.flatten({name: 'flatten'}),
      layers.dense({name: 'dense', units: 3, activation: 'softmax', ...seeded()}),
    ],
  });
  const optimizer = tf.train.adam(learningRate);
  model.compile({optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
