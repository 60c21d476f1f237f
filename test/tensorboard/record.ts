import {crc32c} from '@aws-crypto/crc32c';
import test from 'ava';
import fc from 'fast-check';
import {encodeRecord, maskedCrc32c} from '#src/tensorboard/record.js';
import {crc32cBitwise, readRecords} from '../support/read-events.js';

const digits = new TextEncoder().encode('123456789');

test('the checksum is CRC-32C, by its published check value and its mask', t => {
  t.is(crc32c(digits), 0xe3069283);
  t.is(crc32cBitwise(digits), 0xe3069283);
  t.is(maskedCrc32c(digits), 0xc78ab0e5);
});

test('a record is its length, its data and a checksum of each', t => {
  const record = encodeRecord(digits);
  t.is(record.length, 8 + 4 + digits.length + 4);
  t.is(new DataView(record.buffer).getUint32(12 + digits.length, true), 0xc78ab0e5);
  t.deepEqual(readRecords(record), [digits]);
});

test('any sequence of records reads back, and any flipped bit is noticed', t => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array(), {minLength: 1}), fc.nat(), fc.nat(7), (datas, at, bit) => {
      const file = new Uint8Array(Buffer.concat(datas.map(encodeRecord)));
      t.deepEqual(readRecords(file), datas);
      const byte = at % file.length;
      file[byte] = (file[byte] ?? 0) ^ (1 << bit);
      t.throws(() => readRecords(file));
    }),
    {seed: 1},
  );
});
