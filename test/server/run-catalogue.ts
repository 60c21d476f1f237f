import {mkdir, rename, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {HttpError} from '#src/server/http-error.js';
import {RunCatalogue} from '#src/server/run-catalogue.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';
import {runInfo} from '../support/run-folder.js';

async function logdirWith(t: ExecutionContext, ...runs: string[]): Promise<string> {
  const logdir = await temporaryFolder(t);
  for (const run of runs) await writeRun(join(logdir, run), {epochs: [0], info: {status: 'finished'}});
  return logdir;
}

const idsOf = async (catalogue: RunCatalogue) => (await catalogue.look()).map(({summary}) => summary.id);

/** Looks again once the last look is no longer good. */
async function later<T>(work: () => Promise<T>): Promise<T> {
  await new Promise(done => setTimeout(done, 20));
  return work();
}

test('runs are listed by name; hidden folders, files and other folders are not among them', async t => {
  const logdir = await logdirWith(t, 'b', 'a', '.hidden');
  await mkdir(join(logdir, 'notes'));
  await writeFile(join(logdir, 'file'), '');
  t.deepEqual(await idsOf(new RunCatalogue(logdir)), ['a', 'b']);
});

test('runs are found in folders of folders, by their path; a run and a link are not looked into', async t => {
  const logdir = await logdirWith(
    t,
    'top',
    'sweep/lr 0.1/a',
    'sweep/lr 0.1/b',
    'x/y/z/deep',
    'sweep/.hidden/no',
  );
  await writeRun(join(logdir, 'top', 'copies', 'inner'), {epochs: [0]});
  await symlink(join(logdir, 'sweep'), join(logdir, 'link'));
  await symlink(join(logdir, 'sweep'), join(logdir, 'x', 'circle'));
  const catalogue = new RunCatalogue(logdir);
  t.deepEqual(await idsOf(catalogue), ['sweep/lr 0.1/a', 'sweep/lr 0.1/b', 'top', 'x/y/z/deep']);
  t.is((await catalogue.open('x/y/z/deep')).dir, join(logdir, 'x/y/z/deep'));
  for (const hidden of [
    'link/lr 0.1/a',
    'x/circle/lr 0.1/a',
    'sweep/.hidden/no',
    'sweep',
    '../etc',
    'x//y/z/deep',
  ])
    await t.throwsAsync(catalogue.open(hidden), {instanceOf: HttpError, message: /no run/});
});

test('a folder made later in a sub-folder is found', async t => {
  const logdir = await logdirWith(t, 'a/one');
  const catalogue = new RunCatalogue(logdir);
  t.deepEqual(await idsOf(catalogue), ['a/one']);
  await writeRun(join(logdir, 'a', 'two'), {epochs: [0]});
  t.deepEqual(await later(() => idsOf(catalogue)), ['a/one', 'a/two']);
});

test('a log directory that is not there yet has no runs', async t => {
  const logdir = join(await temporaryFolder(t), 'later');
  const catalogue = new RunCatalogue(logdir);
  t.deepEqual(await idsOf(catalogue), []);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  t.deepEqual(await later(() => idsOf(catalogue)), ['run']);
});

test('a run is opened once, and again when its folder was replaced', async t => {
  const logdir = await logdirWith(t, 'run', 'other');
  const catalogue = new RunCatalogue(logdir);
  const first = await catalogue.open('run');
  t.is(await catalogue.open('run'), first);
  await rm(join(logdir, 'run'), {recursive: true});
  await rename(join(logdir, 'other'), join(logdir, 'run'));
  t.not(await catalogue.open('run'), first);
});

test('an epoch that was written, and written again, changes the state', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0]});
  const catalogue = new RunCatalogue(logdir);
  const before = await catalogue.state('run');
  t.deepEqual(before.summary.epochs, [0]);
  await writeEpoch(writer, runInfo(), 1);
  const second = await catalogue.state('run');
  t.deepEqual(second.summary.epochs, [0, 1]);
  t.is(second.versions.get(0), before.versions.get(0));
  await writeEpoch(writer, runInfo(), 1, 9);
  t.not((await catalogue.state('run')).versions.get(1), second.versions.get(1));
});

test('a run that is not there is a 404 that names those that are', async t => {
  const catalogue = new RunCatalogue(await logdirWith(t, 'a', 'b'));
  const error = await t.throwsAsync(catalogue.open('c'), {instanceOf: HttpError});
  t.like(error, {status: 404, code: 'no-such-run', message: 'There is no run "c"; the runs are: a, b.'});
  await t.throwsAsync(new RunCatalogue(await temporaryFolder(t)).open('c'), {
    message: /the runs are: none yet\.$/,
  });
});

test('a name that leads out of the log directory is no run', async t => {
  const outside = await logdirWith(t, 'run');
  const logdir = await logdirWith(t, 'own');
  const catalogue = new RunCatalogue(logdir);
  for (const id of ['..', '.', '../own', 'own/activations', '', join(outside, 'run')])
    await t.throwsAsync(catalogue.open(id), {instanceOf: HttpError, message: /^There is no run/}, id);
  await symlink(join(outside, 'run'), join(logdir, 'linked'));
  const error = await t.throwsAsync(catalogue.open('linked'), {instanceOf: HttpError});
  t.like(error, {status: 500, code: 'broken-run'});
});

test('a run that cannot be opened is listed with its problem, which names no path outside', async t => {
  const logdir = await logdirWith(t, 'good', 'bad');
  await truncate(join(logdir, 'bad/run.json'), 10);
  const [bad, good] = await new RunCatalogue(logdir).look();
  t.is(good?.summary.problem, undefined);
  t.regex(bad?.summary.problem ?? '', /run\.json is damaged/);
  t.false(bad?.summary.problem?.includes(logdir));
});

test('a damaged file is found when the run is examined, and then named in its state', async t => {
  const logdir = await logdirWith(t, 'run');
  const catalogue = new RunCatalogue(logdir);
  const {files} = await (await catalogue.open('run')).manifest(0);
  const [{path} = {path: ''}] = files;
  await truncate(join(logdir, 'run', path), 100);
  t.is((await catalogue.state('run')).summary.damaged, undefined);
  await catalogue.examine('run');
  const {damaged} = (await catalogue.state('run')).summary;
  t.is(damaged?.[0]?.epoch, 0);
  t.true(damaged?.[0]?.reason.includes(path), damaged?.[0]?.reason);
});

test('looks at the same moment are one', async t => {
  const catalogue = new RunCatalogue(await logdirWith(t, 'a'));
  const [first, second] = [catalogue.look(), catalogue.look()];
  t.is(first, second);
  await first;
});
