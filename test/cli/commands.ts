import {execFile} from 'node:child_process';
import {readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {RunFindings} from 'cnnslicer/analysis';
import {temporaryFolder} from '../support/temporary-folder.js';

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a user's shell would. */
function cnnslicer(...args: string[]): Promise<Outcome> {
  return new Promise(resolve => {
    const env = {...process.env, DEBUG: ''};
    execFile(
      process.execPath,
      ['dist/cli/main.js', ...args],
      {env, maxBuffer: 16 << 20},
      (error, stdout, stderr) =>
        resolve({code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr}),
    );
  });
}

const quickDemo = (logdir: string, ...more: string[]) =>
  cnnslicer(
    'demo',
    'mnist',
    '--epochs',
    '2',
    '--samples-per-class',
    '20',
    '--no-view',
    '--logdir',
    logdir,
    ...more,
  );

test('the quick demo trains on real digits, says what it found and where the files are; inspect and verify read it', async t => {
  const logdir = await temporaryFolder(t);
  const demo = await quickDemo(logdir);
  t.is(demo.code, 0, demo.stderr);
  t.is(demo.stderr, '');
  t.regex(demo.stdout, /Training on 200 MNIST digits for 2 epochs \(backend wasm\)/);
  t.regex(demo.stdout, /epoch 2\/2 {2}loss \d\.\d{3}/);
  t.regex(demo.stdout, /Accuracy +training \d+\.\d %, validation \d+\.\d %/);
  t.regex(demo.stdout, /conv2d_2 .*\d+\.\d{3} → \d+\.\d{3}/);
  t.true(demo.stdout.includes(join(logdir, 'mnist-20-per-class')));

  const inspect = await cnnslicer('inspect', 'mnist-20-per-class', '--logdir', logdir);
  t.is(inspect.code, 0);
  t.regex(inspect.stdout, /Epochs +0\.\.2 \(/);
  t.regex(inspect.stdout, /conv2d_1 .*Conv2D .*26 x 26/);

  const run = join(logdir, 'mnist-20-per-class');
  t.is((await cnnslicer('verify', run)).code, 0);
  const table = join(run, 'metrics/logs/epoch=1', (await readdir(join(run, 'metrics/logs/epoch=1')))[0]!);
  const bytes = await readFile(table);
  bytes[10]! ^= 1;
  await writeFile(table, bytes);
  const verify = await cnnslicer('verify', run);
  t.is(verify.code, 1);
  t.regex(verify.stdout, /^damage: metrics\/logs\/epoch=1\/part-0\.parquet: /);
  await rm(table);
  t.is((await cnnslicer('verify', run)).code, 1);
});

test('demo --json prints the findings and nothing else', async t => {
  const {code, stdout, stderr} = await quickDemo(await temporaryFolder(t), '--json', '--seed', '3');
  t.is(code, 0, stderr);
  const findings = JSON.parse(stdout) as RunFindings;
  t.deepEqual(findings.epochs, {first: 0, last: 2, count: 3});
  t.is(findings.layers.length, 7);
});

test('wrong usage ends with 2 and a hint, failed work with 1 and one line', async t => {
  const unknown = await cnnslicer('demo', 'imagenet');
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /Allowed choices are mnist/);
  t.is((await cnnslicer('demo', '--epochs', '0')).code, 2);
  t.is((await cnnslicer('nonsense')).code, 2);
  const missing = await cnnslicer('inspect', 'no-such-run', '--logdir', await temporaryFolder(t));
  t.is(missing.code, 1);
  t.regex(missing.stderr, /^cnnslicer: .*no-such-run.*\n$/);
});

test('every command explains itself with examples', async t => {
  for (const command of ['demo', 'view', 'inspect', 'verify']) {
    const {code, stdout} = await cnnslicer(command, '--help');
    t.is(code, 0);
    t.regex(stdout, new RegExp(`Examples:\\n {2}\\$ cnnslicer ${command}`));
  }
});
