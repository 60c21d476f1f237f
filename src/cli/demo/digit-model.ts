import type * as tfjs from '@tensorflow/tfjs';

/** A small CNN of the paper's kind: two convolutions with pooling, two dense layers. */
export function digitModel(tf: typeof tfjs, seed: number): tfjs.Sequential {
  const {layers} = tf;
  const kernelInitializer = () => tf.initializers.glorotUniform({seed: seed++});
  const model = tf.sequential({
    name: 'digits',
    layers: [
      layers.conv2d({
        name: 'conv2d_1',
        inputShape: [28, 28, 1],
        filters: 16,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(),
      }),
      layers.maxPooling2d({name: 'max_pooling2d_1', poolSize: 2}),
      layers.conv2d({
        name: 'conv2d_2',
        filters: 32,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(),
      }),
      layers.maxPooling2d({name: 'max_pooling2d_2', poolSize: 2}),
      layers.flatten({name: 'flatten'}),
      layers.dense({name: 'dense_1', units: 64, activation: 'relu', kernelInitializer: kernelInitializer()}),
      layers.dense({
        name: 'dense_2',
        units: 10,
        activation: 'softmax',
        kernelInitializer: kernelInitializer(),
      }),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
