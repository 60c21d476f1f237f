import type {Table, TableName, TableRows} from '../shared/index.js';
import {decodeTable} from './decode-table.js';
import type {EpochFiles} from './epoch-files.js';
import {readTable} from './table-reader.js';
import {JobLost} from './worker-lane.js';

/** The metric tables of a run, an epoch at a time. */
export class EpochTables {
  readonly #dir: string;
  readonly #files: EpochFiles;
  /** Why a table could not be decoded in time. */
  #undecodable: JobLost | undefined;
  /** `table.column` of what files of tables that have been read lack. */
  readonly #notRecorded = new Set<string>();

  constructor(dir: string, files: EpochFiles) {
    this.#dir = dir;
    this.#files = files;
  }

  /** Columns that tables read so far lack. */
  notRecorded(table: TableName, columns: readonly string[]): string[] {
    return columns.filter(column => this.#notRecorded.has(`${table}.${column}`));
  }

  /** Reads the table of one epoch; `undefined` if the epoch has none. */
  read<T extends TableName>(name: T, epoch: number): Promise<Table<TableRows[T]> | undefined> {
    return this.#files.read(
      epoch,
      ({files}) => files.filter(file => file.kind === 'table').find(({table}) => table === name),
      file => readTable(this.#dir, file, (bytes, rows) => this.#decode(name, bytes, rows)),
    );
  }

  async #decode<T extends TableName>(
    name: T,
    ...content: [bytes: Uint8Array, rows: number]
  ): Promise<Table<TableRows[T]>> {
    if (this.#undecodable !== undefined) throw this.#undecodable;
    try {
      const table = await decodeTable(name, ...content);
      for (const column of table.notRecorded ?? []) this.#notRecorded.add(`${name}.${column}`);
      return table;
    } catch (error) {
      // A hostile run may have many such tables, and each would have to time out.
      if (error instanceof JobLost) this.#undecodable = error;
      throw error;
    }
  }
}
