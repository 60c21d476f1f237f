import {mkdir, readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {EventWriter, removeEventFiles} from 'cnnslicer/tensorboard';
import {temporaryFolder} from '../support/temporary-folder.js';

/** The names of files opened one after the other, in the order of opening. */
async function openInTurn(dir: string, clock: number[]): Promise<string[]> {
  const names: string[] = [];
  for (const ms of clock) {
    await (await EventWriter.open(dir, {now: () => ms})).close();
    names.push(...(await readdir(dir)).filter(name => !names.includes(name)));
  }
  return names;
}

test('a file is named for its time, host, process and number', async t => {
  const [name] = await openInTurn(await temporaryFolder(t), [1_790_000_000_999]);
  t.regex(
    name ?? '',
    new RegExp(`^events\\.out\\.tfevents\\.1790000000\\.[\\w.-]+\\.${process.pid}\\.\\d+\\.v2$`),
  );
});

test('a later file sorts later, within one second, past ten files, and with a clock that went back', async t => {
  const clock = [...new Array<number>(12).fill(1_790_000_000_000), 1_780_000_000_000, 1_790_000_100_000];
  const names = await openInTurn(await temporaryFolder(t), clock);
  t.is(names.length, clock.length);
  t.deepEqual([...names].sort(), names);
});

test('removeEventFiles removes the event files of that directory and nothing else', async t => {
  const dir = await temporaryFolder(t);
  await openInTurn(dir, [1e12, 2e12]);
  await writeFile(join(dir, 'notes.txt'), 'tfevents');
  await mkdir(join(dir, 'val'));
  await openInTurn(join(dir, 'val'), [1e12]);
  await removeEventFiles(dir);
  t.deepEqual((await readdir(dir)).sort(), ['notes.txt', 'val']);
  t.is((await readdir(join(dir, 'val'))).length, 1);
});

test('removeEventFiles takes a directory that does not exist as empty', async t => {
  await t.notThrowsAsync(removeEventFiles(join(await temporaryFolder(t), 'missing')));
});
