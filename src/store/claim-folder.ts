import type {Existing} from '../shared/recording/run-parts.js';
import {readdir, stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {fileError, systemErrorCode} from './file-error.js';
import {FolderBusyError, FolderLock, isLockFile} from './folder-lock.js';
import {findEpochFolders} from './epochs-on-disk.js';
import {inRun, isTempFile, manifestPath, RUN_FILE, TENSORBOARD_FOLDER} from './layout.js';
import {makeFolder} from './make-folder.js';
import {RunFormatError} from './run-format-error.js';
import {openRun, type Run} from './run.js';

/** Entries that a folder without `run.json` may have and still be ours: the remains of an interrupted start. */
const BEFORE_RUN_FILE = new Set(['probe', TENSORBOARD_FOLDER]);

/** How a folder is claimed. */
export interface Claim {
  existing: Existing;
  /** Who claims it. */
  owner: string;
  /** If true, a folder in use by another writer of this process is an error instead of a reason to use another one. */
  strict: boolean;
}

/** A folder that is this writer's alone. */
export interface ClaimedFolder {
  dir: string;
  lock: FolderLock;
  /** The existing run in it, to be replaced or resumed. */
  previous: Run | undefined;
  /** Why it is not the folder that was asked for, in one line. */
  instead: string | null;
}

/**
 * Claims the folder for a run, or, if the run in it must not be changed, the first free one of `<dir>-2`, `<dir>-3`, …
 * Several starts at once, in whatever processes, get one each.
 *
 * A run without a finished epoch holds nothing that could be lost, and is replaced. A run that is being written is left
 * alone, whatever was asked for.
 *
 * @throws {FolderBusyError} if a run that is being written is to be resumed, or with `strict` belongs to this process.
 * @throws {RunFormatError} if the folder holds something else, or a run to be used that cannot be read.
 * @throws {Error} one line naming the path, if the folder cannot be used.
 */
export async function claimFolder(dir: string, claim: Claim): Promise<ClaimedFolder> {
  const first = await tryFolder(dir, claim);
  if ('lock' in first) return {...first, instead: null};
  for (let n = 2; ; n++) {
    const beside = `${dir}-${n}`;
    const next = await tryFolder(beside, {...claim, existing: 'new', strict: false}).catch(
      (error: unknown) => {
        if (error instanceof RunFormatError) return null; // it holds something else
        throw error;
      },
    );
    if (next && 'lock' in next) {
      return {...next, instead: `${first.taken} This run goes to ${basename(beside)} next to it.`};
    }
  }
}

async function tryFolder(
  dir: string,
  {existing, owner, strict}: Claim,
): Promise<Omit<ClaimedFolder, 'instead'> | {taken: string}> {
  await makeRunFolder(dir);
  let lock: FolderLock;
  try {
    lock = await FolderLock.take(dir, owner);
  } catch (error) {
    if (!(error instanceof FolderBusyError) || existing === 'resume') throw error;
    if (strict && error.ofThisProcess) throw error;
    return {taken: error.message};
  }
  try {
    const taken = existing === 'new' && (await holdsEpochs(dir));
    if (!taken) return {dir, lock, previous: await previousRun(dir)};
    await lock.release();
    return {
      taken: `${dir} holds a run already, which existing: 'resume' would go on with and existing: 'overwrite' replace.`,
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeRunFolder(dir: string): Promise<void> {
  try {
    await makeFolder(dir);
  } catch (error) {
    throw fileError('write', dir, error);
  }
}

/** Checks whether a finished epoch would be lost; an unreadable one counts, as it may be recoverable. */
async function holdsEpochs(dir: string): Promise<boolean> {
  for (const epoch of (await findEpochFolders(dir)).keys()) {
    const manifest = await stat(inRun(dir, manifestPath(epoch))).catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw fileError('read', dir, error);
    });
    if (manifest) return true;
  }
  return false;
}

/** The run that a folder holds; `undefined` if the folder is empty but for what a cut-short start leaves. */
async function previousRun(dir: string): Promise<Run | undefined> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw fileError('use', dir, error);
  });
  if (names.includes(RUN_FILE)) return openRun(dir);
  const foreign = names.find(name => !BEFORE_RUN_FILE.has(name) && !isTempFile(name) && !isLockFile(name));
  if (foreign === undefined) return undefined;
  throw new RunFormatError(
    'not-a-run',
    `${dir} is not empty and not a run (it holds ${foreign} but no ${RUN_FILE}). Choose another folder.`,
  );
}
