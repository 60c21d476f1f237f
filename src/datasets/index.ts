/**
 * The real data of the demos: MNIST, Fashion-MNIST and CIFAR-10, downloaded on first use.
 *
 * @module cnnslicer/datasets
 */
export {cacheFolder} from './cache-folder.js';
export {cifar10} from './cifar10.js';
export {fashionMnist} from './fashion-mnist.js';
export {mnist} from './mnist.js';
export type {Dataset, DatasetPart, LabelledImages, LoadOptions, Preparation} from './dataset.js';
