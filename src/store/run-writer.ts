import {readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import type {RunInfo, RunStatus} from '../shared/index.js';
import {EpochFolderWriter, type EpochWriter} from './epoch-writer.js';
import {findEpochFolders, removeEpochs} from './epochs-on-disk.js';
import {fileError, systemErrorCode} from './file-error.js';
import {inRun, isTempFile, PROBE_FILE, PROBE_MANIFEST, RUN_FILE, TENSORBOARD_FOLDER} from './layout.js';
import {probeManifestText} from './manifest.js';
import {writeProbe, type ProbeData} from './probe-file.js';
import {replaceFileWith} from './replace-file.js';
import {RunFormatError} from './run-format-error.js';
import {parseRunInfo, runInfoText} from './run-info.js';
import {openRun, type Run} from './run.js';
import {assertSameRun} from './same-run.js';

/** What a folder may hold before it has a `run.json` and still be ours: what a start leaves that was cut short. */
const BEFORE_RUN_FILE = new Set(['probe', TENSORBOARD_FOLDER]);

/** Writes a run folder; one writer per folder at a time. */
export class RunWriter {
  /** The run folder. */
  readonly dir: string;
  /** Finished epochs that this start has removed, ascending. */
  readonly replaced: number[];
  #info: RunInfo;

  private constructor(dir: string, info: RunInfo, replaced: number[]) {
    this.dir = dir;
    this.#info = info;
    this.replaced = replaced;
  }

  /**
   * Creates a run folder with `run.json` and the probe, or continues one: epochs from
   * `info.training.initialEpoch` on, and unfinished ones, are removed.
   *
   * @throws {RunFormatError} if the folder holds something else, another format version, or a damaged `run.json`.
   * @throws {RangeError} if `info` or `probe` is inconsistent, or the run to continue has another model or probe.
   * @throws {Error} one line naming the path, if the folder cannot be written.
   */
  static async create(dir: string, info: RunInfo, probe: ProbeData): Promise<RunWriter> {
    const text = runInfoText(info);
    parseRunInfo(new TextEncoder().encode(text), `RunWriter.create: info for ${join(dir, RUN_FILE)}`);
    const previous = await previousRun(dir);
    const {initialEpoch} = info.training;
    const kept = previous !== undefined && initialEpoch > 0;
    if (kept) await assertSameRun(previous, info, probe);

    const replaced = await clear(dir, previous, initialEpoch);
    if (!kept) {
      const file = await writeProbe(inRun(dir, PROBE_FILE), probe, info);
      await replaceFileWith(inRun(dir, PROBE_MANIFEST), probeManifestText({...file, path: PROBE_FILE}));
    }
    await replaceFileWith(inRun(dir, RUN_FILE), text);
    return new RunWriter(dir, info, replaced);
  }

  /**
   * Starts an epoch, whose files an earlier attempt may have left are removed.
   *
   * @param t - Training time: 0 is the untrained model.
   */
  async epoch(t: number): Promise<EpochWriter> {
    if (!Number.isSafeInteger(t) || t < 0) {
      throw new RangeError(`RunWriter.epoch: t must be an integer >= 0, got ${t}.`);
    }
    await this.discard(t);
    const {inputs, options} = this.#info;
    return new EpochFolderWriter({root: this.dir, epoch: t, inputs, dtype: options.dtype});
  }

  /** Removes whatever there is of an epoch, finished or not. */
  async discard(t: number): Promise<void> {
    const folders = (await findEpochFolders(this.dir)).get(t);
    if (folders !== undefined) await removeEpochs(this.dir, new Map([[t, folders]]));
  }

  /** Rewrites `run.json` with another status. */
  async setStatus(status: RunStatus): Promise<void> {
    this.#info = {...this.#info, status};
    await replaceFileWith(inRun(this.dir, RUN_FILE), runInfoText(this.#info));
  }
}

/** The run that a folder holds; `undefined` if the folder is missing, or empty but for what a cut-short start leaves. */
async function previousRun(dir: string): Promise<Run | undefined> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw fileError('use', dir, error);
  }
  if (names.includes(RUN_FILE)) return openRun(dir);
  const foreign = names.find(name => !BEFORE_RUN_FILE.has(name) && !isTempFile(name));
  if (foreign === undefined) return undefined;
  throw new RunFormatError(
    'not-a-run',
    `${dir} is not empty and not a run (it holds ${foreign} but no ${RUN_FILE}). Choose another folder.`,
  );
}

/** Removes the epochs to be replaced, unfinished ones and stray temp files. */
async function clear(dir: string, previous: Run | undefined, initialEpoch: number): Promise<number[]> {
  const finished = previous === undefined ? [] : await previous.epochs();
  const obsolete = new Map(
    [...(await findEpochFolders(dir))].filter(
      ([epoch]) => epoch >= initialEpoch || !finished.includes(epoch),
    ),
  );
  await removeEpochs(dir, obsolete);
  for (const folder of [dir, join(dir, 'probe')]) await removeTempFiles(folder);
  return finished.filter(epoch => epoch >= initialEpoch);
}

async function removeTempFiles(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (isTempFile(name)) await rm(join(folder, name), {force: true});
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw fileError('clean', folder, error);
  }
}
