import {lstat} from 'node:fs/promises';
import {fileError, systemErrorCode} from './file-error.js';
import {inRun} from './layout.js';
import {RunFormatError} from './run-format-error.js';

/**
 * Makes sure that what is written to a path of a run stays inside it: nothing on the path is a link.
 *
 * @param path - Relative to `root`, `/`-separated. Not all of it need be there yet.
 * @throws {RunFormatError} `damaged`, naming the link.
 */
export async function assertNoLinks(root: string, path: string): Promise<void> {
  const names = path.split('/');
  for (let length = 1; length <= names.length; length++) {
    const native = inRun(root, names.slice(0, length).join('/'));
    try {
      if ((await lstat(native)).isSymbolicLink()) {
        throw new RunFormatError(
          'damaged',
          `${native} is a link; nothing is written through links in a run folder. Put a folder in its place.`,
        );
      }
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return;
      throw error instanceof RunFormatError ? error : fileError('write', native, error);
    }
  }
}
