import * as tf from '@tensorflow/tfjs';
import type {Architecture} from './architecture.js';

const {layers} = tf;
type Symbolic = tf.SymbolicTensor;

const conv = (x: Symbolic, filters: number, kernelSize = 3, more: object = {}) =>
  layers.conv2d({filters, kernelSize, padding: 'same', activation: 'relu', ...more}).apply(x) as Symbolic;
const concatenate = (...xs: Symbolic[]) => layers.concatenate().apply(xs) as Symbolic;
const add = (...xs: Symbolic[]) => layers.add().apply(xs) as Symbolic;
const pooled = (x: Symbolic) => layers.globalAveragePooling2d({}).apply(x) as Symbolic;
const classes = (x: Symbolic, units = 3) => layers.dense({units, activation: 'softmax'}).apply(x) as Symbolic;
const input = (...shape: number[]) => tf.input({shape});
const functional = (inputs: Symbolic | Symbolic[], outputs: Symbolic | Symbolic[]) =>
  tf.model({inputs, outputs});

/** Networks whose paths part and meet. */
export const branching: Architecture[] = [
  {
    name: 'a residual network',
    model: () => {
      const image = input(10, 10, 3);
      const block = (x: Symbolic, filters: number) => {
        const normed = layers
          .batchNormalization()
          .apply(conv(x, filters, 3, {activation: 'linear'})) as Symbolic;
        const inner = conv(layers.reLU().apply(normed) as Symbolic, filters, 3, {activation: 'linear'});
        const short = x.shape.at(-1) === filters ? x : conv(x, filters, 1, {activation: 'linear'});
        return layers.reLU().apply(add(inner, short)) as Symbolic;
      };
      return functional(image, classes(pooled(block(block(conv(image, 4), 4), 6))));
    },
  },
  {
    name: 'an Inception-like model',
    model: () => {
      const image = input(10, 10, 3);
      const block = (x: Symbolic) =>
        concatenate(
          conv(x, 2, 1),
          conv(conv(x, 2, 1), 3, 3),
          conv(conv(x, 1, 1), 2, 5),
          conv(layers.maxPooling2d({poolSize: 3, strides: 1, padding: 'same'}).apply(x) as Symbolic, 2, 1),
        );
      return functional(image, classes(pooled(block(block(image)))));
    },
  },
];
