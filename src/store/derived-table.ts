import {readFile} from 'node:fs/promises';
import type {Columns, TableName} from '../shared/index.js';
import {systemErrorCode} from './file-error.js';
import {derivedPath, inRun} from './layout.js';
import {replaceFileWith} from './replace-file.js';
import type {Run} from './run.js';
import {decodeColumns, encodeColumns, tableMetadata} from './table-file.js';

/** A table of one epoch that is computed from the run's activations when somebody asks, and kept. */
export interface DerivedTable {
  table: TableName;
  epoch: number;
  /** What it was computed with; part of its path, as `key=value` folders in this order. */
  options: Readonly<Record<string, string | number>>;
  /** Fingerprint of what it was computed from; see {@link Run.fingerprint}. */
  source: string;
}

/** Texts beside the table in its file. */
const SOURCE = 'cnnslicer.source';

/**
 * A derived table that was kept; `undefined` if there is none, if it was computed from other data (the epoch has been
 * captured again since), or if its file is damaged: then it is to be computed again.
 */
export async function readDerived(run: Run, derived: DerivedTable): Promise<Columns | undefined> {
  try {
    const bytes = await readFile(inRun(run.dir, derivedPath(derived)));
    if ((await tableMetadata(bytes, SOURCE)) !== derived.source) return undefined;
    return await decodeColumns(derived.table, bytes);
  } catch (error) {
    const unreadable = systemErrorCode(error);
    if (unreadable === undefined || unreadable === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether {@link readDerived} would find the table; of a large one only the footer is looked at. */
export async function hasDerived(run: Run, derived: DerivedTable): Promise<boolean> {
  try {
    const bytes = await readFile(inRun(run.dir, derivedPath(derived)));
    return (await tableMetadata(bytes, SOURCE)) === derived.source;
  } catch (error) {
    const unreadable = systemErrorCode(error);
    if (unreadable === undefined || unreadable === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Keeps a derived table.
 *
 * @throws {Error} one line naming the path, if it cannot be written.
 */
export async function writeDerived(run: Run, derived: DerivedTable, columns: Columns): Promise<void> {
  const bytes = encodeColumns(derived.table, columns, {[SOURCE]: derived.source});
  await replaceFileWith(inRun(run.dir, derivedPath(derived)), bytes);
}
