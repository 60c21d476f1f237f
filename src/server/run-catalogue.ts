import {join, resolve} from 'node:path';
import {isListed, listRun, walkFolders, type ListedRun, type Run} from '../store/index.js';
import type {RunInfo} from '../shared/index.js';
import type {RunAt} from './answering/question.js';
import {bounded} from './bounded.js';
import {HttpError} from './http-error.js';
import {pathsFrom} from './paths-from.js';
import {runState, type RunState} from './run-state.js';
import {statIfThere} from './stat-if-there.js';

/** Runs that are looked at side by side: each takes a handle or two. */
const AT_A_TIME = 16;
/** How long the state of one run stays valid: with few runs it is read again for each request. */
const GOOD_FOR_MS = 1;
/** How soon a problem is checked again: permissions and open-file limits leave no trace in the folder. */
const RETRY_MS = 5000;
/** Runs that an error names. */
const MAX_NAMED = 20;

/** A folder of the log directory as it was last seen. */
interface Entry {
  /** Another text when the run has to be opened again. */
  version: string;
  /** Undefined if it is not a run. */
  listed: ListedRun | undefined;
  /** It is read again then, whatever its version. */
  goodUntilMs: number;
  /** State of a run that is no longer trained, and the epoch folder that it was read from. */
  settled?: {epochs: string; state: RunState};
  /** The epochs whose files have been looked at, or are being. */
  examined?: string;
}

/**
 * The runs of a log directory as they are now, opened once and kept: a look at an unchanged run costs three `stat` calls,
 * and two for each of its epochs while it is trained. Who asks for one run has that one looked at.
 *
 * Runs are only found by listing, never by joining a client's text to a path, and the store refuses a run whose folder
 * is a link out of the log directory: nothing that a client sends can name a file.
 */
export class RunCatalogue {
  readonly #logdir: string;
  readonly #shown: (message: string) => string;
  #entries = new Map<string, Entry>();
  #look: {states: Promise<RunState[]>; goodUntilMs: number} | undefined;

  /** @param logdir - It may come to be later; until then there are no runs. */
  constructor(logdir: string) {
    this.#logdir = resolve(logdir);
    this.#shown = pathsFrom(logdir, 'the log directory');
  }

  /** All runs and their epochs, by name, as they were a moment ago. */
  look(): Promise<RunState[]> {
    const now = performance.now();
    if (this.#look && now < this.#look.goodUntilMs) return this.#look.states;
    // Concurrent requests share one check.
    const look = {states: this.#lookAtAll(), goodUntilMs: Infinity};
    this.#look = look;
    look.states.then(
      () => (look.goodUntilMs = now + GOOD_FOR_MS * this.#entries.size),
      () => (look.goodUntilMs = 0),
    );
    return look.states;
  }

  /**
   * The present state of one run.
   *
   * @throws {HttpError} 404 `no-such-run`.
   */
  async state(id: string): Promise<RunState> {
    const {entry, listed} = await this.#find(id);
    delete entry.settled; // who asks for one run has all of it looked at, also what a list may miss
    return this.#state(entry, listed);
  }

  /**
   * A run by the path of its folder below the log directory.
   *
   * @throws {HttpError} 404 `no-such-run`, or 500 `broken-run` with the problem.
   */
  async open(id: string): Promise<Run> {
    return opened((await this.#find(id)).listed);
  }

  /**
   * Returns the location and state of a run for an answering process.
   *
   * @throws {HttpError} like {@link open}.
   */
  async locate(id: string): Promise<RunAt & {info: RunInfo}> {
    const {entry, listed} = await this.#find(id);
    const {dir, info} = opened(listed);
    return {dir, version: entry.version, info};
  }

  /**
   * Looks at every file of a run's epochs, once for each epoch that comes: from then on its summary names those that are
   * damaged.
   *
   * @throws {HttpError} like {@link open}.
   */
  async examine(id: string): Promise<void> {
    const {entry, listed} = await this.#find(id);
    const run = opened(listed);
    const epochs = `${entry.version} ${(await run.epochs()).join(' ')}`;
    if (entry.examined === epochs) return;
    entry.examined = epochs;
    await run.check();
    delete entry.settled;
  }

  async #lookAtAll(): Promise<RunState[]> {
    const entries = new Map<string, Entry>();
    const states: RunState[] = [];
    await this.#reading(() =>
      walkFolders(this.#logdir, ids =>
        bounded(ids, AT_A_TIME, async id => {
          const entry = await this.#entry(id);
          entries.set(id, entry);
          if (entry.listed) states.push(await this.#state(entry, entry.listed));
          return entry.listed !== undefined;
        }),
      ),
    );
    this.#entries = entries;
    return states.sort((a, b) => (a.summary.id < b.summary.id ? -1 : 1));
  }

  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const {code} = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const message = `The log directory cannot be read (${code}). Choose another folder.`;
      throw new HttpError(500, 'unreadable-logdir', message, {cause: error});
    }
  }

  async #find(id: string): Promise<{entry: Entry; listed: ListedRun}> {
    if (await this.#reading(() => isListed(this.#logdir, id))) {
      const entry = await this.#entry(id);
      this.#entries.set(id, entry);
      if (entry.listed !== undefined) return {entry, listed: entry.listed};
    }
    const known = (await this.look()).map(({summary}) => summary.id);
    const named = known.length === 0 ? 'none yet' : known.slice(0, MAX_NAMED).join(', ');
    const more = known.length > MAX_NAMED ? ` and ${known.length - MAX_NAMED} more` : '';
    throw new HttpError(
      404,
      'no-such-run',
      `There is no run ${JSON.stringify(id)}; the runs are: ${named}${more}.`,
    );
  }

  /** A folder as it is now: the one known where nothing has changed, for an open run remembers what it has read. */
  async #entry(id: string): Promise<Entry> {
    const dir = join(this.#logdir, id);
    const version = `${await stamp(dir)} / ${await stamp(join(dir, 'run.json'))}`;
    const known = this.#entries.get(id);
    if (known?.version === version && performance.now() < known.goodUntilMs) return known;
    const listed = await listRun(this.#logdir, id);
    return {
      version,
      listed,
      goodUntilMs: performance.now() + (listed?.problem === undefined ? Infinity : RETRY_MS),
    };
  }

  async #state(entry: Entry, listed: ListedRun): Promise<RunState> {
    if (listed.run === undefined || listed.run.info.status === 'training')
      return runState(listed, this.#shown);
    const epochs = await stamp(join(listed.dir, 'activations'));
    if (entry.settled?.epochs === epochs) return entry.settled.state;
    const state = await runState(listed, this.#shown);
    entry.settled = {epochs, state};
    return state;
  }
}

function opened(listed: ListedRun): Run {
  if (listed.run !== undefined) return listed.run;
  throw new HttpError(500, 'broken-run', listed.problem ?? `The run ${listed.id} cannot be opened.`);
}

async function stamp(path: string): Promise<string> {
  const found = await statIfThere(path);
  return found === null ? '-' : `${found.ino} ${found.size} ${found.mtimeNs}`;
}
