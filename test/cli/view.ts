import {spawn} from 'node:child_process';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

/** What `cnnslicer view` prints at its start. */
async function started(t: ExecutionContext, ...args: string[]): Promise<{stdout: string; stderr: string}> {
  const folder = await temporaryFolder(t);
  const view = spawn(process.execPath, [
    'dist/cli/main.js',
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
    'Warning: 0.0.0.0 can be reached from other machines: whoever has the address below, with its token, can read the runs.\n',
  );
});
