import {join} from 'node:path';
import type {RunInfo} from '../shared/index.js';
import {isProcessAlive, lastSignOfLifeMs, SILENCE_MS, type Run} from '../store/index.js';
import {statIfThere} from './stat-if-there.js';

/**
 * Checks whether the process that trains a run is still alive.
 *
 * On this host the process is looked up by its id and the time it began. A run of another host (a shared folder, a
 * container) is taken to be alive while its writer has given a sign of life in the last 10 minutes.
 *
 * @param nowMs - The present time, milliseconds since 1970.
 */
export async function isLive(run: Pick<Run, 'dir' | 'info'>, nowMs = Date.now()): Promise<boolean> {
  const {status, process: trainer}: RunInfo = run.info;
  if (status !== 'training') return false;
  return (await isProcessAlive(trainer)) ?? nowMs - (await lastWriteMs(run.dir)) <= SILENCE_MS;
}

/** Time of the last write of the lock, of `run.json`, or of an epoch or part folder; milliseconds since 1970. */
export async function lastWriteMs(dir: string): Promise<number> {
  const found = await Promise.all([dir, join(dir, 'run.json'), join(dir, 'activations')].map(statIfThere));
  const sign = await lastSignOfLifeMs(dir).catch(() => null); // a folder that went is as silent as any
  return Math.max(sign ?? 0, ...found.map(stats => (stats === null ? 0 : Number(stats.mtimeMs))));
}
