import {chmod, readdir, readFile, rm, truncate, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {cachedDataset} from '#src/datasets/cached-dataset.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Four images of two pixels, of two classes. */
const PART = {pixels: Uint8Array.of(0, 255, 51, 0, 102, 0, 0, 204), labels: Uint8Array.of(0, 1, 0, 1)};

/** A data set whose package is provided by a substitute for npm, and the number of times it was unpacked. */
async function smallDataset(t: ExecutionContext) {
  const [bin, cache] = [await temporaryFolder(t), await temporaryFolder(t)];
  await writeFile(join(bin, 'npm'), '#!/bin/sh\nmkdir -p node_modules/small\n');
  await chmod(join(bin, 'npm'), 0o755);
  const before = {...process.env};
  process.env['PATH'] = `${bin}${delimiter}${before['PATH']}`;
  process.env['CNNSLICER_CACHE'] = cache;
  t.teardown(() =>
    Object.assign(process.env, {PATH: before['PATH'], CNNSLICER_CACHE: before['CNNSLICER_CACHE'] ?? ''}),
  );
  const made = {unpacked: 0};
  const dataset = cachedDataset({
    name: 'small',
    title: 'Small',
    shape: [1, 2, 1],
    classNames: ['a', 'b'],
    source: {name: 'small', version: '1.0.0', integrity: 'sha512-x', unpackedBytes: 1},
    unpack: () => {
      made.unpacked++;
      return Promise.resolve({train: PART, test: PART});
    },
  });
  return {made, cache, folder: join(cache, 'small-1.0.0'), load: () => dataset.load('train', 4, {seed: 1})};
}

test.serial('a set is unpacked once, and nothing else stays in the cache', async t => {
  const {made, cache, load} = await smallDataset(t);
  const first = await load();
  t.deepEqual([...first.xs.toSorted()], [0, 0, 0, 0, 0.2, 0.4, 0.8, 1].map(Math.fround));
  t.deepEqual(await load(), first);
  t.is(made.unpacked, 1);
  t.deepEqual(await readdir(cache), ['small-1.0.0']);
});

test.serial('a set that was damaged in any way is created again, and gives the same images', async t => {
  const {made, cache, folder, load} = await smallDataset(t);
  const sound = await load();
  const flip = async (file: string) => {
    const bytes = await readFile(file);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(file, bytes);
  };
  const damages: (() => Promise<unknown>)[] = [
    () => flip(join(folder, 'train-pixels.bin')),
    () => flip(join(folder, 'train-labels.bin')),
    () => flip(join(folder, 'train.sha256')),
    () => truncate(join(folder, 'train-pixels.bin'), 3),
    () => rm(join(folder, 'train-labels.bin')),
    () => rm(join(folder, 'train.sha256')),
    () => rm(folder, {recursive: true}),
  ];
  for (const [i, damage] of damages.entries()) {
    await damage();
    t.deepEqual(await load(), sound);
    t.is(made.unpacked, i + 2);
    t.deepEqual(await readdir(cache), ['small-1.0.0']);
  }
});
