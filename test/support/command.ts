import {execFile} from 'node:child_process';

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

/** Trains for two epochs on 200 digits: the run `mnist-20-per-class` in `logdir`. */
export function quickDemo(logdir: string, ...more: string[]): Promise<Outcome> {
  const size = ['--epochs', '2', '--samples-per-class', '20'];
  return cnnslicer('demo', 'mnist', ...size, '--no-view', '--logdir', logdir, ...more);
}
