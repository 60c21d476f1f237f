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
  {
    name: 'a DenseNet-like model',
    model: () => {
      const image = input(10, 10, 3);
      const grown = (x: Symbolic) =>
        concatenate(x, conv(layers.batchNormalization().apply(x) as Symbolic, 3));
      const halved = (x: Symbolic) => layers.averagePooling2d({poolSize: 2}).apply(conv(x, 5, 1)) as Symbolic;
      return functional(image, classes(pooled(grown(grown(halved(grown(grown(conv(image, 4)))))))));
    },
  },
  {
    name: 'a squeeze-and-excite model',
    model: () => {
      const image = input(10, 10, 3);
      const maps = conv(image, 6);
      const squeezed = layers.dense({units: 3, activation: 'relu'}).apply(pooled(maps));
      const gates = layers.dense({units: 6, activation: 'sigmoid'}).apply(squeezed);
      const scales = layers.reshape({targetShape: [1, 1, 6]}).apply(gates) as Symbolic;
      return functional(image, classes(pooled(layers.multiply().apply([maps, scales]) as Symbolic)));
    },
  },
  {
    name: 'a U-Net-like model with transposed convolutions and skips',
    targets: ['values'],
    model: () => {
      const image = input(12, 12, 1);
      const halved = (x: Symbolic) => layers.maxPooling2d({poolSize: 2}).apply(x) as Symbolic;
      const doubled = (x: Symbolic, filters: number) =>
        layers.conv2dTranspose({filters, kernelSize: 2, strides: 2, padding: 'same'}).apply(x) as Symbolic;
      const top = conv(image, 3);
      const middle = conv(halved(top), 4);
      const bottom = conv(halved(middle), 6);
      const up = conv(concatenate(middle, doubled(bottom, 4)), 4);
      const last = conv(concatenate(top, doubled(up, 3)), 3);
      return functional(image, conv(last, 1, 1, {activation: 'sigmoid'}));
    },
  },
  {
    name: 'a segmentation model with a class for every pixel',
    targets: ['values'],
    model: () => {
      const image = input(8, 8, 3);
      const up = layers.upSampling2d({size: [2, 2]}).apply(conv(image, 4, 3, {strides: 2})) as Symbolic;
      return functional(image, conv(up, 3, 1, {activation: 'softmax'}));
    },
  },
  {
    name: 'a model with several inputs and several outputs',
    targets: ['values', 'class'],
    model: () => {
      const image = input(8, 8, 1);
      const facts = input(4);
      const all = concatenate(pooled(conv(image, 4)), layers.dense({units: 5}).apply(facts) as Symbolic);
      return functional([image, facts], [layers.dense({units: 2}).apply(all) as Symbolic, classes(all)]);
    },
  },
  {
    name: 'a twin network whose paths share their layers',
    model: () => {
      const [left, right] = [input(8, 8, 1), input(8, 8, 1)];
      const shared = layers.conv2d({name: 'shared', filters: 4, kernelSize: 3, activation: 'relu'});
      const squeezed = layers.globalAveragePooling2d({name: 'squeezed'});
      const code = (x: Symbolic) => squeezed.apply(shared.apply(x)) as Symbolic;
      const merged = layers.average().apply([code(left), code(right)]) as Symbolic;
      return functional([left, right], classes(merged));
    },
  },
  {
    name: 'a model inside a model',
    model: () => {
      const inner = input(5, 5, 4);
      const block = functional(inner, add(conv(inner, 4), inner));
      const image = input(10, 10, 1);
      const halved = layers.maxPooling2d({poolSize: 2}).apply(conv(image, 4)) as Symbolic;
      return functional(image, classes(pooled(block.apply(halved) as Symbolic)));
    },
  },
  {
    name: 'a sequential model that begins with another (transfer learning)',
    model: () => {
      const image = input(10, 10, 3);
      const base = functional(image, conv(conv(image, 4, 3, {strides: 2}), 6));
      for (const layer of base.layers) layer.trainable = false;
      return tf.sequential({
        layers: [base, layers.globalAveragePooling2d({}), layers.dense({units: 3, activation: 'softmax'})],
      });
    },
  },
  {
    name: 'an autoencoder',
    targets: ['input'],
    model: () => {
      const image = input(8, 8, 1);
      const code = conv(conv(image, 4, 3, {strides: 2}), 2, 3, {strides: 2});
      const up = layers.conv2dTranspose({
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
      });
      const out = layers.conv2dTranspose({filters: 1, kernelSize: 3, strides: 2, padding: 'same'});
      return functional(image, out.apply(up.apply(code)) as Symbolic);
    },
  },
];
