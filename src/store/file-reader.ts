import {open, readFile, type FileHandle} from 'node:fs/promises';
import {containedPath} from './contained-path.js';
import {fileError} from './file-error.js';
import {RunFormatError} from './run-format-error.js';

/** A stretch of a file and the array that it fills. */
export interface Extent {
  /** Bytes from the start of the file. */
  offset: number;
  into: ArrayBufferView;
}

/**
 * Reads stretches of a file of a run, and nothing else of it, straight into the caller's arrays.
 *
 * @param path - Relative to `root`, as a manifest names it.
 * @throws {RunFormatError} `damaged` if the file is missing, too short, or outside the run folder.
 */
export async function readExtents(root: string, path: string, extents: Iterable<Extent>): Promise<void> {
  const native = await containedPath(root, path);
  let file: FileHandle | undefined;
  try {
    file = await open(native, 'r');
    for (const extent of extents) await fill(file, extent, native);
  } catch (error) {
    throw error instanceof RunFormatError ? error : fileError('read', native, error);
  } finally {
    await file?.close();
  }
}

/**
 * Reads a whole file of a run.
 *
 * @throws {RunFormatError} `damaged` if it is missing or outside the run folder.
 */
export async function readWhole(root: string, path: string): Promise<Uint8Array> {
  const native = await containedPath(root, path);
  try {
    return await readFile(native);
  } catch (error) {
    throw fileError('read', native, error);
  }
}

/** Like {@link readWhole}, as UTF-8 text. */
export async function readText(root: string, path: string): Promise<string> {
  return new TextDecoder().decode(await readWhole(root, path));
}

async function fill(file: FileHandle, {offset, into}: Extent, native: string): Promise<void> {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  let done = 0;
  while (done < bytes.length) {
    const {bytesRead} = await file.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) {
      throw new RunFormatError(
        'damaged',
        `${native} is damaged: it ends before byte ${offset + bytes.length}.`,
      );
    }
    done += bytesRead;
  }
}
