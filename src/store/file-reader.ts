import {withFile, type OpenFile} from './open-file.js';
import type {FileDigest} from './replace-file.js';
import {RunFormatError} from './run-format-error.js';
import {assertIntact} from './verified-files.js';

/** A stretch of a file and the array that it fills. */
export interface Extent {
  /** Bytes from the start of the file. */
  offset: number;
  into: ArrayBufferView;
}

/** A file and what its manifest says of its content. */
export interface NamedFile extends FileDigest {
  /** Relative to the run folder. */
  path: string;
}

/**
 * Reads stretches of a file of a run straight into arrays, once the whole of it is known to be as it was written.
 *
 * @param extents - Asked for when the file is known to be as large as its manifest says, so that nothing is allocated
 *   for the sake of a manifest alone.
 * @throws {RunFormatError} `damaged` if the file is missing, outside the run folder, or not what the manifest says.
 */
export async function readExtents(
  root: string,
  file: NamedFile,
  extents: () => Iterable<Extent>,
): Promise<void> {
  await withFile(root, file.path, async open => {
    await assertIntact(open, file);
    for (const extent of extents()) await fill(open, extent);
  });
}

/**
 * Reads a whole file of a run that a manifest names.
 *
 * @throws {RunFormatError} `damaged` if it is missing, outside the run folder, or not what the manifest says.
 */
export async function readNamed(root: string, file: NamedFile): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(root, file.path, async open => {
    await assertIntact(open, file);
    return readAll(open);
  });
}

/**
 * Reads a whole file of a run that no manifest names.
 *
 * @param maxBytes - Size limit; a larger file is refused unread.
 * @throws {RunFormatError} `damaged` if it is missing, too large or outside the run folder.
 */
export async function readWhole(
  root: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(root, path, open => readUpTo(open, maxBytes));
}

/** Like {@link readWhole}, of a file that is open. */
export async function readUpTo(open: OpenFile, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (open.size <= maxBytes) return readAll(open);
  throw new RunFormatError(
    'damaged',
    `${open.native} is damaged: it has ${open.size} bytes; no more than ${maxBytes} are read.`,
  );
}

async function readAll(open: OpenFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(open.size);
  await fill(open, {offset: 0, into: bytes});
  return bytes;
}

async function fill({handle, native}: OpenFile, {offset, into}: Extent): Promise<void> {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  let done = 0;
  while (done < bytes.length) {
    const {bytesRead} = await handle.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) {
      throw new RunFormatError(
        'damaged',
        `${native} is damaged: it ends before byte ${offset + bytes.length}.`,
      );
    }
    done += bytesRead;
  }
}
