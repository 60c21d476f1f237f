import type * as tfjs from '@tensorflow/tfjs';

/** Filters of each block: a pair of convolutions, each normalised, then pooling and dropout. */
const BLOCKS = [16, 32, 64];

/** A deeper CNN of the paper's kind for small colour photographs: pairs of convolutions, batch norm, pooling, dropout. */
export function photoModel(tf: typeof tfjs, seed: number): tfjs.Sequential {
  const {layers} = tf;
  const model = tf.sequential({name: 'photos'});
  let convolutions = 0;
  const convolve = (filters: number) => {
    convolutions++;
    model.add(
      layers.conv2d({
        name: `conv2d_${convolutions}`,
        ...(convolutions === 1 ? {inputShape: [32, 32, 3]} : {}),
        filters,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: tf.initializers.heNormal({seed: seed++}),
      }),
    );
    model.add(layers.batchNormalization({name: `batch_norm_${convolutions}`, momentum: 0.9}));
  };
  BLOCKS.forEach((filters, i) => {
    convolve(filters);
    convolve(filters);
    model.add(layers.maxPooling2d({name: `max_pooling2d_${i + 1}`, poolSize: 2}));
    model.add(layers.dropout({name: `dropout_${i + 1}`, rate: 0.2, seed: seed++}));
  });
  model.add(layers.flatten({name: 'flatten'}));
  const dense = (name: string, units: number, activation: 'relu' | 'softmax') =>
    layers.dense({
      name,
      units,
      activation,
      kernelInitializer: tf.initializers.glorotUniform({seed: seed++}),
    });
  model.add(dense('dense_1', 128, 'relu'));
  model.add(layers.dropout({name: 'dropout_4', rate: 0.3, seed: seed++}));
  model.add(dense('dense_2', 10, 'softmax'));
  model.compile({optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
