import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, utimes} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {RunWriter, thisProcess} from 'cnnslicer/store';
import type {RunInfo} from '#src/shared/index.js';
import {isLive} from '#src/server/is-live.js';
import {probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

function run(dir: string, process: RunInfo['process'], status: RunInfo['status'] = 'training') {
  return {dir, info: runInfo({process, status})};
}

test('a run of this host is live while its process is there', async t => {
  const child = execFile(process.execPath, ['-e', 'process.stdin.resume()']);
  const training = run('nowhere', {pid: child.pid ?? 0, host: hostname()});
  t.true(await isLive(training));
  child.stdin?.end();
  await once(child, 'exit');
  t.false(await isLive(training));
});

test('a run that says it is over is not live, though its process is there', async t => {
  for (const status of ['finished', 'failed'] as const) {
    t.false(await isLive(run('nowhere', {pid: process.pid, host: hostname()}, status)));
  }
});

test('process ids that address no single process are not live', async t => {
  for (const pid of [0, -1, 1.5, NaN]) {
    t.false(await isLive(run('nowhere', {pid, host: hostname()})), String(pid));
  }
});

test('a run is not live by a process that was given its id later', async t => {
  const here = await thisProcess();
  t.true(await isLive(run('nowhere', here)));
  if (here.started === undefined) return;
  t.false(await isLive(run('nowhere', {...here, started: `${here.started}0`})));
});

test('a run from before a reboot, or of another container, is live while its writer gives signs of life', async t => {
  const dir = await temporaryFolder(t);
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const elsewhere = run(dir, {...(await thisProcess()), space: 'another boot'});
  const minutes = 60 * 1000;
  t.true(await isLive(elsewhere));
  t.false(await isLive(elsewhere, Date.now() + 11 * minutes));
  const later = new Date(Date.now() + 8 * minutes);
  await utimes(join(dir, '.writer-1.lock'), later, later);
  t.true(await isLive(elsewhere, Date.now() + 11 * minutes));
  await writer.close('failed');
});

test('a run of another host is live for 10 minutes after its last file', async t => {
  const dir = await temporaryFolder(t);
  await mkdir(join(dir, 'activations'));
  const foreign = run(dir, {pid: process.pid, host: 'another.host'});
  const minutes = 60 * 1000;
  t.true(await isLive(foreign, Date.now() + 9 * minutes));
  t.false(await isLive(foreign, Date.now() + 11 * minutes));
});
