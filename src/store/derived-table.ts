import {dirname} from 'node:path';
import type {Table, TableName, TableRows} from '../shared/index.js';
import {decodeTable, tableTexts} from './decode-table.js';
import {fileError, isPassing, systemErrorCode} from './file-error.js';
import {readWhole} from './file-reader.js';
import {derivedPath, inRun} from './layout.js';
import {makeFolder} from './make-folder.js';
import {assertNoLinks} from './no-links.js';
import {replaceFileWith} from './replace-file.js';
import type {Run} from './run.js';
import {encodeTable} from './table-file.js';
import {isSealedTable, SEAL_KEY, SEAL_PLACEHOLDER, sealTable} from './table-seal.js';

/** A table of one epoch that is computed from the run's activations when somebody asks, and kept. */
export interface DerivedTable<T extends TableName = TableName> {
  table: T;
  epoch: number;
  /** Options that it was computed with; part of its path, as `key=value` folders in this order. */
  options: Readonly<Record<string, string | number>>;
  /** Fingerprint of what it was computed from; see {@link Run.fingerprint}. */
  source: string;
}

/** Texts stored with the table in its file. */
export const SOURCE = 'cnnslicer.source';

/** The largest file that is read: more than the largest table takes. */
export const MAX_DERIVED_BYTES = 1 << 30;
/** Rows of the largest: every channel of one large layer with every channel of another. */
const MAX_ROWS = 1 << 22;

/**
 * A derived table that was kept; `undefined` if there is none, if it was computed from other data (the epoch has been
 * captured again since), or if its file is damaged, may not be read or has no checksum: then it is to be computed again.
 */
export async function readDerived<T extends TableName>(
  run: Run,
  derived: DerivedTable<T>,
): Promise<Table<TableRows[T]> | undefined> {
  const bytes = await currentBytes(run, derived);
  if (bytes === undefined) return undefined;
  try {
    const table = await decodeTable(derived.table, bytes, MAX_ROWS);
    // An earlier version did not write all columns.
    return table.notRecorded ? undefined : table;
  } catch {
    return undefined; // not what we wrote, though it has a checksum
  }
}

/** Checks whether {@link readDerived} would find the table; it is not decoded. */
export async function hasDerived(run: Run, derived: DerivedTable): Promise<boolean> {
  return (await currentBytes(run, derived)) !== undefined;
}

/**
 * Keeps a derived table.
 *
 * @throws {Error} one line naming the path, if it cannot be written.
 */
export async function writeDerived<T extends TableName>(
  run: Run,
  derived: DerivedTable<T>,
  table: Table<TableRows[T]>,
): Promise<void> {
  const path = derivedPath(derived);
  await assertNoLinks(run.dir, path);
  // The checksum comes last, so that it is found from the end of the file.
  const texts = {[SOURCE]: derived.source, [SEAL_KEY]: SEAL_PLACEHOLDER};
  const bytes = encodeTable(derived.table, table, texts);
  sealTable(bytes);
  const file = inRun(run.dir, path);
  try {
    await makeFolder(dirname(file), run.dir);
  } catch (error) {
    throw fileError('write', file, error);
  }
  await replaceFileWith(file, bytes);
}

/** The bytes of a kept table that are as they were written, and computed from what the run holds now. */
async function currentBytes(run: Run, derived: DerivedTable): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readWhole(run.dir, derivedPath(derived), MAX_DERIVED_BYTES);
    if (!isSealedTable(bytes)) return undefined;
    return (await tableTexts(bytes)).get(SOURCE) === derived.source ? bytes : undefined;
  } catch (error) {
    // A file that cannot be read at the moment, as too many are open, is not missing.
    const code = error instanceof Error ? systemErrorCode(error.cause) : undefined;
    if (code !== undefined && isPassing(code)) throw error;
    return undefined;
  }
}
