import {createHash} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The sources that determine the numbers, not their presentation. */
const library = [
  'shared',
  'metrics',
  'store',
  'measures',
  'model',
  'capture',
  'recorder',
  'deconvnet',
  'wasm-training',
  'callback',
  'datasets',
  'analysis',
];
const own = ['claims', 'lab.js', 'statistics.js'];

/**
 * Digest of the compiled code behind a result: it changes with any of its lines.
 *
 * @param more - What it is made by besides library and claims, from this folder.
 */
export async function codeVersion(more: readonly string[]): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  const dist = join(dirname(fileURLToPath(import.meta.resolve('cnnslicer/metrics'))), '..');
  const hash = createHash('sha256');
  for (const [root, names] of [[dist, library] as const, [here, [...own, ...more]] as const]) {
    for (const name of names) {
      for (const file of await codeFiles(join(root, name))) {
        hash.update(relative(root, file)).update(await readFile(file));
      }
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Scripts and WebAssembly in a folder and below it, sorted; a file is itself. */
async function codeFiles(path: string): Promise<string[]> {
  if (path.endsWith('.js')) return [path];
  const entries = await readdir(path, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile() && /\.(js|wasm)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
