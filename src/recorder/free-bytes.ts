import {statfs} from 'node:fs/promises';
import {dirname} from 'node:path';

/** Bytes of memory that the process may still take; null where the system does not say. */
export function freeMemory(): number | null {
  // Missing in Node before 20.13, and elsewhere.
  const available = (process as Partial<Pick<NodeJS.Process, 'availableMemory'>>).availableMemory?.();
  return available === undefined || available <= 0 ? null : available;
}

/**
 * Bytes that may still be written in a folder, which need not be there yet; null where the system does not say.
 *
 * @param path - Absolute.
 */
export async function freeBytes(path: string): Promise<number | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const {bavail, bsize} = await statfs(folder);
      return bavail * bsize;
    } catch {
      if (dirname(folder) === folder) return null; // what is wrong with the folder shows when it is made
    }
  }
}
