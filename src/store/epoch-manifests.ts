import {readdir, stat} from 'node:fs/promises';
import type {RunInfo} from '../shared/index.js';
import {fileError, isPassing, systemErrorCode} from './file-error.js';
import {readUpTo} from './file-reader.js';
import {inRun, manifestPath, parseEpochFolder} from './layout.js';
import {assertManifestFits} from './limits.js';
import {MAX_MANIFEST_BYTES, parseEpochManifest, type EpochManifest} from './manifest.js';
import {stateOf, withFile} from './open-file.js';
import {RunFormatError} from './run-format-error.js';

type Look = {state: string; found: EpochManifest | RunFormatError};

/** The manifests of a run's epochs as they are now, each read again only when its file has changed. */
export class EpochManifests {
  readonly #dir: string;
  readonly #info: RunInfo;
  readonly #looks = new Map<number, Look>();

  constructor(dir: string, info: RunInfo) {
    this.#dir = dir;
    this.#info = info;
  }

  /** Every epoch that has a folder, ascending. */
  async epochs(): Promise<number[]> {
    const folder = inRun(this.#dir, 'activations');
    try {
      const epochs = (await readdir(folder)).map(parseEpochFolder);
      return epochs.filter(epoch => epoch !== undefined).sort((a, b) => a - b);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw fileError('read', folder, error);
    }
  }

  /** The manifest of an epoch, or why it cannot be trusted; `undefined` if there is none. */
  async get(epoch: number): Promise<EpochManifest | RunFormatError | undefined> {
    const native = inRun(this.#dir, manifestPath(epoch));
    try {
      const state = stateOf(await stat(native, {bigint: true}));
      const known = this.#looks.get(epoch);
      if (known?.state === state) return known.found;
      const look = await this.#read(epoch);
      this.#looks.set(epoch, look);
      return look.found;
    } catch (error) {
      const code = systemErrorCode(error) ?? systemErrorCode((error as Error).cause);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      if (error instanceof RunFormatError) return ofEpoch(error, epoch);
      if (code === undefined || isPassing(code)) throw error;
      return ofEpoch(
        systemErrorCode(error) === undefined ? (error as Error) : fileError('read', native, error),
        epoch,
      );
    }
  }

  #read(epoch: number): Promise<Look> {
    const path = manifestPath(epoch);
    return withFile(this.#dir, path, async file => {
      const {state} = file;
      const native = inRun(this.#dir, path);
      try {
        const bytes = await readUpTo(file, MAX_MANIFEST_BYTES);
        return {state, found: checkedManifest(bytes, {native, epoch, info: this.#info})};
      } catch (error) {
        if (!(error instanceof RunFormatError)) throw error;
        return {state, found: ofEpoch(error, epoch)};
      }
    });
  }
}

/**
 * An epoch's manifest from the bytes of its file.
 *
 * @param native - The file's path, for messages.
 * @param info - What `run.json` says; null where that cannot be known, and then the two are not compared.
 * @throws {RunFormatError} `damaged`.
 */
export function checkedManifest(
  bytes: Uint8Array,
  {native, epoch, info}: {native: string; epoch: number; info: RunInfo | null},
): EpochManifest {
  const manifest = parseEpochManifest(bytes, native);
  if (manifest.epoch !== epoch) {
    throw new RunFormatError(
      'damaged',
      `${native} is damaged: it is the manifest of epoch ${manifest.epoch}.`,
    );
  }
  if (info !== null) assertManifestFits(manifest, info, native);
  return manifest;
}

/** Returns the same error with the epoch in its message. */
export function ofEpoch(error: Error, epoch: number): RunFormatError {
  return new RunFormatError('damaged', error.message, {cause: error.cause ?? error, epoch});
}
