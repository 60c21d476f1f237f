import {join} from 'node:path';

/**
 * Paths in a run folder. Paths kept in manifests are relative to the run folder and use `/` on every
 * system; `join` makes them native.
 */

export const RUN_FILE = 'run.json';
export const PROBE_FILE = 'probe/part-0.arrow';
export const PROBE_MANIFEST = 'probe/_manifest.json';
export const TENSORBOARD_FOLDER = 'tensorboard';

/** The folders of a run that hold `epoch=` folders, those of `metrics` one level deeper. */
export const EPOCH_FOLDERS = ['activations', 'weights'] as const;
export const METRICS_FOLDER = 'metrics';

export function epochFolder(parent: string, epoch: number): string {
  return `${parent}/epoch=${epoch}`;
}

export function manifestPath(epoch: number): string {
  return `${epochFolder('activations', epoch)}/_manifest.json`;
}

export function activationsPath(epoch: number, layer: string): string {
  return `${epochFolder('activations', epoch)}/layer=${encodeLayerName(layer)}/part-0.arrow`;
}

export function weightsPath(epoch: number): string {
  return `${epochFolder('weights', epoch)}/part-0.arrow`;
}

export function tablePath(table: string, epoch: number): string {
  return `${epochFolder(`${METRICS_FOLDER}/${table}`, epoch)}/part-0.parquet`;
}

/** The folder of tables computed from a run afterwards; all of it may be deleted, it is computed again when asked for. */
export const DERIVED_FOLDER = 'derived';

/** `derived/capacity/from_layer=conv2d_1/…/epoch=12/part-0.parquet`: readers see the options as columns. */
export function derivedPath({
  table,
  options,
  epoch,
}: {
  table: string;
  options: Readonly<Record<string, string | number>>;
  epoch: number;
}): string {
  const folders = Object.entries(options).map(([key, value]) => `${key}=${encodeLayerName(String(value))}`);
  return `${epochFolder([DERIVED_FOLDER, table, ...folders].join('/'), epoch)}/part-0.parquet`;
}

/**
 * The epoch of a folder name such as `epoch=12`; `undefined` for any other name (also `epoch=012`, which we never
 * write).
 */
export function parseEpochFolder(name: string): number | undefined {
  const digits = /^epoch=(0|[1-9]\d{0,14})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * A layer name as one path segment that is legal on every file system: everything but ASCII letters, digits, `_` and
 * `-` is percent-encoded UTF-8, so that `..`, `a/b` and `*` are harmless and `decodeURIComponent` gives the name back.
 *
 * @throws {RangeError} if the name is empty or holds half a surrogate pair, which has no UTF-8 form.
 */
export function encodeLayerName(name: string): string {
  if (name === '' || /\p{Surrogate}/u.test(name)) {
    throw new RangeError(
      `encodeLayerName: a layer name must be non-empty, valid Unicode text, got ${JSON.stringify(name)}.`,
    );
  }
  return encodeURIComponent(name).replace(
    /[.!~*'()]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Temp files have a leading dot, which hides them from the globs of DuckDB and Polars, and end in `.tmp`. */
export function isTempFile(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

/** The native path of a `/`-separated path inside the run folder `root`. */
export function inRun(root: string, path: string): string {
  return join(root, ...path.split('/'));
}
