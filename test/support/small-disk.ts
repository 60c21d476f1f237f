import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/**
 * Runs a shell command that has a small disk at `$1`, Node as `$2` and further arguments from `$3` on, in a mount
 * private namespace that ends with it.
 *
 * @param size - Of the disk, as `mount` takes it, e.g. `1m`.
 */
export function withSmallDisk(folder: string, size: string, command: string, ...rest: string[]) {
  const script = `mount -t tmpfs -o size=${size} tmpfs "$1" && ${command}`;
  const inNamespace = ['--map-root-user', '--mount', 'sh', '-c', script, 'sh', folder];
  return run('unshare', [...inNamespace, process.execPath, ...rest]);
}

/** Checks whether such a disk is available here; prints a line if not. */
export async function canMount(): Promise<boolean> {
  try {
    await withSmallDisk('/mnt', '1m', 'true');
    return true;
  } catch (error) {
    console.warn(`A small disk cannot be mounted here: ${(error as Error).message}`);
    return false;
  }
}
