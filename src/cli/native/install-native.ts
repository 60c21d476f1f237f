import {buildAddon} from './addon.js';
import {libtensorflow, removeLibtensorflow, type Progress} from './libtensorflow.js';
import {tryNativeBackend, type NativeBackend} from './native-backend.js';
import type {NativePackage} from './native-package.js';
import {addNpmPackage, removeNpmPackage} from './npm-package.js';
import {assertPlatform, assertTools, thisPlatform} from './preflight.js';
import {ProgramError} from '../../programs/index.js';

/**
 * Makes the native backend work in a project; does nothing where it works already, and only what is missing elsewhere.
 *
 * @throws {Error} saying what is missing or went wrong, and what to do.
 */
export async function installNative(
  project: string,
  native: NativePackage,
  {save}: {save: boolean},
  progress: Progress,
): Promise<NativeBackend> {
  const {signal} = progress;
  assertPlatform(thisPlatform());
  try {
    return await tryNativeBackend(project, native, signal);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
  }
  await assertTools(signal);
  const library = await libtensorflow(native, progress);
  const packageFolder = await addNpmPackage(project, native, save, progress);
  await buildAddon(packageFolder, library, progress);
  try {
    return await tryNativeBackend(project, native, signal);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(`${native.name} was installed but does not work here:\n${error.output.trim()}`, {
      cause: error,
    });
  }
}

/** Takes the backend out of a project, and libtensorflow out of the user's cache. */
export async function uninstallNative(
  project: string,
  native: NativePackage,
  {say, signal}: Progress,
): Promise<void> {
  const removed = await removeNpmPackage(project, native, signal);
  await removeLibtensorflow(native);
  say(`${native.name}: ${removed ? 'removed' : 'was not installed'}; libtensorflow is out of the cache`);
}
