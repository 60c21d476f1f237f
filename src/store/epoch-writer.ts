import type {WeightTensor} from '../shared/recording/run-parts.js';
import {dirname, sep} from 'node:path';
import type {CaptureOptions, LayerInfo, TableName, TableRows} from '../shared/index.js';
import {writeActivations, type MapsSource} from './activations-file.js';
import {fileError} from './file-error.js';
import {activationsPath, inRun, manifestPath, tablePath, weightsPath} from './layout.js';
import {makeFolder} from './make-folder.js';
import {epochManifestText, type EpochFile, type FailedPart} from './manifest.js';
import {assertNoLinks} from './no-links.js';
import {replaceFileWith, syncFolder} from './replace-file.js';
import {encodeTable, metricTable} from './table-file.js';
import {writeWeights} from './weights-file.js';

/**
 * Writes the files of one epoch, in any order, each once; the epoch exists when `commit` has resolved. A file that could
 * not be written is missing from it, and all others are there.
 */
export interface EpochWriter {
  /**
   * Stores a layer's activations, one record batch per channel.
   *
   * @param maps - Shape [samples, pixels, channels], or the same to be read some samples at a time, for as many channels at
   *   once as 16 MB hold. Not modified, and not to be changed until this resolves.
   * @throws {RangeError} if the size is wrong, or the layer is an input (inputs are in the probe).
   */
  activations(layer: LayerInfo, maps: Float32Array | MapsSource, samples: number): Promise<void>;
  /** Stores the model's weights; an empty list stores nothing. */
  weights(weights: readonly WeightTensor[]): Promise<void>;
  /**
   * Stores a metric table; one without rows is stored too, so that readers of many epochs find its columns.
   *
   * @throws {TypeError | RangeError} naming row and column, if a value does not fit its column.
   */
  table<T extends TableName>(name: T, rows: readonly TableRows[T][]): Promise<void>;
  /**
   * Writes the manifest: only now does the epoch exist, with the files that could be written.
   *
   * @param failed - What could not be computed or written, for the manifest to name.
   * @throws {Error} if a file of the epoch is still being written, or none could be written, or the run folder was moved,
   *   removed or taken over meanwhile.
   */
  commit(failed?: readonly FailedPart[]): Promise<void>;
}

export interface EpochPlace {
  /** The run folder, which is there. */
  root: string;
  /** Throws if the run folder is no longer this writer's. */
  assertHeld: () => Promise<void>;
  epoch: number;
  /** How many layers, from the front, are inputs. */
  inputs: number;
  dtype: CaptureOptions['dtype'];
}

/** An {@link EpochWriter} of an epoch that has no files yet. */
export class EpochFolderWriter implements EpochWriter {
  readonly #place: EpochPlace;
  /** Entries by path; `null` while being written. */
  readonly #files = new Map<string, EpochFile | null>();
  #committed = false;

  constructor(place: EpochPlace) {
    this.#place = place;
  }

  async activations(layer: LayerInfo, maps: Float32Array | MapsSource, samples: number): Promise<void> {
    const {epoch, inputs, dtype} = this.#place;
    if (layer.index < inputs) {
      throw new RangeError(
        `EpochWriter.activations: layer ${layer.name} is an input of the model, which the probe holds already.`,
      );
    }
    await this.#add(activationsPath(epoch, layer.name), path =>
      writeActivations(path, {layer, maps, samples}, dtype),
    );
  }

  async weights(weights: readonly WeightTensor[]): Promise<void> {
    if (weights.length === 0) return;
    await this.#add(weightsPath(this.#place.epoch), path => writeWeights(path, weights));
  }

  async table<T extends TableName>(name: T, rows: readonly TableRows[T][]): Promise<void> {
    await this.#add(tablePath(name, this.#place.epoch), async path => {
      const digest = await replaceFileWith(path, encodeTable(name, metricTable(name, rows)));
      return {kind: 'table', ...digest, table: name, rows: rows.length};
    });
  }

  async commit(failed: readonly FailedPart[] = []): Promise<void> {
    const {root, epoch, assertHeld} = this.#place;
    this.#assertOpen();
    const files = [...this.#files.entries()].map(([path, file]) => {
      if (file !== null) return file;
      throw new Error(
        `EpochWriter.commit: ${path} is not written yet, so epoch ${epoch} cannot be finished. Await every write first.`,
      );
    });
    await assertHeld();
    if (files.length === 0) throw new Error(`Nothing of epoch ${epoch} could be stored in ${root}.`);
    await assertNoLinks(root, manifestPath(epoch));
    this.#committed = true;
    await makeFolderOf(root, manifestPath(epoch));
    await syncFoldersOf(root, [...this.#files.keys()]);
    const named = failed.map(part => ({...part, reason: part.reason.replaceAll(root + sep, '')}));
    await replaceFileWith(inRun(root, manifestPath(epoch)), epochManifestText(epoch, files, named));
    await syncFoldersOf(root, [manifestPath(epoch)]);
  }

  async #add(path: string, write: (nativePath: string) => Promise<FileWithoutPath>): Promise<void> {
    this.#assertOpen();
    if (this.#files.has(path)) {
      throw new RangeError(
        `EpochWriter: ${path} of epoch ${this.#place.epoch} is written already; write each file once.`,
      );
    }
    this.#files.set(path, null);
    const {root, assertHeld} = this.#place;
    try {
      await assertNoLinks(root, path);
      await makeFolderOf(root, path);
      const file = await write(inRun(root, path));
      this.#files.set(path, {...file, path});
    } catch (error) {
      this.#files.delete(path);
      await assertHeld(); // tells better what has happened to the folder
      throw error;
    }
  }

  #assertOpen(): void {
    if (!this.#committed) return;
    throw new Error(`EpochWriter: epoch ${this.#place.epoch} is committed; ask RunWriter.epoch for another.`);
  }
}

async function makeFolderOf(root: string, path: string): Promise<void> {
  try {
    await makeFolder(dirname(inRun(root, path)), root);
  } catch (error) {
    throw fileError('write', inRun(root, path), error);
  }
}

type WithoutPath<F> = F extends EpochFile ? Omit<F, 'path'> : never;
type FileWithoutPath = WithoutPath<EpochFile>;

/** The folders between a new file and the run folder may be new themselves: their names need an fsync, too. */
async function syncFoldersOf(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(dirname(path)); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  try {
    for (const folder of folders) await syncFolder(inRun(root, folder));
    await syncFolder(root);
  } catch (error) {
    throw fileError('write', root, error);
  }
}
