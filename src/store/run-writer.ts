import type {ProbeData, RunStart, StartOfTraining} from '../shared/recording/run-parts.js';
import {randomUUID} from 'node:crypto';
import {readdir, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {RunInfo, RunStatus} from '../shared/index.js';
import {claimFolder, type ClaimedFolder} from './claim-folder.js';
import {EpochFolderWriter, type EpochWriter} from './epoch-writer.js';
import {findEpochFolders, removeEpochs} from './epochs-on-disk.js';
import {fileError, systemErrorCode} from './file-error.js';
import type {FolderLock} from './folder-lock.js';
import {inRun, isTempFile, PROBE_FILE, PROBE_MANIFEST, RUN_FILE} from './layout.js';
import {makeFolder} from './make-folder.js';
import {probeManifestText} from './manifest.js';
import {assertNoLinks} from './no-links.js';
import {writeProbe} from './probe-file.js';
import {replaceFileWith} from './replace-file.js';
import {parseRunInfo, runInfoText} from './run-info.js';
import type {Run} from './run.js';
import {assertSameRun} from './same-run.js';

/**
 * Writes a run folder. The folder is this writer's alone until `close`; a process that dies leaves it to the next one.
 */
export class RunWriter {
  /** The run folder: the requested one, or the next free one. */
  readonly dir: string;
  /** Contents of `run.json`. */
  readonly info: RunInfo;
  readonly start: StartOfTraining;
  /** Finished epochs that this start has removed, ascending. */
  readonly replaced: readonly number[];
  /** Why the run is not in the folder that was asked for, in one line. */
  readonly instead: string | null;
  /** The run that was in the folder and was replaced. */
  readonly overwritten: RunInfo | null;
  readonly #lock: FolderLock;

  private constructor({dir, lock, instead}: ClaimedFolder, begun: BegunRun) {
    this.dir = dir;
    this.instead = instead;
    this.#lock = lock;
    this.info = begun.info;
    this.start = begun.start;
    this.replaced = begun.replaced;
    this.overwritten = begun.overwritten;
  }

  /**
   * Creates a run folder with `run.json` and the probe, or resumes the run in it: then unfinished epochs, and those
   * after the one that is resumed from, are removed.
   *
   * @param info - Of this training; `initialEpoch` is the epoch that it resumes from. In a resumed run, `run.json` keeps
   *   when the run began and from which epoch.
   * @throws {FolderBusyError} if the run to go on with is being written, or with `strict` is this process' own.
   * @throws {RunFormatError} if the folder holds something else, another format version, or a damaged `run.json`.
   * @throws {RangeError} if `info` or `probe` is inconsistent, or the run to go on with has another model or probe.
   * @throws {Error} one line naming the path, if the folder cannot be written.
   */
  static async create(
    dir: string,
    info: RunInfo,
    probe: ProbeData,
    {existing = 'new', owner = randomUUID(), run, strict = false}: RunStart = {},
  ): Promise<RunWriter> {
    parseRunInfo(
      new TextEncoder().encode(runInfoText(info)),
      `RunWriter.create: info for ${join(dir, RUN_FILE)}`,
    );
    const goesOn = existing === 'resume' || info.training.initialEpoch > 0;
    const folder = await claimFolder(dir, {existing: goesOn ? 'resume' : existing, owner, strict});
    try {
      const {previous} = folder;
      if (goesOn && previous && run !== undefined) assertOwn(previous, run, owner);
      const written = {...info, writer: owner};
      const begun =
        previous && goesOn ? await goOn(previous, written, probe) : await begin(folder, written, probe);
      await writeInfo(folder.dir, begun.info);
      return new RunWriter(folder, begun);
    } catch (error) {
      await folder.lock.release();
      throw error;
    }
  }

  /**
   * Starts an epoch, whose files an earlier attempt may have left are removed.
   *
   * @param t - Training time: 0 is the untrained model.
   * @throws {Error} in one line, if the folder was moved, removed or taken over.
   */
  async epoch(t: number): Promise<EpochWriter> {
    if (!Number.isSafeInteger(t) || t < 0) {
      throw new RangeError(`RunWriter.epoch: t must be an integer >= 0, got ${t}.`);
    }
    await this.#lock.assertHeld();
    await this.discard(t);
    const {inputs, options} = this.info;
    const assertHeld = () => this.#lock.assertHeld();
    return new EpochFolderWriter({root: this.dir, assertHeld, epoch: t, inputs, dtype: options.dtype});
  }

  /** Removes whatever there is of an epoch, finished or not. */
  async discard(t: number): Promise<void> {
    const folders = (await findEpochFolders(this.dir)).get(t);
    if (folders !== undefined) await removeEpochs(this.dir, new Map([[t, folders]]));
  }

  /**
   * Records in `run.json` how the training ended, and releases the folder.
   *
   * @throws {Error} in one line, if the folder was moved, removed or taken over: then nothing is written.
   */
  async close(status: RunStatus): Promise<void> {
    try {
      await this.#lock.assertHeld();
      await writeInfo(this.dir, {...this.info, status});
    } finally {
      await this.#lock.release();
    }
  }
}

type BegunRun = Pick<RunWriter, 'info' | 'start' | 'replaced' | 'overwritten'>;

/** @throws {Error} if another writer has replaced the run, or resumed it: their epochs would be mixed. */
function assertOwn({dir, info}: Run, run: string, owner: string): void {
  const lost =
    info.id !== run
      ? 'now holds another run than the one to resume'
      : info.writer !== undefined && info.writer !== owner
        ? 'was resumed by another slicer'
        : undefined;
  if (lost !== undefined) throw new Error(`${dir} ${lost}; give each training its own folder.`);
}

/** Creates a new run, replacing what the folder holds. */
async function begin(
  {dir, previous, instead}: ClaimedFolder,
  info: RunInfo,
  probe: ProbeData,
): Promise<BegunRun> {
  const replaced = previous === undefined ? [] : await previous.epochs();
  await removeEpochs(dir, await findEpochFolders(dir));
  await removeStrayTempFiles(dir);
  await assertNoLinks(dir, PROBE_FILE);
  await makeFolder(dirname(inRun(dir, PROBE_FILE)), dir);
  const file = await writeProbe(inRun(dir, PROBE_FILE), probe, info);
  await replaceFileWith(inRun(dir, PROBE_MANIFEST), probeManifestText({...file, path: PROBE_FILE}));
  return {
    info: instead === null ? info : {...info, name: basename(dir)},
    start: {epoch: info.training.initialEpoch, captured: false, goesOn: false},
    replaced,
    overwritten: previous?.info ?? null,
  };
}

/** The run that is there, from `info.training.initialEpoch` on, or from its last epoch where that is 0. */
async function goOn(previous: Run, info: RunInfo, probe: ProbeData): Promise<BegunRun> {
  await assertSameRun(previous, info, probe);
  const {dir} = previous;
  const finished = await previous.epochs();
  const damaged = (await previous.damagedEpochs()).map(({epoch: t}) => t);
  const stored = [...finished, ...damaged].sort((a, b) => a - b);
  const {training} = info;
  const epoch = training.initialEpoch || (finished.at(-1) ?? 0);
  const after = [...(await findEpochFolders(dir))].filter(([t]) => t > epoch || !stored.includes(t));
  await removeEpochs(dir, new Map(after));
  await removeStrayTempFiles(dir);
  const {id = info.id, createdAt} = previous.info;
  const epochs = training.epochs === null ? null : training.epochs + epoch - training.initialEpoch;
  const {initialEpoch} = previous.info.training;
  return {
    info: {
      ...info,
      ...(id === undefined ? {} : {id}),
      createdAt,
      training: {...training, epochs, initialEpoch},
    },
    start: {epoch, captured: finished.includes(epoch), goesOn: true},
    replaced: stored.filter(t => t > epoch),
    overwritten: null,
  };
}

function writeInfo(dir: string, info: RunInfo): Promise<unknown> {
  return replaceFileWith(inRun(dir, RUN_FILE), runInfoText(info));
}

async function removeStrayTempFiles(dir: string): Promise<void> {
  for (const folder of [dir, join(dir, 'probe')]) {
    try {
      for (const name of await readdir(folder)) {
        if (isTempFile(name)) await rm(join(folder, name), {force: true});
      }
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw fileError('clean', folder, error);
    }
  }
}
