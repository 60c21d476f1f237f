import {execFile} from 'node:child_process';
import {readFile, readlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import {promisify} from 'node:util';
import type {ProcessIdentity} from '../shared/index.js';
import {systemErrorCode} from './file-error.js';

let own: Promise<ProcessIdentity> | undefined;

/** The process that this code runs in. A thread has the identity of its process. */
export function thisProcess(): Promise<ProcessIdentity> {
  return (own ??= identify());
}

/**
 * Checks whether a process is still alive: its id is in use by a process with the same start time, so that an id that was given
 * away again, after a reboot or in another container, is not taken for it.
 *
 * @returns `undefined` if that cannot be known from here: it runs on another host, before a reboot, or in another container.
 */
export async function isProcessAlive(process: ProcessIdentity): Promise<boolean | undefined> {
  const here = await thisProcess();
  if (process.host !== here.host) return undefined;
  if (process.space !== undefined && process.space !== here.space) return undefined;
  if (!isIdInUse(process.pid)) return false;
  if (process.started === undefined) return true;
  const started = await startOf(process.pid);
  return started === undefined || started === process.started;
}

async function identify(): Promise<ProcessIdentity> {
  const [space, started] = await Promise.all([spaceOfIds(), startOf(process.pid)]);
  return {
    pid: process.pid,
    host: hostname(),
    ...(space === undefined ? {} : {space}),
    ...(typeof started === 'string' ? {started} : {}),
  };
}

function isIdInUse(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false; // 0 and negative ids address groups of processes
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and someone else's
  }
}

/** Linux: what makes an id that of a boot and of a container. */
async function spaceOfIds(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const [boot, namespace] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ]);
    return `${boot.trim()} ${namespace}`;
  } catch {
    return undefined; // a system that hides them; the id has to do
  }
}

/**
 * When a process began, as the system tells it; two texts are equal or they are not, and mean nothing else.
 *
 * @returns `null` if the process has ended, `undefined` where the system does not tell.
 */
async function startOf(pid: number): Promise<string | null | undefined> {
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'win32') return undefined;
  try {
    return (await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim() || null;
  } catch {
    return undefined;
  }
}

async function startOnLinux(pid: number): Promise<string | null | undefined> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ESRCH' ? null : undefined;
  }
  // Fields from the third on; the second is the program's name in brackets, which may hold anything.
  const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null; // dead, and its parent has not asked how
  return fields[18]; // the 22nd, in clock ticks since the boot
}
