import type {RunInfo} from '../shared/index.js';
import {EpochManifests, ofEpoch} from './epoch-manifests.js';
import type {NamedFile} from './file-reader.js';
import {inOneLine} from './in-one-line.js';
import {everyFile, type EpochManifest} from './manifest.js';
import {withFile} from './open-file.js';
import {RunFormatError} from './run-format-error.js';
import {checkQuickly} from './verified-files.js';

/** An epoch with a file that is not as it was written. */
export interface DamagedEpoch {
  epoch: number;
  /** Problem in one line, naming the file. */
  reason: string;
}

/** Epochs of a run as one look saw them. */
export interface EpochsFound {
  /** Those with an intact manifest, ascending. */
  finished: number[];
  /** Those with a damaged manifest, and finished ones of which a damaged file has been read. */
  damaged: DamagedEpoch[];
}

/** The files of a run's epochs: what is finished, what is damaged, and reading one while a writer may be at work. */
export class EpochFiles {
  readonly #dir: string;
  readonly #info: RunInfo;
  readonly #manifests: EpochManifests;
  /** Damaged files that have been read, by path. */
  readonly #damage = new Map<string, {manifest: EpochManifest; error: RunFormatError}>();

  constructor(dir: string, info: RunInfo) {
    this.#dir = dir;
    this.#info = info;
    this.#manifests = new EpochManifests(dir, info);
  }

  /** Finished and damaged epochs of the same moment. */
  async look(): Promise<EpochsFound> {
    const finished: number[] = [];
    const damaged: DamagedEpoch[] = [];
    for (const epoch of await this.#manifests.epochs()) {
      const manifest = await this.#manifests.get(epoch);
      if (manifest instanceof RunFormatError) damaged.push({epoch, reason: manifest.message});
      else if (manifest !== undefined) {
        finished.push(epoch);
        const known = [...this.#damage.values()].find(damage => damage.manifest === manifest);
        if (known !== undefined) damaged.push({epoch, reason: known.error.message});
      }
    }
    return {finished, damaged};
  }

  /** Like {@link look}, after a look at every file of every epoch. */
  async check(): Promise<EpochsFound> {
    for (const epoch of (await this.look()).finished) {
      try {
        for (const {path} of everyFile(await this.manifest(epoch))) {
          const choose = (manifest: EpochManifest) => everyFile(manifest).find(file => file.path === path);
          await this.read(epoch, choose, file => withFile(this.#dir, path, open => checkQuickly(open, file)));
        }
      } catch (error) {
        // Damage is remembered where it is found; an epoch may be gone by now.
        if (!(error instanceof RunFormatError || error instanceof RangeError)) throw error;
      }
    }
    return this.look();
  }

  /**
   * Returns all finished epochs, none of which is lost.
   *
   * @throws {RunFormatError} `damaged`, with the epoch, if a manifest is.
   */
  async whole(): Promise<number[]> {
    const {finished, damaged} = await this.look();
    for (const {epoch} of damaged) await this.manifest(epoch);
    return finished;
  }

  /**
   * Returns the manifest of a finished epoch.
   *
   * @throws {RunFormatError} `damaged`, with the epoch, if its manifest is.
   * @throws {RangeError} if the epoch is not finished, naming those that are.
   */
  async manifest(epoch: number): Promise<EpochManifest> {
    const manifest = await this.#manifests.get(epoch);
    if (manifest instanceof RunFormatError) throw manifest;
    if (manifest !== undefined) return manifest;
    const {finished} = await this.look();
    throw new RangeError(
      inOneLine(
        `${this.#info.name}: epoch ${epoch} is not finished or was not captured; finished epochs: ${finished.join(', ') || 'none'}.`,
      ),
    );
  }

  /**
   * Reads a file of an epoch, and remembers whether it is damaged; `undefined` if the epoch has no such file. A file
   * that is written again at the same time does not fit the manifest that was read before: then both are read again.
   */
  async read<F extends NamedFile, T>(
    epoch: number,
    choose: (manifest: EpochManifest) => F | undefined,
    read: (file: F) => Promise<T>,
  ): Promise<T | undefined> {
    const manifest = await this.manifest(epoch);
    const file = choose(manifest);
    if (file === undefined) return undefined;
    try {
      const content = await read(file);
      this.#damage.delete(file.path);
      return content;
    } catch (error) {
      if (!(error instanceof RunFormatError)) throw error;
      const now = await this.manifest(epoch);
      if (now !== manifest) return this.read(epoch, choose, read);
      const damage = ofEpoch(error, epoch);
      this.#damage.set(file.path, {manifest, error: damage});
      throw damage;
    }
  }
}
