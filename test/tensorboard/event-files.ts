import {readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {EventWriter, removeEventFiles} from 'cnnslicer/tensorboard';
import {temporaryFolder} from '../support/temporary-folder.js';

/** The names of files opened one after the other, in the order of opening. */
async function openInTurn(dir: string, clock: number[], owner?: string): Promise<string[]> {
  const names: string[] = [];
  for (const ms of clock) {
    const options = owner === undefined ? {now: () => ms} : {now: () => ms, owner};
    await (await EventWriter.open(dir, options)).close();
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

test('removeEventFiles removes what its owner wrote in that directory, and nothing else', async t => {
  const dir = await temporaryFolder(t);
  const mine = await openInTurn(dir, [1e12, 2e12], 'mine');
  const foreign = 'events.out.tfevents.1700000000.otherhost.1.0.v2';
  await writeFile(join(dir, foreign), 'precious');
  await openInTurn(dir, [3e12]);
  await openInTurn(dir, [4e12], 'not-mine');
  await openInTurn(join(dir, 'val'), [1e12], 'mine');
  const before = await readdir(dir);
  await removeEventFiles(dir, 'mine');
  t.deepEqual((await readdir(dir)).sort(), before.filter(name => !mine.includes(name)).sort());
  t.is((await readdir(dir)).length, 4);
  t.is((await readdir(join(dir, 'val'))).length, 1);
});

test('an owner is asked for, and must be fit for a name', async t => {
  const dir = await temporaryFolder(t);
  await t.throwsAsync(removeEventFiles(dir, undefined as unknown as string), {
    message: 'removeEventFiles: owner must be the text given to EventWriter.open, got undefined.',
  });
  await t.throwsAsync(EventWriter.open(dir, {owner: '../x'}), {
    message: 'EventWriter.open: owner must be letters, digits and -, got "../x".',
  });
});

test('removeEventFiles takes a directory that does not exist as empty', async t => {
  await t.notThrowsAsync(removeEventFiles(join(await temporaryFolder(t), 'missing'), 'mine'));
});
