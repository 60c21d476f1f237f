import {createRequire} from 'node:module';
import {basename, resolve} from 'node:path';
import type {Host} from '../capture/host.js';
import {BackgroundRecorder} from '../recorder/background-recorder.js';
import {freeBytes, freeMemory} from '../recorder/free-bytes.js';
import type {Recorder} from '../shared/recording/recorder.js';
import {thisProcess} from '../store/process-identity.js';
import {finishBeforeProcessEnds} from './process-end.js';

const {version} = createRequire(import.meta.url)('cnnslicer/package.json') as {version: string};

/** Node, Bun or Deno: epochs are recorded into files, in a worker thread if wanted. */
export const nodeHost: Host = {
  openRecorder: async background => (background ? new BackgroundRecorder() : recorderHere()),
  identify: async () => ({
    process: await thisProcess(),
    versions: {cnnslicer: version, node: process.versions.node, ...otherRuntime()},
  }),
  free: async dir => ({disk: await freeBytes(dir), memory: freeMemory()}),
  absolute: path => resolve(path),
  runName: dir => basename(dir),
  finishBeforeEnd: finishBeforeProcessEnds,
};

/** Loaded on demand: Arrow, Parquet and Protocol Buffers belong in the recorder's own thread. */
async function recorderHere(): Promise<Recorder> {
  const {RunRecorder} = await import('../recorder/run-recorder.js');
  return new RunRecorder();
}

/** Bun and Deno report a version of Node, and their own in addition. */
function otherRuntime(): {runtime?: string} {
  const name = ['bun', 'deno'].find(other => process.versions[other] !== undefined);
  return name === undefined ? {} : {runtime: `${name} ${process.versions[name]}`};
}
