import {createHash} from 'node:crypto';

/** Key of a derived table's checksum in its file, and the placeholder for its value. */
export const SEAL_KEY = 'cnnslicer.sha256';
export const SEAL_PLACEHOLDER = '0'.repeat(64);

/** Bytes after a key in the file's footer (Thrift): the header of a 64-byte text. */
const VALUE_HEADER = '\x18\x40';

/** Replaces {@link SEAL_PLACEHOLDER} by the checksum of all other bytes. Changes `bytes`. */
export function sealTable(bytes: Uint8Array): void {
  const at = sealOffset(bytes);
  if (at === undefined) throw new Error('sealTable: the table has no place for its checksum.');
  bytes.set(new TextEncoder().encode(digestAround(bytes, at)), at);
}

/** Checks whether a file carries its correct checksum; false also if it has none. */
export function isSealedTable(bytes: Uint8Array): boolean {
  const at = sealOffset(bytes);
  if (at === undefined) return false;
  const digest = Buffer.from(bytes.buffer, bytes.byteOffset + at, SEAL_PLACEHOLDER.length).toString('latin1');
  return digest === digestAround(bytes, at);
}

function sealOffset(bytes: Uint8Array): number | undefined {
  const key = SEAL_KEY + VALUE_HEADER;
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(
    key,
    undefined,
    'latin1',
  );
  const digest = at + key.length;
  return at < 0 || digest + SEAL_PLACEHOLDER.length > bytes.length ? undefined : digest;
}

function digestAround(bytes: Uint8Array, at: number): string {
  const hash = createHash('sha256').update(bytes.subarray(0, at));
  return hash.update(bytes.subarray(at + SEAL_PLACEHOLDER.length)).digest('hex');
}
