import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a user's shell would. */
export function cnnslicer(...args: string[]): Promise<Outcome> {
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

/** The demo that trains for two epochs on 200 digits, once for a file of tests: the run `mnist-20-per-class` in `logdir`. */
export async function demoOnce(...more: string[]): Promise<{logdir: string; demo: Outcome}> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-demo-'));
  test.after.always(() => rm(logdir, {recursive: true, force: true}));
  const size = ['--epochs', '2', '--samples-per-class', '20'];
  return {logdir, demo: await cnnslicer('demo', 'mnist', ...size, '--no-view', '--logdir', logdir, ...more)};
}
