import type * as tfjs from '@tensorflow/tfjs';
import {seededRandom} from '#src/shared/index.js';

type Tf = typeof tfjs;

/** Seeded images [samples, 8, 8, 1] in which the class decides where the bright square is; labels 0..classes-1 in turn. */
export function tinyImages(samples: number, classes = 3, seed = 1): {xs: Float32Array; labels: Int32Array} {
  const random = seededRandom(seed);
  const xs = new Float32Array(samples * 64);
  const labels = new Int32Array(samples);
  for (let i = 0; i < samples; i++) {
    const label = i % classes;
    labels[i] = label;
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        const bright = Math.floor(x / 3) === label && y > 1 && y < 6;
        xs[i * 64 + y * 8 + x] = (bright ? 0.8 : 0) + 0.2 * random();
      }
    }
  }
  return {xs, labels};
}

/** A CNN small enough for the plain cpu backend: conv 4, pool, dense. */
export function tinyCnn(tf: Tf, classes = 3): tfjs.Sequential {
  const kernelInitializer = () => tf.initializers.glorotUniform({seed: 5});
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'conv',
        inputShape: [8, 8, 1],
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(),
      }),
      tf.layers.maxPooling2d({name: 'pool', poolSize: 2}),
      tf.layers.flatten({name: 'flatten'}),
      tf.layers.dropout({name: 'dropout', rate: 0.1, seed: 3}),
      tf.layers.dense({
        name: 'dense',
        units: classes,
        activation: 'softmax',
        kernelInitializer: kernelInitializer(),
      }),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** `tinyImages` as the tensors that `fit` takes; the caller disposes them. */
export function tinyTensors(tf: Tf, samples: number, classes = 3): {xs: tfjs.Tensor4D; ys: tfjs.Tensor} {
  const {xs, labels} = tinyImages(samples, classes);
  return {
    xs: tf.tensor4d(xs, [samples, 8, 8, 1]),
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat()),
  };
}
