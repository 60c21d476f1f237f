import type {BigIntStats} from 'node:fs';
import {stat} from 'node:fs/promises';

/** Codes of what cannot be looked at: missing, behind a file, a circle of links, forbidden. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES']);

/** What is known of a file or folder, links followed; null where it is missing or out of reach. */
export async function statIfThere(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, {bigint: true});
  } catch (error) {
    if (NOT_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
