import * as tf from '@tensorflow/tfjs';
import type {Architecture} from './architecture.js';

const {layers, sequential} = tf;
const image = [12, 12, 1];
const relu = {activation: 'relu', padding: 'same'} as const;
const answer = (units = 3) => layers.dense({units, activation: 'softmax'});

/** Networks of one path, mostly of convolutions. */
export const convolutional: Architecture[] = [
  {
    name: 'a sequential CNN',
    model: () =>
      sequential({
        layers: [
          layers.conv2d({inputShape: image, filters: 4, kernelSize: 3, activation: 'relu'}),
          layers.maxPooling2d({poolSize: 2}),
          layers.conv2d({filters: 6, kernelSize: 3, activation: 'relu'}),
          layers.flatten(),
          answer(),
        ],
      }),
  },
  {
    name: 'a LeNet',
    model: () =>
      sequential({
        layers: [
          layers.conv2d({
            inputShape: [16, 16, 1],
            filters: 6,
            kernelSize: 5,
            activation: 'tanh',
            padding: 'same',
          }),
          layers.averagePooling2d({poolSize: 2}),
          layers.conv2d({filters: 16, kernelSize: 5, activation: 'tanh'}),
          layers.averagePooling2d({poolSize: 2}),
          layers.flatten(),
          layers.dense({units: 24, activation: 'tanh'}),
          layers.dense({units: 16, activation: 'tanh'}),
          answer(),
        ],
      }),
  },
  {
    name: 'a VGG-like model with batch normalization and dropout',
    model: () => {
      const pair = (filters: number, inputShape?: number[]) => [
        layers.conv2d({
          filters,
          kernelSize: 3,
          padding: 'same',
          useBias: false,
          ...(inputShape ? {inputShape} : {}),
        }),
        layers.batchNormalization(),
        layers.activation({activation: 'relu'}),
        layers.conv2d({filters, kernelSize: 3, ...relu}),
        layers.batchNormalization(),
        layers.maxPooling2d({poolSize: 2}),
        layers.dropout({rate: 0.25, seed: 1}),
      ];
      return sequential({
        layers: [
          ...pair(4, [12, 12, 3]),
          ...pair(6),
          layers.flatten(),
          layers.dense({units: 16, activation: 'relu'}),
          layers.dropout({rate: 0.5, seed: 2}),
          answer(),
        ],
      });
    },
  },
];
