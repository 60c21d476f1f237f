import type {ProbeData, WeightTensor} from '../shared/recording/run-parts.js';
import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {createHash} from 'node:crypto';
import {
  filterRows,
  rowsOf,
  type LayerInfo,
  type RunInfo,
  type Table,
  type TableName,
  type TableRows,
} from '../shared/index.js';
import {readActivations, type ChannelMaps} from './activations-reader.js';
import {EpochFiles, type DamagedEpoch, type EpochsFound} from './epoch-files.js';
import {EpochTables} from './epoch-tables.js';
import {fileError, systemErrorCode} from './file-error.js';
import {readWhole} from './file-reader.js';
import {inOneLine} from './in-one-line.js';
import {inRun, RUN_FILE, TENSORBOARD_FOLDER} from './layout.js';
import {FailedPartError, failureOf} from './failed-part.js';
import type {ActivationsFile, EpochManifest} from './manifest.js';
import {readInputMaps, readProbe, readProbeLabels, readProbeManifest} from './probe-reader.js';
import {RunFormatError} from './run-format-error.js';
import {MAX_RUN_FILE_BYTES, parseRunInfo} from './run-info.js';
import {readWeights} from './weights-reader.js';

/** Selects rows of a metric table; default all. */
export interface TableFilter {
  /** Finished epochs to read; default all. */
  epochs?: readonly number[];
  /** Only rows whose `layer` column is this name; no effect on tables without one. */
  layer?: string;
}

/** Selects channels and samples of a layer's activations; default all. */
export interface ChannelFilter {
  /** Channel indices, in the order wanted; default all. */
  channels?: readonly number[];
}

/**
 * Opens a run folder for reading. A writer may be at work in it: only finished epochs are ever seen.
 *
 * @throws {RunFormatError} `not-a-run`, `version` or `damaged`, in one line.
 */
