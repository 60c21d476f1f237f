import {readNamed} from './file-reader.js';
import {inRun} from './layout.js';
import type {TableFile} from './manifest.js';
import {RunFormatError} from './run-format-error.js';

/**
 * A metric table that a manifest names.
 *
 * @param decode - Makes of its bytes, which are as they were written, and the rows that the manifest gives, what is wanted.
 * @throws {RunFormatError} `damaged` if the file is missing, not what the manifest says, or cannot be decoded.
 */
export async function readTable<T>(
  root: string,
  file: TableFile,
  decode: (bytes: Uint8Array, rows: number) => Promise<T>,
): Promise<T> {
  const bytes = await readNamed(root, file);
  return orDamaged(inRun(root, file.path), () => decode(bytes, file.rows));
}

/** @throws {RunFormatError} `damaged`, naming `path`, with whatever `decode` throws as its reason. */
export async function orDamaged<T>(path: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunFormatError('damaged', `${path} is damaged: ${reason}.`, {cause: error});
  }
}
