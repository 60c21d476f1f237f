import type * as tfjs from '@tensorflow/tfjs';
import {cifar10, fashionMnist, mnist, type Dataset} from '../../datasets/index.js';
import {digitModel} from './digit-model.js';
import {photoModel} from './photo-model.js';

/** Model and default amount of data of a demo. */
export interface Demo {
  dataset: Dataset;
  /** A compiled model that starts from `seed`. */
  model: (tf: typeof tfjs, seed: number) => tfjs.LayersModel;
  samplesPerClass: number;
  epochs: number;
}

export const demos: readonly Demo[] = [
  {dataset: mnist, model: digitModel, samplesPerClass: 200, epochs: 8},
  {dataset: fashionMnist, model: digitModel, samplesPerClass: 200, epochs: 8},
  {dataset: cifar10, model: photoModel, samplesPerClass: 200, epochs: 8},
];
