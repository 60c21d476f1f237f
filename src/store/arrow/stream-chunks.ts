import {tableToIPC, type Batch, type Field} from '@uwdata/flechette';
import {tableOf} from './table-of.js';

/** The mark that ends a stream. */
const END_OF_STREAM = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * An Arrow IPC stream, one chunk for the schema with the first record batch, one for each further batch, one for the end.
 *
 * @param fields - At least one: other readers refuse a schema without.
 * @param batches - One column batch per field for each record batch; each is asked for when the last is written.
 * @param metadata - Of the schema.
 */
export function* streamChunks(
  fields: Field[],
  batches: Iterable<readonly Batch<unknown>[]>,
  metadata: Map<string, string> | null = null,
): Generator<Uint8Array, void, undefined> {
  let schemaBytes = 0;
  for (const columns of batches) {
    // Each batch is encoded as a separate stream, whose schema message is always the same.
    const stream = encoded(fields, [columns], metadata);
    yield stream.subarray(schemaBytes, -END_OF_STREAM.length);
    schemaBytes = 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  }
  yield schemaBytes === 0 ? encoded(fields, [], metadata) : END_OF_STREAM;
}

function encoded(...table: Parameters<typeof tableOf>): Uint8Array {
  return tableToIPC(tableOf(...table), {format: 'stream'}) as Uint8Array;
}
