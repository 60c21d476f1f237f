import {readdir} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {tableTexts} from './decode-table.js';
import {SOURCE} from './derived-table.js';
import {systemErrorCode} from './file-error.js';
import {DERIVED_FOLDER, inRun} from './layout.js';
import {isSealedTable} from './table-seal.js';

/** Paths of the derived tables of a run, relative to it. Links are not followed. */
export async function findDerived(root: string): Promise<string[]> {
  try {
    const entries = await readdir(inRun(root, DERIVED_FOLDER), {recursive: true, withFileTypes: true});
    return entries
      .filter(entry => entry.name.endsWith('.parquet'))
      .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Describes what is wrong with a derived table; `undefined` if nothing is.
 *
 * `unchecked`: it has no checksum, as an earlier version wrote it. `damaged`: it is not as it was written.
 */
export async function derivedProblem(bytes: Uint8Array): Promise<'unchecked' | 'damaged' | undefined> {
  if (isSealedTable(bytes)) return undefined;
  try {
    // Beside the checksum, which may be what is damaged, a table carries one text.
    const keys = [...(await tableTexts(bytes)).keys()];
    return keys.length === 1 && keys[0] === SOURCE ? 'unchecked' : 'damaged';
  } catch {
    return 'damaged';
  }
}
