import {execFile} from 'node:child_process';
import {resolve} from 'node:path';
import {promisify} from 'node:util';

/** Runs an example as `npm run example NAME` does, in a new folder, and returns its output. */
export async function example(
  name: string,
  folder: string,
  env: Record<string, string> = {},
): Promise<string> {
  const {stdout} = await promisify(execFile)(process.execPath, [resolve('scripts/run-example.mjs'), name], {
    cwd: folder,
    env: {...process.env, ...env},
  });
  return stdout;
}
