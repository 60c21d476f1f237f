import {realpath} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {HttpError} from './http-error.js';

/**
 * The real path of something below a folder, with every symbolic link followed.
 *
 * @param root - The folder that must not be left.
 * @param path - Relative to `root`; may hold anything a client or a file says.
 * @throws {HttpError} 404 `not-found` where nothing is there, 403 `outside` where it leads out of `root`.
 */
export async function containedPath(root: string, path: string): Promise<string> {
  // A NUL would cut the path short in the kernel, after the check.
  if (path.includes('\0')) throw new HttpError(400, 'invalid-input', 'A path holds no NUL character.');
  const realRoot = await existing(root);
  const target = join(realRoot, path);
  // Checked before realpath as well, so that an answer never tells what exists outside.
  if (!isWithin(realRoot, target)) throw outside(path);
  const realTarget = await existing(target);
  if (!isWithin(realRoot, realTarget)) throw outside(path);
  return realTarget;
}

function isWithin(root: string, target: string): boolean {
  return target === root || target.startsWith(root.endsWith(sep) ? root : root + sep);
}

function outside(path: string): HttpError {
  return new HttpError(403, 'outside', `${JSON.stringify(path)} leads out of the served folder.`);
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP' && code !== 'ENAMETOOLONG') throw error;
    throw new HttpError(404, 'not-found', 'There is nothing at this path.', {cause: error});
  }
}
