import {totalmem} from 'node:os';
import {buffer} from 'node:stream/consumers';
import {deserialize} from 'node:v8';
import {ProcessPool} from '../../processes/index.js';
import type {ProjectedSamples, ProjectionRequest, Projector} from '../../server/index.js';

/** A projection takes a second or two; one that takes this long has failed. */
const TIMEOUT_MS = 120_000;

/** Projects channels in a separate process, which starts with the first query and ends after a while without one. */
export function startProjector(): {project: Projector; close: () => void} {
  const pool = new ProcessPool<ProjectionRequest>({
    entry: new URL('../../bundled/project.js', import.meta.url),
    processes: 1,
    memoryMb: Math.min(2048, Math.floor(totalmem() / 2 ** 20 / 3)),
    timeoutMs: TIMEOUT_MS,
  });
  const {signal} = new AbortController(); // people look at one channel for a while: a started projection is completed
  return {
    project: async request =>
      deserialize(await buffer(await pool.ask(request, {signal}))) as ProjectedSamples,
    close: () => pool.close(),
  };
}
