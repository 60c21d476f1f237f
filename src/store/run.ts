import {readdir, stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {createHash} from 'node:crypto';
import type {Columns, LayerInfo, RunInfo, TableName, TableRows} from '../shared/index.js';
import {readActivations, type ChannelMaps} from './activations-reader.js';
import {fileError, systemErrorCode} from './file-error.js';
import {readExtents, readText, readWhole} from './file-reader.js';
import {inRun, manifestPath, parseEpochFolder, RUN_FILE, TENSORBOARD_FOLDER} from './layout.js';
import {parseEpochManifest, type EpochFile, type EpochManifest, type TableFile} from './manifest.js';
import type {ProbeData} from './probe-file.js';
import {readInputMaps, readProbe, readProbeLabels, readProbeManifest} from './probe-reader.js';
import {RunFormatError} from './run-format-error.js';
import {parseRunInfo} from './run-info.js';
import {decodeColumns, decodeTable} from './table-file.js';
import {decodeTyped, type TypedColumns} from './typed-columns.js';
import {emptyValues, type WeightTensor} from './weights-file.js';

export interface TableFilter {
  /** Finished epochs to read; default all that hold the table. */
  epochs?: readonly number[];
  /** Only rows whose `layer` column is this name; no effect on tables without one. */
  layer?: string;
}

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
  return new Run(dir, parseRunInfo(await readText(dir, RUN_FILE), path));
}

/** A run folder, read-only. Epochs that are asked for must be finished. */
export class Run {
  /** The content of `run.json` when the run was opened. */
  readonly info: RunInfo;
  /** Absolute path of the run folder. */
  readonly dir: string;
  /** Manifests by epoch, each with the file state it was read from. */
  readonly #manifests = new Map<number, {state: string; manifest: EpochManifest}>();

  /** Use {@link openRun}. */
  constructor(dir: string, info: RunInfo) {
    this.dir = resolve(dir);
    this.info = info;
  }

  /** Where TensorBoard finds the run's event files; the folder may not be there. */
  get tensorboardDir(): string {
    return inRun(this.dir, TENSORBOARD_FOLDER);
  }

