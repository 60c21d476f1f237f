import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {EpochRoom} from '#src/recorder/epoch-room.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const parts = async (room: EpochRoom, waiting = 0) => (await room.next(waiting)).parts;

test('what was written before, and each epoch, count towards the budget', async t => {
  const dir = await temporaryFolder(t);
  await writeFile(join(dir, 'before'), new Uint8Array(300));
  const room = await EpochRoom.open(dir, {epoch: 100, lean: 10, files: 0, budget: 520});
  t.is(await parts(room), 'all');
  room.took('all');
  t.is(await parts(room), 'all'); // 120 are left
  room.took('without-activations');
  t.is(await parts(room), 'all');
  room.took('all');
  t.is(await parts(room), 'without-activations');
});

test('activations that wait on disk need room, too', async t => {
  const room = await EpochRoom.open(await temporaryFolder(t), {
    epoch: 100,
    lean: 10,
    files: 0,
    budget: Infinity,
  });
  t.is(await parts(room, 1e6), 'all');
  t.is(await parts(room, 1e30), 'without-measures');
});

test('files take whole blocks of the disk, whatever their bytes', async t => {
  const free = 1e30 / 4096;
  const needs = {epoch: 1, lean: 1, budget: Infinity};
  const roomFor = async (files: number) =>
    parts(await EpochRoom.open(await temporaryFolder(t), {...needs, files}));
  t.is(await roomFor(10), 'all');
  t.is(await roomFor(free), 'none');
});
