import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {RunSummary} from '#src/shared/index.js';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeRun} from '../support/written-run.js';

/** What `cnnslicer view` prints at its start. */
async function started(t: ExecutionContext, ...args: string[]): Promise<{stdout: string; stderr: string}> {
  const folder = await temporaryFolder(t);
  const view = spawn(process.execPath, [
    'dist/bundled/cnnslicer.js',
    'view',
    '--logdir',
    folder,
    '--port',
    '0',
    ...args,
  ]);
  const printed = {stdout: '', stderr: ''};
  view.stdout.on('data', (text: Buffer) => (printed.stdout += String(text)));
  view.stderr.on('data', (text: Buffer) => (printed.stderr += String(text)));
  await once(view.stdout, 'data');
  view.kill('SIGTERM');
  await once(view, 'close');
  return printed;
}

test('view at an address of this machine alone says where it is, and no more', async t => {
  const {stdout, stderr} = await started(t, '--quiet');
  t.regex(stdout, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
  t.is(stderr, '');
});

test('view at an address that other machines reach warns in one line and gives the address with a token', async t => {
  const {stdout, stderr} = await started(t, '--host', '0.0.0.0');
  t.regex(
    stdout,
    /^The viewer is at http:\/\/localhost:\d+\/\?token=[\w-]{32} \(runs in .*; Ctrl-C stops it\)\.\n$/,
  );
  t.is(
    stderr,
    'Warning: 0.0.0.0 can be reached from other machines: anyone who has the address below, with its token, can read the runs.\n',
  );
});

/** Where a viewer that was just started is; it ends with the test. */
async function addressOf(t: ExecutionContext, view: ChildProcess): Promise<string> {
  t.teardown(() => view.kill('SIGKILL'));
  const [line] = (await once(view.stdout!, 'data')) as [Buffer];
  return String(line).trim();
}

const MANY = 1000;

test(`${MANY} runs are listed with room for 256 open files, and each can be asked for`, async t => {
  const logdir = await temporaryFolder(t);
  for (let i = 0; i < MANY; i++) {
    const dir = join(logdir, `run-${String(i).padStart(4, '0')}`);
    await mkdir(dir);
    await writeFile(join(dir, 'run.json'), JSON.stringify(runInfo({name: `run ${i}`, status: 'finished'})));
  }
  const command = `ulimit -n 256; exec "${process.execPath}" dist/bundled/cnnslicer.js view --logdir "${logdir}" --port 0 --quiet`;
  const url = await addressOf(t, spawn('sh', ['-c', command]));
  const list = async () => (await (await fetch(`${url}api/runs`)).json()) as RunSummary[];
  const lists = await Promise.all([list(), list(), list(), list()]);
  for (const runs of lists) {
    t.is(runs.length, MANY);
    t.deepEqual(
      runs.filter(({problem}) => problem !== undefined),
      [],
    );
  }
  const names = [0, 499, 999].map(i => `run-${String(i).padStart(4, '0')}`);
  for (const answer of await Promise.all(names.map(name => fetch(`${url}api/runs/${name}`))))
    t.is(answer.status, 200);
  const missing = await fetch(`${url}api/runs/none`);
  t.regex(await missing.text(), /the runs are: run-0000, run-0001, .*, run-0019 and 980 more\./);
});

test('folders that may not be read are left out or reported as bad, and the other runs are served', async t => {
  const logdir = await temporaryFolder(t);
  await chmod(logdir, 0o755);
  await writeRun(join(logdir, 'good'), {epochs: [0]});
  for (const [name, mode] of [
    ['private', 0o711],
    ['closed', 0o700],
  ] as const) {
    await mkdir(join(logdir, name));
    await chmod(join(logdir, name), mode);
  }
  await writeRun(join(logdir, 'locked'), {epochs: [0]});
  await chmod(join(logdir, 'locked', 'run.json'), 0o600);
  const asRoot = process.getuid?.() === 0;
  if (!asRoot)
    for (const name of ['private', 'closed', 'locked/run.json']) await chmod(join(logdir, name), 0o000);
  const args = ['dist/bundled/cnnslicer.js', 'view', '--logdir', logdir, '--port', '0', '--quiet'];
  const url = await addressOf(t, spawn(process.execPath, args, asRoot ? {uid: 65534, gid: 65534} : {}));
  const response = await fetch(`${url}api/runs`);
  t.is(response.status, 200);
  const runs = (await response.json()) as RunSummary[];
  t.deepEqual(
    runs.filter(({problem}) => problem === undefined).map(({id}) => id),
    ['good'],
  );
  const locked = runs.find(({id}) => id === 'locked');
  t.regex(locked?.problem ?? '', /^cannot read locked\/run\.json: .*permission/i);
  t.false(runs.some(({id}) => id === 'private'));
  t.is((await fetch(`${url}api/runs/good/tables/logs`)).status, 200);
  for (const name of ['private', 'closed', 'locked']) {
    const {status} = await fetch(`${url}api/runs/${name}`);
    t.true(status === 404 || status === 500, `${name}: ${status}`);
  }
  for (const name of ['private', 'closed']) await chmod(join(logdir, name), 0o755);
});
