import {open, type FileHandle} from 'node:fs/promises';
import {encodeRecord} from './record.js';

/** A new file of records, each framed with its checksums. Records wait in memory until `flush`. */
export class RecordFile {
  readonly #file: FileHandle;
  /** Whole records that are not in the file yet. */
  #pending: Uint8Array[] = [];
  #bytesWritten = 0;
  #lastWrite: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws {Error} if there is a file at `path`. */
  static async create(path: string): Promise<RecordFile> {
    return new RecordFile(await open(path, 'wx'));
  }

  get closed(): boolean {
    return this.#closed;
  }

  add(data: Uint8Array): void {
    this.#pending.push(encodeRecord(data));
  }

  /**
   * Resolves when every record added so far is in the file. After a failure (a full disk) the records are kept, and the
   * next `flush` writes them again in the same place, so that no broken record stays in the middle of the file.
   */
  flush(): Promise<void> {
    const write = this.#lastWrite.then(() => this.#writePending());
    // The caller handles a failure; the next write starts again.
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }

  /** Flushes and closes the file, also where flushing fails. Closing twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#file.close();
    }
  }

  async #writePending(): Promise<void> {
    const records = this.#pending.length;
    const bytes = Buffer.concat(this.#pending);
    for (let done = 0; done < bytes.length;) {
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#bytesWritten + done))
        .bytesWritten;
    }
    this.#bytesWritten += bytes.length;
    this.#pending.splice(0, records);
  }
}
