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

interface Demo {
  logdir: string;
  demo: Outcome;
}

/** The demo that trains for two epochs on 200 digits, once for all tests of a file: `mnist-20-per-class` in `logdir`. */
export function demoOnce(...more: string[]): () => Promise<Demo> {
  let once: Promise<Demo> | undefined;
  test.after.always(async () => {
    if (once) await rm((await once).logdir, {recursive: true, force: true});
  });
  return () => (once ??= quickDemo(more));
}

async function quickDemo(more: string[]): Promise<Demo> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-demo-'));
  const size = ['--epochs', '2', '--samples-per-class', '20'];
  return {logdir, demo: await cnnslicer('demo', 'mnist', ...size, '--no-view', '--logdir', logdir, ...more)};
}
