import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {fileError, systemErrorCode} from './file-error.js';

/** Levels of folders that runs are found in: `a/b/c/run` is on the fourth. */
const MAX_DEPTH = 6;
/** Folders without a run that are looked into: a log folder has few, a whole disk has no end. */
const MAX_FOLDERS = 2000;
/** Folders that are never of runs, and large. */
const FOREIGN = new Set(['node_modules', '__pycache__']);

/** A folder in a folder. */
export interface FolderName {
  name: string;
  /** It is a symbolic link, perhaps to no folder. */
  isLink: boolean;
}

/**
 * The folders directly in a folder, by name, without hidden ones.
 *
 * @throws the system's error, if the folder cannot be read.
 */
export async function foldersIn(folder: string): Promise<FolderName[]> {
  const entries = await readdir(folder, {withFileTypes: true});
  return entries
    .filter(entry => entry.isDirectory() || entry.isSymbolicLink())
    .filter(({name}) => !name.startsWith('.') && !FOREIGN.has(name))
    .map(entry => ({name: entry.name, isLink: entry.isSymbolicLink()}))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Looks at the folders below a log folder, level by level: into those that are no run, six levels deep, and no more than
 * 2,000 of them. Links are followed only directly in the log folder, and not looked into: below it they may lead in circles.
 *
 * @param look - Given the paths of one level relative to the log folder, `/`-separated; returns for each whether it is a run.
 * @throws {Error} one line, if the log folder is there but cannot be read.
 */
export async function walkFolders(
  logdir: string,
  look: (ids: readonly string[]) => Promise<readonly boolean[]>,
): Promise<void> {
  let level = [''];
  let room = MAX_FOLDERS;
  for (let depth = 1; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const found: {id: string; isLink: boolean}[] = [];
    for (const parent of level) {
      for (const {name, isLink} of await foldersAt(logdir, parent))
        if (!isLink || parent === '') found.push({id: parent === '' ? name : `${parent}/${name}`, isLink});
    }
    const areRuns = await look(found.map(({id}) => id));
    const open = found.filter(({isLink}, i) => !isLink && areRuns[i] === false);
    level = open.slice(0, room).map(({id}) => id);
    room -= level.length;
  }
}

async function foldersAt(logdir: string, id: string): Promise<FolderName[]> {
  try {
    return await foldersIn(join(logdir, id));
  } catch (error) {
    // Below the log folder it is someone else's, or went a moment ago.
    if (id !== '' || systemErrorCode(error) === 'ENOENT') return [];
    throw fileError('read', logdir, error);
  }
}

/** Whether `walkFolders` may come to a folder: each part of its path is one that it lists, and no link is passed through. */
export async function isListed(logdir: string, id: string): Promise<boolean> {
  const names = id.split('/');
  if (names.length > MAX_DEPTH) return false;
  for (const [i, wanted] of names.entries()) {
    const found = (await foldersAt(logdir, names.slice(0, i).join('/'))).find(({name}) => name === wanted);
    if (!found || (found.isLink && names.length > 1)) return false;
  }
  return true;
}
