import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {eventType, type EventMessage} from '#src/tensorboard/event-proto.js';

/** CRC-32C bit by bit, straight from its polynomial: slow, and nothing in common with the code under test. */
export function crc32cBitwise(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** Walks TFRecords: checks both checksums of each, and that the last one ends with the file. */
export function readRecords(file: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let offset = 0; offset < file.length;) {
    if (file.length - offset < 16) throw new Error(`Record ${records.length}: truncated at byte ${offset}.`);
    const end = offset + 12 + Number(view.getBigUint64(offset, true));
    if (end + 4 > file.length) throw new Error(`Record ${records.length}: its data is truncated.`);
    const data = file.subarray(offset + 12, end);
    if (view.getUint32(offset + 8, true) !== mask(crc32cBitwise(file.subarray(offset, offset + 8)))) {
      throw new Error(`Record ${records.length}: the checksum of the length is wrong.`);
    }
    if (view.getUint32(end, true) !== mask(crc32cBitwise(data))) {
      throw new Error(`Record ${records.length}: the checksum of the data is wrong.`);
    }
    records.push(data);
    offset = end + 4;
  }
  return records;
}

/** Every event of the run in `dir`, in TensorBoard's order. */
export async function readEvents(dir: string): Promise<EventMessage[]> {
  const names = (await readdir(dir)).filter(name => name.includes('tfevents')).sort();
  const files = await Promise.all(names.map(name => readFile(join(dir, name))));
  return files.flatMap(readRecords).map(
    record =>
      eventType.toObject(eventType.decode(record), {
        longs: Number,
        enums: String,
      }) as unknown as EventMessage,
  );
}

/** Step, tag and value of a scalar. */
export type Scalar = [step: number, tag: string, value: number];

/** Every scalar of the run in `dir`, in the order of its events. */
export async function readScalars(dir: string): Promise<Scalar[]> {
  return scalarsOf(await readEvents(dir));
}

/** What a reader finds in scalar events. */
export function scalarsOf(events: EventMessage[]): Scalar[] {
  return events.flatMap(({step = 0, summary}) =>
    (summary?.value ?? []).map(({tag = '', tensor}): Scalar => [
      step,
      tag,
      Buffer.from(tensor.tensorContent ?? []).readFloatLE(),
    ]),
  );
}

function mask(crc: number): number {
  return Number(((BigInt((crc >>> 15) | (crc << 17)) & 0xffffffffn) + 0xa282ead8n) & 0xffffffffn);
}
