import {constants, type BigIntStats} from 'node:fs';
import {open, type FileHandle} from 'node:fs/promises';
import {containedPath, NotContainedError} from './contained-path.js';
import {fileError} from './file-error.js';
import {inRun} from './layout.js';
import {RunFormatError} from './run-format-error.js';

/** A file of a run, open for reading. */
export interface OpenFile {
  handle: FileHandle;
  /** Its path, for messages. */
  native: string;
  /** Bytes, as the system says. */
  size: number;
  /** A text that is another one once the file has been written again. */
  state: string;
}

/** Files open at once: enough to keep a disk busy, and far below what a process may hold. */
const MAX_OPEN = 64;

let openNow = 0;
const waiting: (() => void)[] = [];

/**
 * Opens a file of a run while `use` reads it. However many ask at once, no more than 64 are open; do not open another
 * one within `use`.
 *
 * @param path - Relative to `root`, `/`-separated, as a manifest names it.
 * @throws {RunFormatError} `damaged` if it is missing, outside the run folder, or no plain file (a pipe, a device).
 */
export async function withFile<T>(
  root: string,
  path: string,
  use: (file: OpenFile) => Promise<T>,
): Promise<T> {
  if (openNow >= MAX_OPEN) await new Promise<void>(resolve => waiting.push(resolve));
  else openNow++;
  try {
    return await openAndUse(await realPathOf(root, path), inRun(root, path), use);
  } finally {
    const next = waiting.shift();
    if (next === undefined) openNow--;
    else next();
  }
}

async function realPathOf(root: string, path: string): Promise<string> {
  const native = inRun(root, path);
  try {
    return await containedPath(root, path);
  } catch (error) {
    if (!(error instanceof NotContainedError)) throw fileError('read', native, error);
    const message =
      error.why === 'missing'
        ? `${native} is missing.`
        : `${root} names the file ${JSON.stringify(path)}, which is not inside the run folder. Do not trust this run.`;
    throw new RunFormatError('damaged', message, {cause: error.cause ?? error});
  }
}

async function openAndUse<T>(real: string, native: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    // Opening a pipe would wait for a writer, for ever. Windows has no such flag, and no such pipes.
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({bigint: true});
    if (!stats.isFile()) {
      throw new RunFormatError('damaged', `${native} is damaged: it is not a file but ${kindOf(stats)}.`);
    }
    return await use({handle, native, size: Number(stats.size), state: stateOf(stats)});
  } catch (error) {
    throw error instanceof RunFormatError ? error : fileError('read', native, error);
  } finally {
    await handle?.close();
  }
}

/** A text that is another one once the file has been written again. */
export function stateOf({dev, ino, size, mtimeNs, ctimeNs}: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
