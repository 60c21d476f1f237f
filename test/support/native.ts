import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import 'cnnslicer/tfjs-node-compat';
import test, {type ExecutionContext} from 'ava';

/** The native package's folder, if it and its addon are installed. */
function installed(): boolean {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
    return existsSync(join(folder, 'lib'));
  } catch {
    return false;
  }
}

export const nativeInstalled = installed();

/** Loads the native backend; the tfjs that a test imports gets it, as it is the same copy. */
export async function loadNative(): Promise<void> {
  const name = '@tensorflow/tfjs-node'; // not installed by `npm ci`, so unknown to the compiler
  await import(name);
}

/** A test on the native backend: without it the test is skipped, and its line says how to get it. */
export function nativeTest(title: string, run: (t: ExecutionContext) => Promise<void>): void {
  if (nativeInstalled) test.serial(title, run);
  else
    test.skip(
      `${title} [no native backend: run "node dist/cli/main.js install-native --no-save" first]`,
      run,
    );
}
