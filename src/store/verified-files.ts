import {createHash} from 'node:crypto';
import {LRUCache} from 'lru-cache';
import type {OpenFile} from './open-file.js';
import type {FileDigest} from './replace-file.js';
import {RunFormatError} from './run-format-error.js';
import {WorkerLane} from './worker-lane.js';

/** A request to the digest worker. */
export interface DigestJob {
  /** Descriptor of a file that stays open until the answer. */
  fd: number;
  size: number;
}

/** Up to so many bytes are hashed at once on the caller's thread: less work than asking another one. */
const SMALL = 1 << 16;

const lane = new WorkerLane<DigestJob, string>(new URL('../bundled/digest-worker.js', import.meta.url));

/** Files whose content was found to be what their manifest says, each in the state that it was read in. */
const verified = new LRUCache<string, Promise<void>>({max: 100_000});

/**
 * Makes sure that a file is as it was written: size and SHA-256, once for each state of the file (as size, inode and
 * times tell), in another thread where it takes long.
 *
 * @throws {RunFormatError} `damaged`.
 */
export async function assertIntact(file: OpenFile, expected: FileDigest): Promise<void> {
  const key = `${file.state} ${file.native} ${expected.bytes} ${expected.sha256}`;
  let check = verified.get(key);
  if (check === undefined) {
    check = checkContent(file, expected);
    verified.set(key, check);
  }
  try {
    await check;
  } catch (error) {
    verified.delete(key);
    throw error;
  }
}

/** Like {@link assertIntact}, whatever is known of the file already. */
export async function checkContent(file: OpenFile, expected: FileDigest): Promise<void> {
  const {handle, native, size} = file;
  if (size !== expected.bytes) {
    throw new RunFormatError(
      'damaged',
      `${native} is damaged: it has ${size} bytes instead of ${expected.bytes}.`,
    );
  }
  if ((await digestOf(handle, size)) === expected.sha256) return;
  throw new RunFormatError('damaged', `${native} is damaged: its content has changed (SHA-256 differs).`);
}

/** Like {@link assertIntact}, but of a large file only the size is compared. */
export async function checkQuickly(file: OpenFile, expected: FileDigest): Promise<void> {
  if (file.size <= SMALL || file.size !== expected.bytes) await assertIntact(file, expected);
}

async function digestOf(handle: OpenFile['handle'], size: number): Promise<string> {
  if (size > SMALL) return lane.run({fd: handle.fd, size});
  const {buffer, bytesRead} = await handle.read(new Uint8Array(size), 0, size, 0);
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
}
