import {seededRandom, type Random, type Table, type TableName} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {emptyMetricTable} from './table-parts.js';

/** Rows kept by default: at most some 150 MB of columns. */
const DEFAULT_MAX_ROWS = 2_000_000;

/**
 * Parsed tables of finished epochs, so that the viewer's many small questions parse each Parquet file once.
 *
 * Entries are known by the hash that the epoch's manifest gives their file, so an epoch that is written again is never
 * mistaken for the old one. When rows are too many, entries are thrown out at random: the viewer goes through all epochs
 * in order, again and again, and if they do not fit, the one unused for longest is always the next one wanted.
 */
export class TableCache {
  readonly #maxRows: number;
  readonly #random: Random;
  readonly #entries = new Map<string, {rows: number; columns: Promise<Table>}>();
  #rows = 0;

  /**
   * @param maxRows - Rows of all entries together; an integer >= 0.
   * @param random - Chooses what is thrown out.
   */
  constructor(maxRows = DEFAULT_MAX_ROWS, random = seededRandom(1)) {
    this.#maxRows = maxRows;
    this.#random = random;
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
  async columns(run: Run, table: TableName, epoch: number): Promise<Table | null> {
    const {files} = await run.manifest(epoch);
    const file = files.find(entry => entry.kind === 'table' && entry.table === table);
    if (file?.kind !== 'table') return null;
    const key = `${table} ${file.sha256}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known.columns;
    const columns = parse(run, table, epoch);
    this.#insert(key, {rows: file.rows, columns});
    try {
      return await columns;
    } catch (error) {
      this.#remove(key);
      throw error;
    }
  }

  #insert(key: string, entry: {rows: number; columns: Promise<Table>}): void {
    if (entry.rows > this.#maxRows) return;
    while (this.#rows + entry.rows > this.#maxRows) this.#removeAny();
    this.#entries.set(key, entry);
    this.#rows += entry.rows;
  }

  #removeAny(): void {
    const keys = [...this.#entries.keys()];
    const chosen = keys[Math.floor(this.#random() * keys.length)];
    if (chosen !== undefined) this.#remove(chosen);
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#rows -= entry.rows;
  }
}

async function parse(run: Run, table: TableName, epoch: number): Promise<Table> {
  return (await run.columns(table, epoch)) ?? emptyMetricTable(table);
}
