import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {readFile, type FileHandle} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

// What the disk is asked for, in order: the calls themselves are made, too. In place before the store is loaded.
type Call = ['sync' | 'rename', path: string];
const calls: Call[] = [];
const paths = new WeakMap<FileHandle, string>();
/** Bytes that one `writev` may take; the rest of a chunk is to be written again. */
let bytesAtOnce = Infinity;

const {open, rename} = fs.promises;
fs.promises.open = async (...parameters) => {
  const handle = await open(...parameters);
  paths.set(handle, String(parameters[0]));
  return handle;
};
fs.promises.rename = async (from, to) => {
  await rename(from, to);
  calls.push(['rename', String(to)]);
};
syncBuiltinESMExports();

const handle = await open(new URL(import.meta.url));
interface Writing {
  sync: (this: FileHandle) => Promise<void>;
  writev: (this: FileHandle, chunks: readonly Uint8Array[], position?: number) => Promise<unknown>;
}
const prototype = Object.getPrototypeOf(handle) as Writing;
await handle.close();
const {sync, writev} = prototype;
prototype.sync = async function () {
  await sync.call(this);
  calls.push(['sync', paths.get(this) ?? '']);
};
prototype.writev = function (chunks, position) {
  const [first] = chunks;
  if (first === undefined || bytesAtOnce === Infinity) return writev.call(this, chunks, position);
  return writev.call(this, [first.subarray(0, bytesAtOnce)], position);
};

const {replaceFile} = await import('#src/store/replace-file.js');
const {openRun} = await import('cnnslicer/store');
const {writeRun} = await import('../support/written-run.js');

test.serial('every file is on the disk before its name is, and its name before the epoch is', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0]});
  const names = calls.map(([call, path]): Call => [call, relative(dir, path)]);
  const manifest = names.findIndex(
    ([call, path]) => call === 'rename' && path === 'activations/epoch=0/_manifest.json',
  );
  t.true(manifest > 0);
  const files = names
    .slice(0, manifest)
    .filter(([call, path]) => call === 'rename' && !path.endsWith('.json'));
  t.true(files.length > 6);
  for (const [, path] of files) {
    const renamed = names.findIndex(([call, name]) => call === 'rename' && name === path);
    const [call, synced] = names[renamed - 1] as Call;
    t.is(call, 'sync', path);
    t.is(dirname(synced), dirname(path), 'its temp file in the same folder');
    t.deepEqual(names[renamed + 1], ['sync', dirname(path)]);
  }
  const before = names.slice(0, manifest);
  for (const [, path] of files) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const made = before.findLastIndex(([call, name]) => call === 'rename' && name.startsWith(`${folder}/`));
      const synced = before.findLastIndex(([call, name]) => call === 'sync' && name === folder);
      t.true(synced > made, `${folder} is synced after the last name in it, before the manifest`);
    }
  }
  t.deepEqual(names[manifest + 1], ['sync', 'activations/epoch=0']);
  t.deepEqual(await (await openRun(dir)).epochs(), [0]);
});

test.serial('what the system did not take at once is written all the same', async t => {
  const path = join(await temporaryFolder(t), 'file');
  bytesAtOnce = 3;
  t.teardown(() => (bytesAtOnce = Infinity));
  const chunks = ['abcdefghij', '', 'k', 'lmn', 'opqrstu'].map(text => new TextEncoder().encode(text));
  t.is((await replaceFile(path, append => append(chunks))).bytes, 21);
  t.is(await readFile(path, 'utf8'), 'abcdefghijklmnopqrstu');
});
