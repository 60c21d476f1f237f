import {RecordBatchFileWriter, type RecordBatch} from 'apache-arrow';
import type {Append} from './replace-file.js';

/** Position of a record batch in its Arrow file, in bytes. */
export interface BatchOffsets {
  /** From the start of the file to the batch's message. */
  offset: number;
  /** Length of the message: prefix, flatbuffer and padding; the body follows. */
  metadataBytes: number;
  bodyBytes: number;
  /** From the start of the file to the values of the batch's last column. */
  valuesOffset: number;
}

/**
 * An Arrow IPC file writer that hands its chunks on without joining or copying them, and knows where each batch is.
 * Chunks are views of the caller's arrays, which must stay as they are until `flush` resolves.
 */
export class ArrowFileWriter extends RecordBatchFileWriter {
  readonly #append: Append;
  #chunks: Uint8Array[] = [];
  /** Position of the batch that was added last. */
  #valuesOffset = NaN;

  constructor(append: Append) {
    super();
    this.#append = append;
  }

  /** Adds one record batch, whose last buffer holds the values that `valuesOffset` points at. */
  add(batch: RecordBatch): BatchOffsets {
    this.write(batch);
    const block = this._recordBatchBlocks.at(-1);
    if (block === undefined) throw new Error('ArrowFileWriter: apache-arrow recorded no batch.');
    return {
      offset: Number(block.offset),
      metadataBytes: block.metaDataLength,
      bodyBytes: Number(block.bodyLength),
      valuesOffset: this.#valuesOffset,
    };
  }

  /** Writes what has been added so far. */
  async flush(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = [];
    await this.#append(chunks);
  }

  /** Adds the footer and writes the rest; nothing can be added afterwards. */
  async end(): Promise<void> {
    this.finish();
    await this.flush();
  }

  /** apache-arrow's own sink queues chunks for a reader that comes later; ours collects them for `flush`. */
  protected override _write(chunk: ArrayBufferView): this {
    if (this._started) {
      this.#chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      this._position += chunk.byteLength;
    }
    return this;
  }

  protected override _writeBodyBuffers(buffers: ArrayBufferView[]): this {
    const lengthOfLast = paddedLength(buffers.at(-1)?.byteLength ?? 0);
    super._writeBodyBuffers(buffers);
    this.#valuesOffset = this._position - lengthOfLast;
    return this;
  }
}

/** Arrow pads every buffer of a body to a multiple of 8 bytes. */
function paddedLength(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
