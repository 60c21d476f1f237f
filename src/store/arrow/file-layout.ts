import {tableToIPC, type Batch, type Field} from '@uwdata/flechette';
import {tableOf} from './table-of.js';

/** Where a record batch lies in its Arrow file, in bytes. */
export interface BatchOffsets {
  /** From the start of the file to the batch's message. */
  offset: number;
  /** Length of the message: prefix, flatbuffer and padding; the body follows. */
  metadataBytes: number;
  bodyBytes: number;
  /** From the start of the file to the values of the batch's last column. */
  valuesOffset: number;
}

/** One record batch of a file: its bytes, of which the columns' are views of the caller's arrays. */
export interface LaidBatch {
  chunks: Uint8Array[];
  at: BatchOffsets;
}

/** An Arrow IPC file, to be written one part after the other. */
export interface FileLayout {
  head: Uint8Array[];
  batches: LaidBatch[];
  /** The mark that ends the batches, and the footer. */
  tail: Uint8Array[];
}

/**
 * Lays out an uncompressed Arrow IPC file without copying a value. As the framing depends on the lengths of the arrays
 * alone, several batches may share an array: it is filled for each in turn, just before the batch's chunks are written.
 *
 * @param batches - One column batch per field for each record batch.
 */
export function fileLayout(fields: Field[], batches: readonly (readonly Batch<unknown>[])[]): FileLayout {
  const chunks = new Chunks();
  tableToIPC(tableOf(fields, batches), {format: 'file', sink: chunks});
  const head = [...chunks.take(MAGIC_BYTES), ...chunks.takeMessage()];
  const laid = batches.map(columns => {
    const offset = chunks.position;
    const message = chunks.takeMessage();
    const metadataBytes = chunks.position - offset;
    const lengths = columns.flatMap(bufferLengths);
    const bodyBytes = lengths.reduce((sum, length) => sum + length, 0);
    const body = chunks.take(bodyBytes);
    const valuesOffset = chunks.position - (lengths.at(-1) ?? 0);
    return {chunks: [...message, ...body], at: {offset, metadataBytes, bodyBytes, valuesOffset}};
  });
  return {head, batches: laid, tail: chunks.rest()};
}

/** `ARROW1`, padded. */
const MAGIC_BYTES = 8;

/** Lengths of a column's buffers in the body of its record batch, in order. */
function bufferLengths({validity, offsets, values, children = []}: Batch<unknown>): number[] {
  const own = [validity, offsets, values].filter(buffer => buffer !== undefined);
  return [...own.map(({byteLength}) => paddedLength(byteLength)), ...children.flatMap(bufferLengths)];
}

/** Arrow pads every buffer of a body to a multiple of 8 bytes. */
export function paddedLength(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** Collects what an encoder writes, and gives it out from the front. */
class Chunks {
  readonly #chunks: Uint8Array[] = [];
  #next = 0;
  /** Bytes given out so far. */
  position = 0;

  write(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
  }

  pad(bytes: number): void {
    this.write(new Uint8Array(bytes));
  }

  finish(): null {
    return null;
  }

  /** The chunks of the next `bytes` bytes, which end where a chunk does. */
  take(bytes: number): Uint8Array[] {
    const first = this.#next;
    const end = this.position + bytes;
    while (this.position < end) this.position += this.#chunks[this.#next++]?.byteLength ?? NaN;
    if (this.position !== end) throw new Error(`fileLayout: the encoder's chunks do not end at byte ${end}.`);
    return this.#chunks.slice(first, this.#next);
  }

  /** The next encapsulated message without its body: a mark, the length of what follows, a padded flatbuffer. */
  takeMessage(): Uint8Array[] {
    const start = this.#chunks[this.#next] ?? new Uint8Array();
    const length = new DataView(start.buffer, start.byteOffset, start.byteLength).getInt32(4, true);
    return this.take(8 + length);
  }

  rest(): Uint8Array[] {
    return this.#chunks.slice(this.#next);
  }
}
