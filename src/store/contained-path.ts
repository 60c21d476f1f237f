import {realpath} from 'node:fs/promises';
import {isAbsolute, join, relative, sep} from 'node:path';
import {systemErrorCode} from './file-error.js';

/** A path that names nothing, or something that is not below the folder. */
export class NotContainedError extends Error {
  override name = 'NotContainedError';

  constructor(
    readonly why: 'missing' | 'outside',
    options?: ErrorOptions,
  ) {
    super(`A path is ${why}.`, options);
  }
}

/**
 * The real path of something below a folder, with every symbolic link followed.
 *
 * @param root - The folder that must not be left.
 * @param path - Relative to `root`, `/`-separated; not to be trusted: it may hold anything that a file or a client says.
 * @throws {NotContainedError} `missing` where nothing is there; `outside` if the path, or a link on it, leads out of `root`, or
 *   it has an empty, `.` or `..` segment, or anything that Windows reads as a separator or a drive.
 */
export async function containedPath(root: string, path: string): Promise<string> {
  // Checked before the disk is asked as well, so that an answer never tells what exists outside.
  if (!isPlainRelative(path)) throw new NotContainedError('outside');
  const realRoot = await existing(root);
  const real = await existing(join(realRoot, ...path.split('/')));
  if (!isInside(realRoot, real)) throw new NotContainedError('outside');
  return real;
}

/** Checks whether the real path `inner` is below the real path `outer`. */
export function isInside(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function isPlainRelative(path: string): boolean {
  return (
    !/[\\:\0]/.test(path) &&
    path.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..')
  );
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const nothing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(systemErrorCode(error) ?? '');
    throw nothing ? new NotContainedError('missing', {cause: error}) : error;
  }
}