  /** Finished epochs, ascending, as they are now: those with a valid manifest. */
  async epochs(): Promise<number[]> {
    const finished: number[] = [];
    for (const name of await this.#epochFolderNames()) {
      const epoch = parseEpochFolder(name);
      if (epoch !== undefined && (await this.#validManifest(epoch)) !== undefined) finished.push(epoch);
    }
    return finished.sort((a, b) => a - b);
  }

  /**
   * What a finished epoch holds.
   *
   * @throws {RangeError} if the epoch is not finished, naming those that are.
   */
  async manifest(epoch: number): Promise<EpochManifest> {
    const manifest = await this.#validManifest(epoch);
    if (manifest !== undefined) return manifest;
    const finished = await this.epochs();
    throw new RangeError(
      `${this.info.name}: epoch ${epoch} is not finished or was not captured; finished are: ${finished.join(', ') || 'none'}.`,
    );
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
    throw new RangeError(`${this.info.name}: there is no layer ${nameOrIndex}; the layers are: ${known}.`);
  }

  /** The rows of a metric table, epochs ascending; epochs in which the table was not written give no rows. */
  async table<T extends TableName>(name: T, {epochs, layer}: TableFilter = {}): Promise<TableRows[T][]> {
    const rows: TableRows[T][] = [];
    for (const epoch of epochs ?? (await this.epochs())) {
      const file = await this.#tableFile(name, epoch);
      if (file === undefined) continue;
      for (const row of await this.#decode(file, bytes => decodeTable(name, bytes))) {
        if (layer === undefined || !('layer' in row) || row.layer === layer) rows.push(row);
      }
    }
    return rows;
  }

  /**
   * A metric table of one epoch by columns, which for large tables is several times faster than by rows; `undefined`
   * if the epoch was finished without it.
   */
  async columns(name: TableName, epoch: number): Promise<Columns | undefined> {
    const file = await this.#tableFile(name, epoch);
    return file && (await this.#decode(file, bytes => decodeColumns(name, bytes)));
  }

  /** Like {@link columns}, in typed arrays, where an undefined value and a NaN are the same. */
  async typedColumns(name: TableName, epoch: number): Promise<TypedColumns | undefined> {
    const file = await this.#tableFile(name, epoch);
    return file && (await this.#decode(file, bytes => decodeTyped(name, bytes)));
  }

  /**
   * The feature maps of a layer, channel by channel; only the channels asked for are read from disk. For an input of
   * the model they come from the probe and are the same at every epoch.
   *
   * @param layer - Name or index.
   * @returns `maps` of shape [channels, samples, pixels]; float16 is widened to float32.
   * @throws {RangeError} if the epoch, layer or a channel does not exist, or the layer was not stored.
   */
  async activations(
    epoch: number,
    layer: string | number,
    {channels}: ChannelFilter = {},
  ): Promise<ChannelMaps> {
    const info = this.layer(layer);
    const wanted = channels === undefined ? Array.from({length: info.channels}, (_, c) => c) : [...channels];
    assertChannels(wanted, info);
    if (info.index < this.info.inputs) return readInputMaps(this.dir, info, wanted);
    const {files} = await this.manifest(epoch);
    const file = files.find(entry => entry.kind === 'activations' && entry.layer === info.name);
    if (file?.kind === 'activations') return readActivations(this.dir, file, wanted);
    throw new RangeError(
      `${this.info.name}: epoch ${epoch} holds no activations of ${info.name}; the run was captured with activations: ` +
        `${JSON.stringify(this.info.options.activations)}.`,
    );
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
          ? await readProbeManifest(this.dir)
          : files.find(entry => entry.kind === 'activations' && entry.layer === name);
      hash.update(`${name} ${file?.sha256 ?? ''}\n`);
    }
    return hash.digest('hex');
  }

  /**
   * The model's weights after an epoch, in the model's order.
   *
   * @throws {RangeError} if they were not stored.
   */
  async weights(epoch: number): Promise<WeightTensor[]> {
    const {files} = await this.manifest(epoch);
    const file = files.find(entry => entry.kind === 'weights');
    if (file?.kind !== 'weights') {
      throw new RangeError(`${this.info.name}: epoch ${epoch} holds no weights; capture with weights: true.`);
    }
    const extents = file.tensors.map(({name, dtype, shape, valuesOffset}) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      return {offset: valuesOffset, into: emptyValues(dtype, length), name, dtype, shape};
    });
    await readExtents(this.dir, file.path, extents);
    return extents.map(({name, dtype, shape, into}) => ({name, dtype, shape, values: into}));
  }

  /** The whole probe. */
  probe(): Promise<ProbeData> {
    return readProbe(this.dir);
  }

  /** Class index of each probe sample; nothing else of the probe is read. */
  probeLabels(): Promise<Int32Array> {
    return readProbeLabels(this.dir);
  }

  /**
   * Some samples of the probe, in the order asked for; only they are read from disk.
   *
   * @throws {RangeError} if an index is not in 0..samples-1.
   */
  probeSamples(indices: readonly number[]): Promise<ProbeData> {
    return readProbe(this.dir, indices);
  }

  async #tableFile(name: TableName, epoch: number): Promise<TableFile | undefined> {
    const {files} = await this.manifest(epoch);
    return files.filter(file => file.kind === 'table').find(({table}) => table === name);
  }

  async #decode<T>({path}: EpochFile, decode: (bytes: Uint8Array) => Promise<T>): Promise<T> {
    const bytes = await readWhole(this.dir, path);
    try {
      return await decode(bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RunFormatError('damaged', `${inRun(this.dir, path)} is damaged: ${reason}.`, {cause: error});
    }
  }

  async #epochFolderNames(): Promise<string[]> {
    const folder = inRun(this.dir, 'activations');
    try {
      return await readdir(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw fileError('read', folder, error);
    }
  }

  /** Reads a manifest unless the file is the one read before; `undefined` if there is none, or no valid one. */
  async #validManifest(epoch: number): Promise<EpochManifest | undefined> {
    const path = manifestPath(epoch);
    const native = inRun(this.dir, path);
    try {
      const found = await stat(native, {bigint: true});
      if (!found.isFile()) return undefined;
      const {ino, size, mtimeNs} = found;
      const state = `${ino} ${size} ${mtimeNs}`;
      const known = this.#manifests.get(epoch);
      if (known?.state === state) return known.manifest;
      const manifest = parseEpochManifest(await readText(this.dir, path), native);
      if (manifest.epoch !== epoch) return undefined;
      this.#manifests.set(epoch, {state, manifest});
      return manifest;
    } catch (error) {
      const absent = systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR';
      if (absent || error instanceof RunFormatError) return undefined;
      throw error;
    }
  }
}

function assertChannels(wanted: readonly number[], {name, channels}: LayerInfo): void {
  for (const channel of wanted) {
    if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
      throw new RangeError(`layer ${name} has channels 0..${channels - 1}, got ${channel}.`);
    }
  }
}
