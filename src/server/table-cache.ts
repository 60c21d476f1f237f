import type {Columns, TableName} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {toColumns} from './columns.js';

/** Rows kept by default: about 100 MB of columns. */
const DEFAULT_MAX_ROWS = 1_000_000;

/**
 * Parsed tables of finished epochs, so that the viewer's many small questions parse each Parquet file once.
 *
 * Entries are known by the hash that the epoch's manifest gives their file, so an epoch that is written again is never
 * mistaken for the old one, and need not be thrown out. The least recently used go first.
 */
export class TableCache {
  readonly #maxRows: number;
  /** In order of use, the oldest first. */
  readonly #entries = new Map<string, {rows: number; columns: Promise<Columns>}>();
  #rows = 0;

  /** @param maxRows - Rows of all entries together; an integer >= 0. */
  constructor(maxRows = DEFAULT_MAX_ROWS) {
    this.#maxRows = maxRows;
  }

  /** Rows held now. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * A table of one epoch; null where the epoch was finished without that table.
   *
   * @throws {RangeError} if the epoch is not finished.
   * @throws {RunFormatError} if the file is damaged; asking again reads it again.
   */
  async columns(run: Run, table: TableName, epoch: number): Promise<Columns | null> {
    const {files} = await run.manifest(epoch);
    const file = files.find(entry => entry.kind === 'table' && entry.table === table);
    if (file?.kind !== 'table') return null;
    const key = `${table} ${file.sha256}`;
    const entry = this.#entries.get(key) ?? {rows: file.rows, columns: parse(run, table, epoch)};
    this.#remove(key);
    this.#insert(key, entry);
    try {
      return await entry.columns;
    } catch (error) {
      this.#remove(key);
      throw error;
    }
  }

  #insert(key: string, entry: {rows: number; columns: Promise<Columns>}): void {
    this.#entries.set(key, entry);
    this.#rows += entry.rows;
    for (const oldest of this.#entries.keys()) {
      if (this.#rows <= this.#maxRows) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#rows -= entry.rows;
  }
}

async function parse(run: Run, table: TableName, epoch: number): Promise<Columns> {
  return toColumns(table, await run.table(table, {epochs: [epoch]}));
}
