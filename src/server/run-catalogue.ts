import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {Cube, LazyPool} from '../analysis/index.js';
import {listRuns, type ListedRun, type Run} from '../store/index.js';
import {HttpError} from './http-error.js';
import {pathsFrom} from './paths-from.js';
import {runState, type RunState} from './run-state.js';
import {statIfThere} from './stat-if-there.js';

/**
 * The runs of a log directory as they are now, opened once and kept: a look at an unchanged run costs two `stat` calls,
 * and two for each of its epochs.
 *
 * Runs are only found by listing, never by joining a client's text to a path, and the store refuses a run whose folder
 * is a link out of the log directory: nothing that a client sends can name a file.
 */
export class RunCatalogue {
  readonly #logdir: string;
  readonly #shown: (message: string) => string;
  #listed: readonly ListedRun[] = [];
  /** Threads for the questions to all runs. */
  readonly #pool = new LazyPool();
  readonly #cubes = new WeakMap<Run, Cube>();
  /** By folder name, a text that is another one when the run has to be opened again. */
  #folders: ReadonlyMap<string, string> = new Map();

  /** @param logdir - It may come to be later; until then there are no runs. */
  constructor(logdir: string) {
    this.#logdir = logdir;
    this.#shown = pathsFrom(logdir, 'the log directory');
  }

  /** All runs and their epochs, by name. */
  async look(): Promise<RunState[]> {
    return Promise.all((await this.#list()).map(listed => runState(listed, this.#shown)));
  }

  /**
   * The present state of one run.
   *
   * @throws {HttpError} 404 `no-such-run`.
   */
  async state(id: string): Promise<RunState> {
    return runState(await this.#find(id), this.#shown);
  }

  /**
   * A run by the name of its folder.
   *
   * @throws {HttpError} 404 `no-such-run`, or 500 `broken-run` with the problem.
   */
  async open(id: string): Promise<Run> {
    const {run, problem} = await this.#find(id);
    if (run === undefined)
      throw new HttpError(500, 'broken-run', problem ?? `The run ${id} cannot be opened.`);
    return run;
  }

  /**
   * A run that answers questions.
   *
   * @throws {HttpError} like {@link open}.
   */
  async cube(id: string): Promise<Cube> {
    const run = await this.open(id);
    const cube = this.#cubes.get(run) ?? new Cube(run.dir, run.info, this.#pool);
    this.#cubes.set(run, cube);
    return cube;
  }

  /** Ends the threads that questions are answered with. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #find(id: string): Promise<ListedRun> {
    const listed = await this.#list();
    const found = listed.find(entry => entry.id === id);
    if (found !== undefined) return found;
    const known = listed.length === 0 ? 'none yet' : listed.map(entry => entry.id).join(', ');
    throw new HttpError(404, 'no-such-run', `There is no run ${JSON.stringify(id)}; the runs are: ${known}.`);
  }

  async #list(): Promise<readonly ListedRun[]> {
    const folders = await folderStates(this.#logdir);
    if (sameEntries(folders, this.#folders)) return this.#listed;
    const foldersBefore = this.#folders;
    const before = new Map(this.#listed.map(entry => [entry.id, entry]));
    // A run that is kept open remembers the manifests that it has read.
    const keepUnchanged = (entry: ListedRun) =>
      folders.get(entry.id) === foldersBefore.get(entry.id) ? (before.get(entry.id) ?? entry) : entry;
    const listed = (await listRuns(this.#logdir)).map(keepUnchanged);
    this.#listed = listed;
    this.#folders = folders;
    return listed;
  }
}

async function folderStates(logdir: string): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const name of await namesIn(logdir)) {
    const dir = join(logdir, name);
    const found = await Promise.all([statIfThere(dir), statIfThere(join(dir, 'run.json'))]);
    const texts = found.map(stats => (stats === null ? '-' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`));
    states.set(name, texts.join(' / '));
  }
  return states;
}

async function namesIn(logdir: string): Promise<string[]> {
  try {
    return await readdir(logdir);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    const message = `The log directory cannot be read (${code ?? String(error)}). Choose another folder.`;
    throw new HttpError(500, 'unreadable-logdir', message, {cause: error});
  }
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
