import {mkdir} from 'node:fs/promises';
import {dirname} from 'node:path';
import {systemErrorCode} from './file-error.js';

/**
 * `mkdir -p`; the recursive option of Node's own mkdir reports a read-only disk as ENOENT, and never ends where a
 * folder cannot be made at all (`/proc`).
 *
 * @param root - A folder that must already exist, above `folder` or the same: one that was moved away is not created again.
 */
export async function makeFolder(folder: string, root?: string): Promise<void> {
  if (folder === root) return; // whatever is done in it next will tell
  try {
    await mkdir(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return; // if it is a file, what is done in it will tell
    const above = dirname(folder);
    if (code !== 'ENOENT' || above === root || above === folder) throw error;
    await makeFolder(above, root);
    await mkdir(folder).catch((again: unknown) => {
      if (systemErrorCode(again) !== 'EEXIST') throw again;
    });
  }
}
