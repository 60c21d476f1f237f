import {basename, join} from 'node:path';
import {FINDINGS_EVENTS} from '../shared/index.js';
import {hasEventsOfOthers} from './event-files.js';

/** The TensorBoard runs that a run writes: `` is above the others and holds what is written once. */
const RUNS = ['', 'train', 'val', 'probe'];

/** All sub-directories of a run's events. */
export const EVENT_FOLDERS = [...RUNS, FINDINGS_EVENTS];

export interface EventFolderParts {
  /** Directory of the `tensorboard` option; `null` for the run folder itself. */
  dir: string | null;
  /** The run folder. */
  runDir: string;
  /** Owners of event files that are this run's: itself, and a run that it replaces. */
  owners: readonly string[];
}

/**
 * Returns the folder of a run's events: `tensorboard` in its own folder, or a sub-directory of the run's name in a directory that
 * runs and other programs share. Where others have written events under that name, `<name>-2`, `<name>-3`, …
 */
export async function eventFolder({dir, runDir, owners}: EventFolderParts): Promise<string> {
  if (dir === null) return join(runDir, 'tensorboard');
  for (let n = 1; ; n++) {
    const folder = join(dir, n === 1 ? basename(runDir) : `${basename(runDir)}-${n}`);
    const foreign = EVENT_FOLDERS.map(name => hasEventsOfOthers(join(folder, name), owners));
    if (!(await Promise.all(foreign)).includes(true)) return folder;
  }
}
