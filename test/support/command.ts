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
      ['dist/bundled/cnnslicer.js', ...args],
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

const demos = new Map<string, Promise<Demo>>();

/** The demo that trains for two epochs on 200 digits, once a process: `mnist-20-per-class` in `logdir`, to be read only. */
export function demoOnce(...more: string[]): () => Promise<Demo> {
  const key = more.join(' ');
  test.after.always(async () => {
    const made = demos.get(key);
    if (made) await rm((await made).logdir, {recursive: true, force: true});
  });
  return () => {
    const demo = demos.get(key) ?? quickDemo(more);
    demos.set(key, demo);
    return demo;
  };
}

async function quickDemo(more: string[]): Promise<Demo> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-demo-'));
  const size = ['--epochs', '2', '--samples-per-class', '20'];
  return {logdir, demo: await cnnslicer('demo', 'mnist', ...size, '--no-view', '--logdir', logdir, ...more)};
}
