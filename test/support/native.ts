import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import 'cnnslicer/tfjs-node-compat';

/** Whether the native package is there with its addon: `npm ci` alone does not bring it. */
export const nativeInstalled = installed();

/** The backends that a test can use here, by the names that tfjs has for them. */
export const backends = ['cpu', 'wasm', ...(nativeInstalled ? ['tensorflow'] : [])];

function installed(): boolean {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
    return existsSync(join(folder, 'lib'));
  } catch {
    return false;
  }
}

/** Where it is installed, registers the native backend as `tensorflow` with the tfjs that everybody here imports, and makes it the current one. */
export async function loadNative(): Promise<void> {
  if (!nativeInstalled) return;
  const name = '@tensorflow/tfjs-node'; // a variable, as the compiler knows of no such module
  await import(name);
}
