import {realpath} from 'node:fs/promises';
import {isAbsolute, relative, sep} from 'node:path';
import {fileError, systemErrorCode} from './file-error.js';
import {inRun} from './layout.js';
import {RunFormatError} from './run-format-error.js';

/**
 * The native path of a file that a run names, once it is sure to lie inside the run folder, links followed.
 *
 * @param path - Relative to `root`, `/`-separated, as read from a manifest: not to be trusted.
 * @throws {RunFormatError} `damaged` if the file is missing, or the path or a link on it leads out of the run folder.
 */
export async function containedPath(root: string, path: string): Promise<string> {
  if (!isPlainRelative(path)) throw outside(root, path);
  const native = inRun(root, path);
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(native)]);
    if (!isInside(realRoot, real)) throw outside(root, path);
    return real;
  } catch (error) {
    if (error instanceof RunFormatError) throw error;
    if (systemErrorCode(error) === 'ENOENT') {
      throw new RunFormatError('damaged', `${native} is missing.`, {cause: error});
    }
    throw fileError('read', native, error);
  }
}

/** Whether the real path `inner` is below the real path `outer`. */
export function isInside(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** No empty, `.` or `..` segment, and nothing that Windows reads as a separator or a drive. */
function isPlainRelative(path: string): boolean {
  return (
    !/[\\:\0]/.test(path) &&
    path.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..')
  );
}

function outside(root: string, path: string): RunFormatError {
  return new RunFormatError(
    'damaged',
    `${root} names the file ${JSON.stringify(path)}, which is not inside the run folder. Do not trust this run.`,
  );
}
