import {fileURLToPath} from 'node:url';
import {Piscina} from 'piscina';
import type {ProjectedSamples, Projector} from '../../server/index.js';

/** After so long without a question the thread, with TensorFlow.js in it, goes. */
const IDLE_MS = 120_000;

/** Projects channels in a thread of its own, which starts with the first question. */
export function startProjector(): {project: Projector; close: () => Promise<void>} {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./project.js', import.meta.url)),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
  return {
    project: request => pool.run(request) as Promise<ProjectedSamples>,
    close: () => pool.destroy(),
  };
}
