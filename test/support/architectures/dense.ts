import * as tf from '@tensorflow/tfjs';
import type {Architecture} from './architecture.js';

const {layers, sequential} = tf;

/** Networks without maps. */
export const dense: Architecture[] = [
  {
    name: 'a multi-layer perceptron',
    model: () =>
      sequential({
        layers: [
          layers.dense({inputShape: [20], units: 16, activation: 'relu'}),
          layers.dropout({rate: 0.2, seed: 1}),
          layers.dense({units: 8, activation: 'tanh'}),
          layers.dense({units: 3, activation: 'softmax'}),
        ],
      }),
  },
  {
    name: 'a regression without classes',
    targets: ['values'],
    model: () =>
      sequential({
        layers: [
          layers.dense({inputShape: [10], units: 12, activation: 'relu'}),
          layers.dense({units: 6, activation: 'relu'}),
          layers.dense({units: 1}),
        ],
      }),
  },
  {
    name: 'a multi-label classifier',
    targets: ['labels'],
    model: () =>
      sequential({
        layers: [
          layers.conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'relu'}),
          layers.flatten(),
          layers.dense({units: 5, activation: 'sigmoid'}),
        ],
      }),
  },
];
