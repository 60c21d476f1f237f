import {readdir, realpath} from 'node:fs/promises';
import {join} from 'node:path';
import {isInside} from './contained-path.js';
import {fileError, systemErrorCode} from './file-error.js';
import {walkFolders} from './folders-below.js';
import {RunFormatError} from './run-format-error.js';
import {openRun, type Run} from './run.js';

/** One entry of a folder of runs, which can be opened or says why not. */
export interface ListedRun {
  /** Path of the run's folder below the log folder, `/`-separated. */
  id: string;
  dir: string;
  /** The opened run; absent if it has a problem. */
  run?: Run;
  /** Why the run cannot be opened, in one line. */
  problem?: string;
}

/** Folders by which a run without a readable `run.json` is still known as one. */
const SIGNS = ['activations', 'metrics', 'probe'];

/**
 * The runs in a log folder and in its sub-folders, by path; none if there is no such folder yet. A run that cannot be opened
 * is listed with its problem. Other folders are left out; `walkFolders` says which are looked into.
 *
 * @throws {Error} one line, if the log folder is there but cannot be read.
 */
export async function listRuns(logdir: string): Promise<ListedRun[]> {
  const listed: ListedRun[] = [];
  await walkFolders(logdir, async ids => {
    const areRuns: boolean[] = [];
    for (const id of ids) {
      const run = await listRun(logdir, id);
      if (run !== undefined) listed.push(run);
      areRuns.push(run !== undefined);
    }
    return areRuns;
  });
  return listed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * One folder of a log folder, as {@link listRuns} lists it; `undefined` for one that is no run.
 *
 * @param id - Path of the folder below the log folder; must be one that is there.
 */
export async function listRun(logdir: string, id: string): Promise<ListedRun | undefined> {
  const dir = join(logdir, id);
  try {
    const [outer, inner] = await Promise.all([realpath(logdir), realpath(dir)]);
    if (!isInside(outer, inner)) {
      return {
        id,
        dir,
        problem: `${dir} is a link that leads out of ${logdir}; give its own folder as log folder.`,
      };
    }
    return {id, dir, run: await openRun(dir)};
  } catch (error) {
    const foreign =
      error instanceof RunFormatError && error.code === 'not-a-run' && !(await looksLikeRun(dir));
    if (foreign) return undefined;
    return {id, dir, problem: oneLine(error, dir)};
  }
}

/** Our own errors are one line each; what the system says needs the path and a word of advice. */
function oneLine(error: unknown, dir: string): string {
  if (systemErrorCode(error) !== undefined) return fileError('read', dir, error).message;
  return error instanceof Error ? error.message : String(error);
}

async function looksLikeRun(dir: string): Promise<boolean> {
  try {
    const names = await readdir(dir);
    return SIGNS.some(sign => names.includes(sign));
  } catch {
    return false; // someone else's folder, such as one that may not be read
  }
}
