import * as tf from '@tensorflow/tfjs';
import type {Architecture} from './architecture.js';

const {layers, sequential} = tf;
const image = [12, 12, 1];
const relu = {activation: 'relu', padding: 'same'} as const;
const answer = (units = 3) => layers.dense({units, activation: 'softmax'});

/** Networks of one path, dominated by convolutions. */
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
  {
    name: 'a MobileNet-like model of depthwise and separable convolutions',
    model: () =>
      sequential({
        layers: [
          layers.conv2d({inputShape: [12, 12, 3], filters: 4, kernelSize: 3, strides: 2, ...relu}),
          layers.depthwiseConv2d({kernelSize: 3, ...relu}),
          layers.conv2d({filters: 6, kernelSize: 1, ...relu}),
          layers.depthwiseConv2d({kernelSize: 3, strides: 2, padding: 'same', useBias: false}),
          layers.batchNormalization(),
          layers.reLU({maxValue: 6}),
          layers.separableConv2d({filters: 8, kernelSize: 3, depthMultiplier: 2, ...relu}),
          layers.globalAveragePooling2d({}),
          answer(),
        ],
      }),
  },
  {
    name: 'a dilated CNN with leaky units',
    model: () =>
      sequential({
        layers: [
          layers.zeroPadding2d({inputShape: image, padding: 2}),
          layers.conv2d({filters: 4, kernelSize: 3}),
          layers.leakyReLU(),
          layers.conv2d({filters: 4, kernelSize: 3}),
          layers.prelu(),
          layers.cropping2D({
            cropping: [
              [1, 1],
              [1, 2],
            ],
          }),
          layers.elu(),
          layers.globalMaxPooling2d({}),
          layers.layerNormalization(),
          layers.dense({units: 3}),
          layers.softmax(),
        ],
      }),
  },
  {
    name: 'a 1-D CNN',
    model: () =>
      sequential({
        layers: [
          layers.conv1d({inputShape: [32, 2], filters: 4, kernelSize: 5, ...relu}),
          layers.maxPooling1d({poolSize: 2}),
          layers.conv1d({filters: 6, kernelSize: 3, activation: 'relu', padding: 'same'}),
          layers.averagePooling1d({poolSize: 2}),
          layers.globalMaxPooling1d(),
          answer(),
        ],
      }),
  },
  {
    name: 'a 3-D CNN',
    model: () =>
      sequential({
        layers: [
          layers.conv3d({inputShape: [6, 8, 8, 1], filters: 3, kernelSize: 3, ...relu}),
          layers.maxPooling3d({poolSize: [2, 2, 2], strides: [2, 2, 2]}),
          layers.conv3d({filters: 4, kernelSize: 2, activation: 'relu'}),
          layers.flatten(),
          answer(),
        ],
      }),
  },
  {
    name: 'a CNN with channels first',
    channelsFirst: true,
    model: () => {
      const dataFormat = 'channelsFirst';
      return sequential({
        layers: [
          layers.conv2d({inputShape: [3, 10, 12], filters: 4, kernelSize: 3, dataFormat}),
          layers.activation({activation: 'relu'}),
          layers.maxPooling2d({poolSize: 2, dataFormat}),
          layers.conv2d({filters: 5, kernelSize: 3, ...relu, dataFormat}),
          layers.dropout({rate: 0.1, seed: 1}),
          layers.globalAveragePooling2d({dataFormat}),
          answer(),
        ],
      });
    },
  },
  {
    name: 'a fully convolutional model of open extents',
    shapes: [[9, 11, 2]],
    model: () =>
      sequential({
        layers: [
          layers.conv2d({
            inputShape: [null, null, 2],
            filters: 4,
            kernelSize: 3,
            ...relu,
          }),
          layers.conv2d({filters: 3, kernelSize: 1}),
          layers.globalAveragePooling2d({}),
          layers.softmax(),
        ],
      }),
  },
  {
    name: 'a binary CNN with one sigmoid unit',
    model: () =>
      sequential({
        layers: [
          layers.conv2d({inputShape: image, filters: 4, kernelSize: 3, ...relu}),
          layers.globalMaxPooling2d({}),
          layers.dense({units: 1, activation: 'sigmoid'}),
        ],
      }),
  },
];
