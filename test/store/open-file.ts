import {readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {withFile} from '#src/store/open-file.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const linuxTest = process.platform === 'linux' ? test : test.skip;

linuxTest('files are closed again, also where using them fails [needs /proc]', async t => {
  const dir = await temporaryFolder(t);
  await writeFile(join(dir, 'part'), 'content');
  const openFiles = async () => (await readdir('/proc/self/fd')).length;
  const before = await openFiles();
  for (let i = 0; i < 20; i++) {
    t.is(await withFile(dir, 'part', ({size}) => Promise.resolve(size)), 7);
    await t.throwsAsync(withFile(dir, 'part', () => Promise.reject(new Error('no'))));
    await t.throwsAsync(withFile(dir, '.', () => Promise.resolve()));
  }
  t.true((await openFiles()) < before + 20);
});

test('no more than 64 files are open at once, and every one gets its turn', async t => {
  const dir = await temporaryFolder(t);
  await writeFile(join(dir, 'part'), 'content');
  let now = 0;
  let most = 0;
  const use = async () => {
    most = Math.max(most, ++now);
    await new Promise(resolve => setTimeout(resolve, 1));
    now--;
    if (now % 3 === 0) throw new Error('no');
  };
  const outcomes = await Promise.allSettled(Array.from({length: 300}, () => withFile(dir, 'part', use)));
  t.is(outcomes.length, 300);
  t.true(most <= 64 && most > 32, String(most));
  t.is(now, 0);
});