export async function openRun(dir: string): Promise<Run> {
  const path = inRun(dir, RUN_FILE);
  try {
    await stat(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw fileError('read', path, error);
    throw new RunFormatError('not-a-run', `${dir} is not a run: it has no ${RUN_FILE}.`, {cause: error});
  }
  return new Run(dir, parseRunInfo(await readWhole(dir, RUN_FILE, MAX_RUN_FILE_BYTES), path));
}

/** A run folder, read-only. Epochs that are asked for must be finished. */
export class Run {
  /** The content of `run.json` when the run was opened. */
  readonly info: RunInfo;
  /** Absolute path of the run folder. */
  readonly dir: string;
  readonly #files: EpochFiles;
  readonly #tables: EpochTables;

  /** Use {@link openRun}. */
  constructor(dir: string, info: RunInfo) {
    this.dir = resolve(dir);
    this.info = info;
    this.#files = new EpochFiles(this.dir, info);
    this.#tables = new EpochTables(this.dir, this.#files);
  }

  /** Folder of the run's TensorBoard events; it may not exist. */
  get tensorboardDir(): string {
    return inRun(this.dir, TENSORBOARD_FOLDER);
  }

  /** Finished epochs, ascending, as they are now: those with an intact manifest. */
  async epochs(): Promise<number[]> {
    return (await this.look()).finished;
  }

  /** Epochs known to be damaged, as they are now. Files are only looked at when they are read: see `verifyRun`. */
  async damagedEpochs(): Promise<DamagedEpoch[]> {
    return (await this.look()).damaged;
  }

  /** Returns {@link epochs} and {@link damagedEpochs} of the same moment. */
  look(): Promise<EpochsFound> {
    return this.#files.look();
  }

  /**
   * Like {@link look}, after a look at every file of every epoch: whether it is there and as large as it should be, and
   * what small ones hold, such as tables. `verifyRun` reads all of it.
   */
  check(): Promise<EpochsFound> {
    return this.#files.check();
  }

  /**
   * Returns the manifest of a finished epoch.
   *
   * @throws {RunFormatError} `damaged`, with the epoch, if its manifest is.
   * @throws {RangeError} if the epoch is not finished, naming those that are.
   */
  manifest(epoch: number): Promise<EpochManifest> {
    return this.#files.manifest(epoch);
  }

  /**
   * A layer by its name or its place on the L axis.
   *
   * @throws {RangeError} if there is none, naming those that are.
   */
  layer(nameOrIndex: string | number): LayerInfo {
    const found = this.info.layers.find(({name, index}) => name === nameOrIndex || index === nameOrIndex);
    if (found !== undefined) return found;
    const known = this.info.layers.map(({index, name}) => `${index} ${name}`).join(', ');
    throw new RangeError(
      inOneLine(`${this.info.name}: there is no layer ${nameOrIndex}; the layers are: ${known}.`),
    );
  }

  /**
   * The rows of a metric table, epochs ascending; epochs in which the table was not written give no rows.
   *
   * @throws {RunFormatError} `damaged`, with the epoch, if one of the files is; where no epochs are given, also if a
   *   manifest is, whose epoch would be missing.
   */
  async table<T extends TableName>(name: T, {epochs, layer}: TableFilter = {}): Promise<TableRows[T][]> {
    const rows: TableRows[T][] = [];
    for (const epoch of epochs ?? (await this.#files.whole())) {
      const found = await this.columns(name, epoch);
      if (found === undefined) continue;
      const isFiltered = layer !== undefined && 'layer' in found.columns;
      const ofLayer = isFiltered ? filterRows(found, {layer}) : found;
      for (const row of rowsOf(ofLayer)) rows.push(row);
    }
    return rows;
  }

  /**
   * A metric table of one epoch by columns, which for large tables is several times faster than by rows; `undefined`
   * if the epoch was finished without it.
   *
   * @throws {RunFormatError} `damaged`, with the epoch.
   */
  columns<T extends TableName>(name: T, epoch: number): Promise<Table<TableRows[T]> | undefined> {
    return this.#tables.read(name, epoch);
  }

  /** Columns that tables of the run, as far as they have been read, lack: an earlier version did not know them. */
  notRecorded(table: TableName, columns: readonly string[]): string[] {
    return this.#tables.notRecorded(table, columns);
  }

  /**
   * The feature maps of a layer, channel by channel; only the channels asked for are read from disk. For an input of
   * the model they are read from the probe and are the same at every epoch.
   *
   * @param layer - Name or index.
   * @returns `maps` of shape [channels, samples, pixels]; float16 is widened to float32.
   * @throws {RangeError} if the epoch, layer or a channel does not exist, or the layer was not stored; a
   *   `FailedPartError` if it could not be.
   */
  async activations(
    epoch: number,
    layer: string | number,
    {channels}: ChannelFilter = {},
  ): Promise<ChannelMaps> {
    const info = this.layer(layer);
    const wanted = channels === undefined ? Array.from({length: info.channels}, (_, c) => c) : [...channels];
    assertChannels(wanted, info);
    if (info.index < this.info.inputs) return readInputMaps(this, info, wanted);
    const maps = await this.#files.read(
      epoch,
      manifest => activationsOf(manifest, info),
      file => readActivations(this.dir, file, wanted),
    );
    if (maps !== undefined) return maps;
    throw await this.#missing(epoch, {
      stage: 'activations',
      of: info.name,
      otherwise:
        `holds no activations of ${info.name}; the run was captured with activations: ` +
        `${JSON.stringify(this.info.options.activations)}.`,
    });
  }

  /**
   * A digest of what layers hold at an epoch: another one once the epoch has been captured again.
   *
   * @param layers - Names or indices, in the order that counts.
   */
  async fingerprint(epoch: number, layers: readonly (string | number)[]): Promise<string> {
    const {files} = await this.manifest(epoch);
    const hash = createHash('sha256');
    for (const {name, index} of layers.map(layer => this.layer(layer))) {
      const file =
        index < this.info.inputs
          ? await readProbeManifest(this)
          : files.find(entry => entry.kind === 'activations' && entry.layer === name);
      hash.update(`${name} ${file?.sha256 ?? ''}\n`);
    }
    return hash.digest('hex');
  }

  /**
   * The model's weights after an epoch, in the model's order.
   *
   * @throws {RangeError} if they were not stored; a `FailedPartError` if they could not be.
   */
  async weights(epoch: number): Promise<WeightTensor[]> {
    const weights = await this.#files.read(
      epoch,
      ({files}) => files.find(file => file.kind === 'weights'),
      file => readWeights(this.dir, file),
    );
    if (weights !== undefined) return weights;
    throw await this.#missing(epoch, {
      stage: 'weights',
      of: null,
      otherwise: 'holds no weights; capture with weights: true.',
    });
  }

  /** The whole probe. */
  probe(): Promise<ProbeData> {
    return readProbe(this);
  }

  /** Class index of each probe sample; nothing else of the probe is read. */
  probeLabels(): Promise<Int32Array> {
    return readProbeLabels(this);
  }

  /**
   * Some samples of the probe, in the order asked for; only they are read from disk.
   *
   * @throws {RangeError} if an index is not in 0..samples-1.
   */
  probeSamples(indices: readonly number[]): Promise<ProbeData> {
    return readProbe(this, indices);
  }

  /** Explains why an epoch lacks a part: it could not be stored, or was not requested. */
  async #missing(
    epoch: number,
    {stage, of, otherwise}: {stage: string; of: string | null; otherwise: string},
  ): Promise<RangeError> {
    const failure = failureOf(await this.manifest(epoch), stage, of);
    const ofRun = `${this.info.name}: epoch ${epoch}`;
    if (failure === undefined) return new RangeError(inOneLine(`${ofRun} ${otherwise}`));
    return new FailedPartError(epoch, inOneLine(`${ofRun}: ${failure.what}: ${failure.reason}`));
  }
}

function activationsOf({files}: EpochManifest, {name}: LayerInfo): ActivationsFile | undefined {
  return files.filter(file => file.kind === 'activations').find(({layer}) => layer === name);
}

function assertChannels(wanted: readonly number[], {name, channels}: LayerInfo): void {
  for (const channel of wanted) {
    if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
      throw new RangeError(inOneLine(`layer ${name} has channels 0..${channels - 1}, got ${channel}.`));
    }
  }
}
