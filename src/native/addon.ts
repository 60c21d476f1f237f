import {existsSync, realpathSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Progress} from './libtensorflow.js';
import {ProgramError, runProgram} from '../programs/index.js';

/**
 * Copies libtensorflow into the npm package and compiles the addon that binds it to Node, with the package's own script.
 *
 * @param packageFolder - `node_modules/@tensorflow/tfjs-node`.
 * @param library - Folder with `include` and `lib`.
 * @throws {Error} if the compiler fails; its last lines are in the message.
 */
export async function buildAddon(packageFolder: string, library: string, progress: Progress): Promise<void> {
  const {say, signal} = progress;
  say('addon: compiling …');
  const stage = join(packageFolder, 'deps');
  for (const made of ['deps', 'build', 'lib'])
    await rm(join(packageFolder, made), {recursive: true, force: true});
  // Hard links cost no disk, but work only within one file system.
  await runProgram('cp', ['-al', library, stage], {signal}).catch(async (error: unknown) => {
    if (!(error instanceof ProgramError)) throw error;
    await rm(stage, {recursive: true, force: true});
    await runProgram('cp', ['-a', library, stage], {signal});
  });
  try {
    await runProgram('npm', ['run', 'build-addon-from-source'], {
      cwd: packageFolder,
      env: nodeHeaders(),
      signal,
    });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const lines = error.output.trimEnd().split('\n').slice(-20);
    throw new Error(`the addon could not be compiled; the compiler's last lines:\n${lines.join('\n')}`, {
      cause: error,
    });
  }
}

/** Finds installed headers of Node; without them, node-gyp downloads them. Any version works: N-API is stable. */
function nodeHeaders(): NodeJS.ProcessEnv {
  if (process.env.npm_config_nodedir) return {};
  const prefixes = [dirname(dirname(realpathSync(process.execPath))), '/usr', '/usr/local'];
  const prefix = prefixes.find(
    folder =>
      existsSync(join(folder, 'include/node/node_api.h')) &&
      existsSync(join(folder, 'include/node/common.gypi')),
  );
  return prefix === undefined ? {} : {npm_config_nodedir: prefix};
}
