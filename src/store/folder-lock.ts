import {randomBytes} from 'node:crypto';
import {constants, copyFile, link, readdir, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {z} from 'zod';
import type {ProcessIdentity} from '../shared/index.js';
import {fileError, systemErrorCode} from './file-error.js';
import {isProcessAlive, thisProcess} from './process-identity.js';

const LOCK_FILE = /^\.writer-(\d{1,9})\.lock$/;

/** A writer that cannot be asked for, as it runs on another host, is taken for dead after so long a silence. */
export const SILENCE_MS = 10 * 60 * 1000;
const SIGN_OF_LIFE_MS = 60 * 1000;

interface LockRecord extends ProcessIdentity {
  /** Name of the writer, which may take its own lock again. */
  owner: string;
  /** Path of the lock. */
  token: string;
}

const lockRecord = z.looseObject({
  pid: z.number(),
  host: z.string(),
  space: z.string().optional(),
  started: z.string().optional(),
  owner: z.string(),
  token: z.string(),
}) satisfies z.ZodType<LockRecord>;

/** The folder has a writer already, who is alive. Nothing was changed. */
export class FolderBusyError extends Error {
  override name = 'FolderBusyError';
  /** True if that is another writer of this process: a mistake in the script. */
  readonly ofThisProcess: boolean;

  constructor(dir: string, writer: ProcessIdentity) {
    super(`${dir} is being written by ${nameOf(writer)}; give each training its own folder.`);
    this.ofThisProcess = isThisProcess(writer);
  }
}

/**
 * The right to write into a run folder, which one writer has at a time, in whatever process.
 *
 * It is a file `.writer-<n>.lock` that names the process. A new one takes the next free n, and comes into being whole or
 * not at all (a hard link), so that of several who find the same dead lock one wins. No lock of a living writer is ever
 * touched. What no file can prevent (a folder that is moved away, a writer that was taken for dead) the writer
 * finds out by `assertHeld` before whatever counts.
 */
export class FolderLock {
  readonly #dir: string;
  readonly #path: string;
  readonly #text: string;
  readonly #signsOfLife: NodeJS.Timeout;

  private constructor(dir: string, path: string, text: string) {
    this.#dir = dir;
    this.#path = path;
    this.#text = text;
    // A failure is found out by assertHeld.
    this.#signsOfLife = setInterval(() => {
      void utimes(path, new Date(), new Date()).catch(() => undefined);
    }, SIGN_OF_LIFE_MS).unref();
  }

  /**
   * @param dir - An existing folder.
   * @param owner - A holder of a lock under this name may take it again.
   * @throws {FolderBusyError} if another writer is alive.
   * @throws {Error} one line naming the folder, if it cannot be written.
   */
  static async take(dir: string, owner: string): Promise<FolderLock> {
    const token = randomBytes(8).toString('hex');
    const text = `${JSON.stringify({...(await thisProcess()), owner, token} satisfies LockRecord)}\n`;
    for (;;) {
      const before = await locksIn(dir);
      await assertUnlocked(dir, before, owner);
      const name = `.writer-${(before.at(-1)?.number ?? 0) + 1}.lock`;
      if (!(await createWhole(dir, name, text))) continue; // someone was faster; look who
      const lock = new FolderLock(dir, join(dir, name), text);
      try {
        // A writer that saw the folder before the last lock was removed may have taken another number.
        const others = (await locksIn(dir)).filter(other => other.name !== name);
        await assertUnlocked(dir, others, owner);
        for (const {name: dead} of others) await rm(join(dir, dead), {force: true});
        return lock;
      } catch (error) {
        await lock.release();
        throw error;
      }
    }
  }

  /** @throws {Error} in one line, if the folder is no longer there, or no longer this writer's. */
  async assertHeld(): Promise<void> {
    const found = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return null;
      throw fileError('read', this.#path, error);
    });
    if (found === this.#text) return;
    if ((await modifiedMs(this.#dir)) === null) {
      throw new Error(`${this.#dir} is gone: it was moved or removed while it was being written.`);
    }
    const [other] = await locksIn(this.#dir);
    throw new Error(
      other?.record
        ? `${this.#dir} is now written by ${nameOf(other.record)}, which took it over.`
        : `${this.#dir} is no longer the folder that was being written: it was replaced, or its lock file was removed.`,
    );
  }

  /** Releases the folder, which may no longer exist. */
  async release(): Promise<void> {
    clearInterval(this.#signsOfLife);
    const found = await readFile(this.#path, 'utf8').catch(() => null);
    if (found === this.#text) await rm(this.#path, {force: true});
  }
}

/** Checks whether a file in a run folder is a writer's lock. */
export function isLockFile(name: string): boolean {
  return LOCK_FILE.test(name);
}

/** When the writer of a folder gave the last sign of life, Unix milliseconds; `null` if it has no lock. */
export async function lastSignOfLifeMs(dir: string): Promise<number | null> {
  const last = (await locksIn(dir)).at(-1);
  return last === undefined ? null : modifiedMs(join(dir, last.name));
}

interface Lock {
  number: number;
  name: string;
  /** `null` if the file went meanwhile, or is none of ours. */
  record: LockRecord | null;
}

/** Ascending. */
async function locksIn(dir: string): Promise<Lock[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw fileError('use', dir, error);
  });
  const locks = names.filter(isLockFile).map(async (name): Promise<Lock> => {
    const text = await readFile(join(dir, name), 'utf8').catch(() => '');
    return {number: Number(LOCK_FILE.exec(name)?.[1]), name, record: parseRecord(text)};
  });
  return (await Promise.all(locks)).sort((a, b) => a.number - b.number);
}

function parseRecord(text: string): LockRecord | null {
  try {
    return lockRecord.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function assertUnlocked(dir: string, locks: readonly Lock[], owner: string): Promise<void> {
  for (const {name, record} of locks) {
    if (record === null || record.owner === owner) continue;
    const alive = (await isProcessAlive(record)) ?? (await hasSpoken(join(dir, name)));
    if (alive) throw new FolderBusyError(dir, record);
  }
}

async function hasSpoken(path: string): Promise<boolean> {
  const ms = await modifiedMs(path);
  return ms !== null && Date.now() - ms <= SILENCE_MS;
}

async function modifiedMs(path: string): Promise<number | null> {
  return stat(path).then(
    ({mtimeMs}) => mtimeMs,
    () => null,
  );
}

function nameOf(writer: ProcessIdentity): string {
  return isThisProcess(writer) ? 'another slicer of this process' : `process ${writer.pid} on ${writer.host}`;
}

function isThisProcess({pid, host}: ProcessIdentity): boolean {
  return pid === process.pid && host === hostname();
}

/** @returns False if the name is taken. */
async function createWhole(dir: string, name: string, text: string): Promise<boolean> {
  const temp = join(dir, `.${name.slice(1)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  const path = join(dir, name);
  try {
    await writeFile(temp, text, {flag: 'wx'});
    // A disk without hard links (exFAT) gets a copy: only there it might be seen half written, as a dead one.
    await link(temp, path).catch((error: unknown) => {
      if (systemErrorCode(error) === 'EEXIST') throw error;
      return copyFile(temp, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    // Without its temp file the name was taken, too: the winner cleans up.
    if (['EEXIST', 'ENOENT'].includes(systemErrorCode(error) ?? '')) return false;
    throw fileError('write', path, error);
  } finally {
    await rm(temp, {force: true});
  }
}
