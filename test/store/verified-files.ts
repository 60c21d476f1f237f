import {createHash} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {withFile} from '#src/store/open-file.js';
import {assertIntact, checkQuickly} from '#src/store/verified-files.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('a quick check reads files of up to 64 KiB, and of larger ones only the size', async t => {
  const dir = await temporaryFolder(t);
  const path = 'part.bin';
  for (const [size, isRead] of [
    [1, true],
    [1 << 16, true],
    [(1 << 16) + 1, false],
  ] as const) {
    const bytes = new Uint8Array(size).fill(7);
    const expected = {path, bytes: size, sha256: createHash('sha256').update(bytes).digest('hex')};
    await writeFile(join(dir, path), bytes);
    await withFile(dir, path, file => checkQuickly(file, expected));
    bytes[size - 1] = 8;
    await writeFile(join(dir, path), bytes);
    const check = () => withFile(dir, path, file => checkQuickly(file, expected));
    if (isRead) await t.throwsAsync(check, {code: 'damaged', message: /SHA-256 differs/});
    else await t.notThrowsAsync(check);
    await t.throwsAsync(() => withFile(dir, path, file => assertIntact(file, expected)), {code: 'damaged'});
    await writeFile(join(dir, path), bytes.subarray(0, size - 1));
    await t.throwsAsync(check, {
      code: 'damaged',
      message: new RegExp(`has ${size - 1} bytes instead of ${size}`),
    });
  }
});
