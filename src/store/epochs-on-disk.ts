import {lstat, readdir, rm} from 'node:fs/promises';
import {fileError, systemErrorCode} from './file-error.js';
import {EPOCH_FOLDERS, epochFolder, inRun, manifestPath, METRICS_FOLDER, parseEpochFolder} from './layout.js';
import {syncFolder} from './replace-file.js';

/**
 * Every epoch that has left anything in a run folder, finished or not.
 *
 * @returns Its folders, relative to `root`, by epoch, ascending.
 */
export async function findEpochFolders(root: string): Promise<Map<number, string[]>> {
  const tables = await subfolders(inRun(root, METRICS_FOLDER));
  const parents = [...EPOCH_FOLDERS, ...tables.map(table => `${METRICS_FOLDER}/${table}`)];
  const found = new Map<number, string[]>();
  for (const parent of parents) {
    for (const name of await subfolders(inRun(root, parent))) {
      const epoch = parseEpochFolder(name);
      if (epoch === undefined) continue;
      found.set(epoch, [...(found.get(epoch) ?? []), epochFolder(parent, epoch)]);
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/**
 * Removes epochs, the last one first and each manifest before its files: a process that is killed meanwhile leaves
 * whole epochs only, without a gap.
 */
export async function removeEpochs(root: string, folders: ReadonlyMap<number, string[]>): Promise<void> {
  const descending = [...folders].sort(([a], [b]) => b - a);
  for (const [epoch, paths] of descending) {
    try {
      await rm(inRun(root, manifestPath(epoch)), {force: true});
      if (paths.includes(epochFolder('activations', epoch))) {
        await syncFolder(inRun(root, epochFolder('activations', epoch)));
      }
      for (const path of paths) await rm(inRun(root, path), {recursive: true, force: true});
    } catch (error) {
      throw fileError('remove', inRun(root, epochFolder('activations', epoch)), error);
    }
  }
}

/** Names of the folders in a folder; none if it is not there, or a file or a link is in its place. Links are left alone. */
async function subfolders(folder: string): Promise<string[]> {
  try {
    if ((await lstat(folder)).isSymbolicLink()) return [];
    const entries = await readdir(folder, {withFileTypes: true});
    return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fileError('read', folder, error);
  }
}
