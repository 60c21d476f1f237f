import * as tf from '@tensorflow/tfjs';
import type {Architecture, Example} from './architecture.js';

const {layers} = tf;

/** Numbers that the generator makes an image of. */
export const NOISE = 6;

/** From noise to an image [8, 8, 1]. */
export function generatorModel(): tf.LayersModel {
  const up = {kernelSize: 3, strides: 2, padding: 'same'} as const;
  return tf.sequential({
    layers: [
      layers.dense({inputShape: [NOISE], units: 16, activation: 'relu'}),
      layers.reshape({targetShape: [2, 2, 4]}),
      layers.conv2dTranspose({filters: 3, activation: 'relu', ...up}),
      layers.conv2dTranspose({filters: 1, activation: 'sigmoid', ...up}),
    ],
  });
}

/** From an image [8, 8, 1] to how real it looks. */
export function discriminatorModel(): tf.LayersModel {
  return tf.sequential({
    layers: [
      layers.conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3, strides: 2}),
      layers.leakyReLU(),
      layers.flatten(),
      layers.dense({units: 1, activation: 'sigmoid'}),
    ],
  });
}

/**
 * The loop of a GAN, as people write it: one step of the discriminator on real and generated images, one of the generator
 * through the discriminator.
 *
 * @returns One such round; it gives the losses of both.
 */
export function adversaries(generator: tf.LayersModel, discriminator: tf.LayersModel) {
  const compile = (model: tf.LayersModel) =>
    model.compile({optimizer: tf.train.adam(0.01), loss: 'binaryCrossentropy'});
  compile(discriminator);
  discriminator.trainable = false;
  const both = tf.sequential({layers: [generator, discriminator]});
  compile(both);
  return async (real: tf.Tensor, noise: tf.Tensor): Promise<{generator: number; discriminator: number}> => {
    const images = tf.tidy(() => tf.concat([real, generator.predict(noise) as tf.Tensor]));
    const [realCount, noiseCount] = [real.shape[0], noise.shape[0]];
    const answers = tf.tidy(() => tf.concat([tf.ones([realCount, 1]), tf.zeros([noiseCount, 1])]));
    const wish = tf.ones([noiseCount, 1]);
    discriminator.trainable = true;
    const discriminatorLoss = (await discriminator.trainOnBatch(images, answers)) as number;
    discriminator.trainable = false;
    const generatorLoss = (await both.trainOnBatch(noise, wish)) as number;
    tf.dispose([images, answers, wish]);
    return {generator: generatorLoss, discriminator: discriminatorLoss};
  };
}

/** A pair that learns from each other, in a custom training loop. */
export const adversarial: Architecture[] = [
  {
    name: 'the generator of a GAN, trained by hand',
    targets: ['values'],
    model: generatorModel,
    byHand: ({model, xs: [noise]}: Example) => {
      const round = adversaries(model, discriminatorModel());
      const real = tf.randomUniform([10, 8, 8, 1], 0, 1, 'float32', 5);
      return async () => (await round(real, noise as tf.Tensor)).generator;
    },
  },
  {
    name: 'the discriminator of a GAN, trained by hand',
    model: discriminatorModel,
    byHand: ({model, xs: [real]}: Example) => {
      const round = adversaries(generatorModel(), model);
      const noise = tf.randomUniform([10, NOISE], 0, 1, 'float32', 6);
      return async () => (await round(real as tf.Tensor, noise)).discriminator;
    },
  },
];
