import {readdir, rm} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';

/**
 * `events.out.tfevents.<Unix seconds>.<host>.<pid>.<n>.v2`: every writer of event files begins the name this way. Ours
 * puts its owner, if it has one, before the ending.
 */
const EVENT_FILE = /^events\.out\.tfevents\.(\d{10})\./;

let filesNamed = 0;

/**
 * A name for the next event file of the run in `dir`, which no other process and no earlier call has given.
 *
 * TensorBoard reads the files of a run in the order of their names, so the name sorts after every event file that is
 * there: should the clock be behind the newest one, or in the same second, the time in the name is one second after it.
 *
 * @param dir - An existing directory.
 * @param unixMs - The current time, milliseconds.
 * @param owner - See `EventWriter.open`.
 */
export async function nextEventFile(dir: string, unixMs: number, owner?: string): Promise<string> {
  const newest = (await eventFiles(dir)).at(-1);
  const afterNewest = newest === undefined ? 0 : unixSeconds(newest) + 1;
  const seconds = Math.max(Math.floor(unixMs / 1000), afterNewest);
  const host = hostname().replace(/[^\w.-]/g, '_');
  return `events.out.tfevents.${String(seconds).padStart(10, '0')}.${host}.${process.pid}.${filesNamed++}${ending(owner)}`;
}

/**
 * Deletes the event files that an owner wrote in `dir` (not those in its sub-directories), so that a run can be written
 * again from its first step. Files of others, also of writers without an owner, are left alone. A directory that does not
 * exist has none. To go on from a later step instead, see `purgeStep` of `EventWriter.open`. A TensorBoard that is running
 * with `--load_fast=false` shows the deleted points until its restart.
 */
export async function removeEventFiles(dir: string, owner: string): Promise<void> {
  if (typeof owner !== 'string' || owner === '') {
    throw new TypeError(
      `removeEventFiles: owner must be the text given to EventWriter.open, got ${String(owner)}.`,
    );
  }
  for (const name of await eventFiles(dir)) {
    if (name.endsWith(ending(owner))) await rm(join(dir, name), {force: true});
  }
}

/** Whether `dir` itself holds event files that none of the owners wrote. */
export async function hasEventsOfOthers(dir: string, owners: readonly string[]): Promise<boolean> {
  const isOurs = (name: string) => owners.some(owner => name.endsWith(ending(owner)));
  return (await eventFiles(dir)).some(name => !isOurs(name));
}

function ending(owner: string | undefined): string {
  return owner === undefined ? '.v2' : `.${owner}.v2`;
}

/** Names of the event files in `dir`, in TensorBoard's order. */
async function eventFiles(dir: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
  return names.filter(name => EVENT_FILE.test(name)).sort();
}

function unixSeconds(name: string): number {
  return Number(EVENT_FILE.exec(name)?.[1]);
}
