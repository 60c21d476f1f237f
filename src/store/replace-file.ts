import {createHash, randomBytes, type Hash} from 'node:crypto';
import {open, rename, rm, type FileHandle} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {fileError, systemErrorCode} from './file-error.js';

/** Size and digest of a file, as a manifest has them. */
export interface FileDigest {
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Appends to the file that is being written; resolves when the chunks may be changed again. */
export type Append = (chunks: readonly Uint8Array[]) => Promise<void>;

/**
 * Writes a file so that its name shows either the old content or the whole new one, whatever happens: a temp file in
 * the same folder, which must exist, fsync, rename, fsync of the folder. On failure the temp file is removed.
 *
 * @throws {Error} one line naming the path, with the system's error as `cause`; what `write` throws otherwise.
 */
export async function replaceFile(
  path: string,
  write: (append: Append) => Promise<void>,
): Promise<FileDigest> {
  const folder = dirname(path);
  const temp = join(folder, `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  let file: FileHandle | undefined;
  try {
    file = await open(temp, 'wx');
    const sink = new HashingSink(file);
    await write(chunks => sink.append(chunks));
    await file.sync();
    await file.close();
    await rename(temp, path);
    await syncFolder(folder);
    return sink.digest();
  } catch (error) {
    // The first error is the one to report; cleaning up may fail for the same reason.
    await Promise.allSettled([file?.close(), rm(temp, {force: true})]);
    throw systemErrorCode(error) === undefined ? error : fileError('write', path, error);
  }
}

/** Writes text or bytes with {@link replaceFile}. */
export function replaceFileWith(path: string, content: string | Uint8Array): Promise<FileDigest> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return replaceFile(path, append => append([bytes]));
}

/** Makes the names in a folder survive a power cut. Windows cannot open a folder, and journals its names itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Counts and hashes what goes to a file. */
class HashingSink {
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    const written = writeAll(this.#file, chunks);
    // Hashed on this thread while a thread of the pool writes. A failed write is awaited, and so seen, below.
    for (const chunk of chunks) {
      this.#hash.update(chunk);
      this.#bytes += chunk.byteLength;
    }
    await written;
  }

  digest(): FileDigest {
    return {bytes: this.#bytes, sha256: this.#hash.digest('hex')};
  }
}

/** `writev` may write less than asked for, e.g. up to the last free block of a disk that then is full. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  let rest = chunks.filter(chunk => chunk.byteLength > 0);
  while (rest.length > 0) {
    const {bytesWritten} = await file.writev(rest);
    if (bytesWritten === 0) throw new Error('the system wrote nothing');
    rest = withoutFirst(rest, bytesWritten);
  }
}

function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = [];
  let skip = bytes;
  for (const chunk of chunks) {
    if (skip < chunk.byteLength) rest.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.byteLength);
  }
  return rest;
}
