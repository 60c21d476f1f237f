import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';

/** The packages of npm that a bench runs beside ours, or on. */
const PACKAGES: Record<string, readonly string[]> = {
  peers: ['umap-js'],
  store: ['hyparquet-writer', 'hyparquet', 'apache-arrow', 'parquetjs-lite'],
  wasm: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  capture: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  'capture-native': ['@tensorflow/tfjs-node'],
  'capture-large': ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  deconvnet: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
};

/** Versions of what takes part in a bench, ours included. */
export async function versionsOf(bench: string): Promise<Record<string, string>> {
  const versions: Record<string, string> = {cnnslicer: await packageVersion('package.json')};
  for (const name of PACKAGES[bench] ?? []) {
    versions[name] = await packageVersion(`node_modules/${name}/package.json`);
  }
  if (bench === 'peers') Object.assign(versions, await peerVersions());
  return versions;
}

/** The Python packages as pinned, and the C compiler as found. */
async function peerVersions(): Promise<Record<string, string>> {
  const pinned = (await readFile('bench/peers/requirements.txt', 'utf8')).matchAll(/^(\S+)==(\S+)$/gm);
  const {stdout} = await promisify(execFile)('gcc', ['-dumpfullversion']);
  const versions: Record<string, string> = {gcc: stdout.trim()};
  for (const [, name = '', version = ''] of pinned) versions[name] = version;
  return versions;
}

async function packageVersion(path: string): Promise<string> {
  return (JSON.parse(await readFile(path, 'utf8')) as {version: string}).version;
}
