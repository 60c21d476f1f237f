import {buildAddon} from './addon.js';
import {libtensorflow, removeLibtensorflow, type Progress} from './libtensorflow.js';
import {tryNativeBackend, type NativeBackend} from './native-backend.js';
import type {NativePackage} from './native-package.js';
import {addNpmPackage, removeNpmPackage} from './npm-package.js';
import {assertPlatform, assertTools, thisPlatform} from './preflight.js';
import {ProgramError} from '../programs/index.js';

/**
 * Installs the native backend in a project; does nothing if it works already, and otherwise only what is missing.
 *
 * @throws {Error} naming what is missing or failed, and what to do.
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

/** Removes the backend from a project, and libtensorflow from the user's cache. */
export async function uninstallNative(
  project: string,
  native: NativePackage,
  {say, signal}: Progress,
): Promise<void> {
  const removed = await removeNpmPackage(project, native, signal);
  await removeLibtensorflow(native);
  say(
    `${native.name}: ${removed ? 'removed' : 'was not installed'}; libtensorflow was removed from the cache`,
  );
}
