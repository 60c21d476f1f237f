import {hostname} from 'node:os';
import {join} from 'node:path';
import type {RunInfo} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {statIfThere} from './stat-if-there.js';

/** How long a run on another host may be silent and still count as training. */
const SILENCE_MS = 10 * 60 * 1000;

/**
 * Whether the process that trains a run is still there.
 *
 * On this host the process is looked up by its id. A run of another host (a shared folder, a container) is taken to be
 * alive while it has written something in the last 10 minutes.
 *
 * @param nowMs - The present time, milliseconds since 1970.
 */
export async function isLive(run: Pick<Run, 'dir' | 'info'>, nowMs = Date.now()): Promise<boolean> {
  const {status, process: trainer}: RunInfo = run.info;
  if (status !== 'training') return false;
  if (trainer.host === hostname()) return isProcessAlive(trainer.pid);
  return nowMs - (await lastWriteMs(run.dir)) <= SILENCE_MS;
}

function isProcessAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false; // 0 and negative ids address groups of processes
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and someone else's
  }
}

/** When `run.json` was written last, or the folder of an epoch or of the run's parts came. */
async function lastWriteMs(dir: string): Promise<number> {
  const found = await Promise.all([dir, join(dir, 'run.json'), join(dir, 'activations')].map(statIfThere));
  return Math.max(...found.map(stats => (stats === null ? 0 : Number(stats.mtimeMs))));
}
