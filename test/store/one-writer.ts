import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readdir, readFile, rename, rm, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {FolderBusyError, openRun, RunWriter, thisProcess, verifyRun} from 'cnnslicer/store';
import {continuedFrom, probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';

const CHILD = fileURLToPath(new URL('../support/run-folder-child.js', import.meta.url));

async function runFolder(t: ExecutionContext): Promise<string> {
  return join(await temporaryFolder(t), 'run');
}

async function finishedRun(dir: string): Promise<void> {
  await (await writeRun(dir)).close('finished');
}

test('a start into a folder that holds a run makes one beside it, and touches nothing', async t => {
  const dir = await runFolder(t);
  await finishedRun(dir);
  const before = await readdir(dir, {recursive: true});
  for (const n of [2, 3]) {
    const writer = await RunWriter.create(dir, runInfo(), probeData(7));
    t.deepEqual([writer.dir, writer.info.name, writer.replaced], [`${dir}-${n}`, `run-${n}`, []]);
    t.is(
      writer.instead,
      `${dir} holds a run already, which existing: 'resume' would go on with and existing: 'overwrite' replace. ` +
        `This run goes to run-${n} next to it.`,
    );
    await writeEpoch(writer, writer.info, 0);
    await writer.close('finished');
  }
  t.deepEqual(await readdir(dir, {recursive: true}), before);
  t.deepEqual((await verifyRun(dir)).intact, [0, 1, 2]);
});

test('a run that is being written is left alone, whatever is asked for', async t => {
  const dir = await runFolder(t);
  const writer = await writeRun(dir, {epochs: [0]});
  for (const existing of ['new', 'overwrite'] as const) {
    const other = await RunWriter.create(dir, runInfo(), probeData(), {existing});
    t.is(
      other.instead,
      `${dir} is being written by another slicer of this process; give each training its own folder. This run goes to run-2 next to it.`,
    );
    await other.close('failed');
  }
  await t.throwsAsync(RunWriter.create(dir, continuedFrom(0), probeData(), {existing: 'resume'}), {
    instanceOf: FolderBusyError,
    message: `${dir} is being written by another slicer of this process; give each training its own folder.`,
  });
  await writeEpoch(writer, writer.info, 1);
  t.deepEqual((await verifyRun(dir)).intact, [0, 1]);
});

test('a run without a finished epoch holds nothing, and is replaced', async t => {
  const dir = await runFolder(t);
  await (await writeRun(dir, {epochs: []})).close('failed');
  const writer = await RunWriter.create(dir, runInfo(), probeData(3));
  t.deepEqual([writer.dir, writer.instead], [dir, null]);
});

test('a start that is refused gives the folder free', async t => {
  const dir = await runFolder(t);
  const tooFew = probeData(1, runInfo().layers[0], [1, 1, 1]);
  await t.throwsAsync(RunWriter.create(dir, runInfo(), tooFew), {instanceOf: RangeError});
  t.is((await RunWriter.create(dir, runInfo(), probeData())).dir, dir);
});

test('starts at the same moment get a folder each', async t => {
  const dir = await runFolder(t);
  const writers = await Promise.all(
    Array.from({length: 8}, () => RunWriter.create(dir, runInfo(), probeData())),
  );
  const expected = [dir, ...[2, 3, 4, 5, 6, 7, 8].map(n => `${dir}-${n}`)];
  t.deepEqual(writers.map(writer => writer.dir).sort(), expected);
  for (const writer of writers) await writeEpoch(writer, writer.info, 0);
  for (const folder of expected) t.true((await verifyRun(folder)).ok);
});

test('processes that start together get a folder each, and lose nothing', async t => {
  const dir = await runFolder(t);
  const start = async (afterMs: number) => {
    await delay(afterMs);
    return (await promisify(execFile)(process.execPath, [CHILD, 'start', dir])).stdout.trim();
  };
  const folders = await Promise.all([0, 0, 0, 150, 210, 270].map(start));
  t.deepEqual(folders.sort(), [dir, ...[2, 3, 4, 5, 6].map(n => `${dir}-${n}`)]);
  for (const folder of folders) {
    t.like(await verifyRun(folder), {ok: true, intact: [0, 1, 2]});
    t.is((await openRun(folder)).info.status, 'finished');
  }
});

test('a folder beside it that holds something else is passed over', async t => {
  const dir = await runFolder(t);
  await finishedRun(dir);
  await mkdir(`${dir}-2`);
  await writeFile(join(`${dir}-2`, 'thesis.txt'), 'x');
  t.is((await RunWriter.create(dir, runInfo(), probeData())).dir, `${dir}-3`);
  t.deepEqual(await readdir(`${dir}-2`), ['thesis.txt']);
});

test('resume goes on from the last finished epoch, and run.json stays true', async t => {
  const dir = await runFolder(t);
  await finishedRun(dir);
  const info = runInfo({createdAt: '2030-01-01T00:00:00.000Z', id: 'second'});
  const writer = await RunWriter.create(dir, info, probeData(), {existing: 'resume'});
  t.deepEqual(writer.start, {epoch: 2, captured: true, goesOn: true});
  t.deepEqual(writer.replaced, []);
  const {createdAt, training} = (await openRun(dir)).info;
  t.is(createdAt, runInfo().createdAt);
  t.deepEqual([training.initialEpoch, training.epochs], [0, 2 + 5]);
});

test('the run to go on with must be the one that is meant', async t => {
  const dir = await runFolder(t);
  await finishedRun(dir);
  await t.throwsAsync(RunWriter.create(dir, continuedFrom(1), probeData(), {run: 'other'}), {
    message: `${dir} now holds another run than the one to resume; give each training its own folder.`,
  });
  await t.notThrowsAsync(RunWriter.create(dir, continuedFrom(1), probeData()), 'the folder is free again');
});

const LOSSES: [what: string, lose: (dir: string) => Promise<unknown>, message: RegExp][] = [
  ['moved', dir => rename(dir, `${dir}-moved`), /run is gone: it was moved or removed/],
  ['removed', dir => rm(dir, {recursive: true}), /run is gone: it was moved or removed/],
  [
    'replaced',
    async dir => (await rename(dir, `${dir}-moved`), writeRun(dir, {epochs: [0]})),
    /run is now written by another slicer of this process, which took it over\.$/,
  ],
  [
    'emptied',
    async dir => (await rm(dir, {recursive: true}), mkdir(dir)),
    /run is no longer the folder that was being written/,
  ],
];

for (const [what, lose, message] of LOSSES) {
  test(`a folder that is ${what} while it is written is noticed, and nothing is written there`, async t => {
    const dir = await runFolder(t);
    const writer = await writeRun(dir, {epochs: [0]});
    const begun = await writer.epoch(1);
    await begun.table('logs', []);
    await lose(dir);
    const left = () => readdir(dir, {recursive: true}).catch(() => null);
    const before = await left();
    await t.throwsAsync(begun.commit(), {message});
    await t.throwsAsync(writer.epoch(2), {message});
    await t.throwsAsync(writer.close('finished'), {message});
    t.deepEqual(await left(), before);
  });
}

test('a table that is written after the folder went does not create it again', async t => {
  const dir = await runFolder(t);
  const writer = await writeRun(dir, {epochs: [0]});
  const begun = await writer.epoch(1);
  await rm(dir, {recursive: true});
  await t.throwsAsync(begun.table('logs', []), {message: /run is gone: it was moved or removed/});
  t.deepEqual(await readdir(join(dir, '..')), []);
});

/** Changes what the lock says of its writer. */
async function lockOf(dir: string, change: Record<string, unknown>): Promise<string> {
  const name = (await readdir(dir)).find(file => file.endsWith('.lock')) ?? '';
  const path = join(dir, name);
  await writeFile(path, JSON.stringify({...JSON.parse(await readFile(path, 'utf8')), ...change}));
  return path;
}

async function deadPid(): Promise<number> {
  const child = execFile(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('the lock of a dead process is no hindrance, and its run can be gone on with', async t => {
  const dir = await runFolder(t);
  const writer = await writeRun(dir);
  await lockOf(dir, {pid: await deadPid()});
  const next = await RunWriter.create(dir, continuedFrom(2), probeData());
  t.is(next.dir, dir);
  t.deepEqual(
    (await readdir(dir)).filter(name => name.endsWith('.lock')),
    ['.writer-2.lock'],
  );
  await t.throwsAsync(writer.epoch(3), {message: /which took it over\.$/});
});

test('a process id that was given to another process is not taken for the writer', async t => {
  const dir = await runFolder(t);
  await writeRun(dir);
  const {started} = await thisProcess();
  if (started === undefined) return t.pass('this system does not tell when a process began');
  await lockOf(dir, {started: `${started}0`});
  t.is((await RunWriter.create(dir, continuedFrom(2), probeData())).dir, dir);
});

test('a writer on another host is alive until it has been silent for 10 minutes', async t => {
  const dir = await runFolder(t);
  await writeRun(dir);
  const path = await lockOf(dir, {host: 'another.host'});
  await t.throwsAsync(RunWriter.create(dir, continuedFrom(2), probeData()), {
    message: `${dir} is being written by process ${process.pid} on another.host; give each training its own folder.`,
  });
  const silent = new Date(Date.now() - 11 * 60 * 1000);
  await utimes(path, silent, silent);
  t.is((await RunWriter.create(dir, continuedFrom(2), probeData())).dir, dir);
});

test('of many who find a dead lock, one gets the folder', async t => {
  const dir = await runFolder(t);
  await writeRun(dir);
  await lockOf(dir, {pid: await deadPid()});
  const starts = await Promise.allSettled(
    Array.from({length: 12}, () => RunWriter.create(dir, continuedFrom(2), probeData())),
  );
  t.is(starts.filter(({status}) => status === 'fulfilled').length, 1);
  t.true(starts.every(start => start.status === 'fulfilled' || start.reason instanceof FolderBusyError));
});

test('the same owner may take its own lock again', async t => {
  const dir = await runFolder(t);
  const first = await RunWriter.create(dir, runInfo(), probeData(), {owner: 'me'});
  const second = await RunWriter.create(dir, runInfo(), probeData(), {owner: 'me'});
  t.is(second.dir, dir);
  await t.throwsAsync(first.epoch(0), {message: /which took it over\.$/});
  await t.notThrowsAsync(second.epoch(0));
});
