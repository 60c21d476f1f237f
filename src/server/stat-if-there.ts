import type {BigIntStats} from 'node:fs';
import {stat} from 'node:fs/promises';

/** Error codes of paths that are out of reach: missing, below a file, in a symbolic-link loop, forbidden. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES']);

/** Returns the stats of a file or folder, following links; null if it is missing or out of reach. */
export async function statIfThere(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, {bigint: true});
  } catch (error) {
    if (NOT_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
