import {z} from 'zod';
import {count} from '../shared/count-schema.js';
import {FORMAT_VERSION, formatVersion} from '../shared/run-schema.js';
import {parseJsonAs} from './parse-json.js';
import {sealedJson, unsealJson} from './seal.js';

/** Maximum bytes of a manifest: that of a network with some hundred thousand channels. */
export const MAX_MANIFEST_BYTES = 1 << 26;

const shape = z.array(count);

const file = {
  /** Relative to the run folder, `/`-separated. */
  path: z.string().min(1),
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};

const batchOffsets = z.object({
  offset: count,
  metadataBytes: count,
  bodyBytes: count,
  valuesOffset: count,
});

const activationsFile = z.object({
  kind: z.literal('activations'),
  ...file,
  layer: z.string(),
  dtype: z.enum(['float32', 'float16']),
  /** [channels, samples, pixels]; record batch c holds channel c. */
  shape: z.tuple([count, count, count]),
  spatial: shape,
  batches: z.array(batchOffsets),
});

const weightsFile = z.object({
  kind: z.literal('weights'),
  ...file,
  /** Weights in the model's order, one record batch each; `valuesOffset` points at the raw little-endian values. */
  tensors: z.array(
    z.object({name: z.string(), dtype: z.enum(['float32', 'int32', 'bool']), shape, ...batchOffsets.shape}),
  ),
});

const tableFile = z.object({kind: z.literal('table'), ...file, table: z.string(), rows: count});

const probeFile = z.object({
  kind: z.literal('probe'),
  ...file,
  samples: count,
  labelsOffset: count,
  /** Inputs in the order of the model; `column` is the name in the Arrow file. */
  inputs: z.array(z.object({name: z.string(), column: z.string(), shape, valuesOffset: count})),
});

/** A part of an epoch that could not be computed or stored when it was captured. */
const failedPart = z.object({
  /** Kind of the failed part: `activations`, `weights`, `table`, `measures`, `evaluation`; a later version may know others. */
  stage: z.string(),
  /** The layer, table or measure; null where there is one thing only, or all of them failed. */
  of: z.string().nullable(),
  /** Description of the failure, e.g. `the weights could not be stored`. */
  what: z.string(),
  /** Why, one sentence. */
  reason: z.string(),
});

const knownFile = z.discriminatedUnion('kind', [activationsFile, weightsFile, tableFile]);
const KINDS: readonly string[] = ['activations', 'weights', 'table', 'probe'];

/** A file of a kind that only a later version, or another writer, knows: left alone, but checked by `verify`. */
const otherFile = z.object({
  kind: z
    .string()
    // A problem of a file of a known kind is reported for that kind.
    .refine(kind => !KINDS.includes(kind), {abort: true})
    .meta({pattern: `^(?!(${KINDS.join('|')})$)`}),
  ...file,
});

export const epochManifest = z.object({
  format: z.literal('cnnslicer-epoch'),
  formatVersion,
  epoch: count,
  /** Absent where nothing failed, and in runs of cnnslicer 0.1.0. */
  failed: z.array(failedPart).optional(),
  files: z.array(z.union([knownFile, otherFile])),
});

export const probeManifest = z.object({
  format: z.literal('cnnslicer-probe'),
  formatVersion,
  files: z.tuple([probeFile], otherFile),
});

/** A manifest's entry for the activations of a layer. */
export type ActivationsFile = z.infer<typeof activationsFile>;
/** A manifest's entry for the weights of the model. */
export type WeightsFile = z.infer<typeof weightsFile>;
/** A manifest's entry for a metric table. */
export type TableFile = z.infer<typeof tableFile>;
/** The manifest's entry for the probe. */
export type ProbeFile = z.infer<typeof probeFile>;
/** A manifest's entry of a kind that this version does not know; readers leave it alone. */
export type OtherFile = z.infer<typeof otherFile>;
/** A part of an epoch that could not be captured, and why. */
export type FailedPart = z.infer<typeof failedPart>;
/** One file of a finished epoch. */
export type EpochFile = ActivationsFile | WeightsFile | TableFile;
/** Lists every file of a finished epoch; written last, so an epoch without one does not exist. */
export interface EpochManifest extends Omit<z.infer<typeof epochManifest>, 'files'> {
  files: EpochFile[];
  /** Absent where there are none. */
  others?: OtherFile[];
}
export type ProbeManifest = z.infer<typeof probeManifest>;

export function epochManifestText(epoch: number, files: EpochFile[], failed: FailedPart[]): string {
  const manifest: EpochManifest = {
    format: 'cnnslicer-epoch',
    formatVersion: FORMAT_VERSION,
    epoch,
    ...(failed.length > 0 && {failed}),
    files,
  };
  return sealedJson(manifest);
}

export function probeManifestText(probe: ProbeFile): string {
  const manifest: ProbeManifest = {
    format: 'cnnslicer-probe',
    formatVersion: FORMAT_VERSION,
    files: [probe],
  };
  return sealedJson(manifest);
}

/** @throws {RunFormatError} `damaged`, naming `path` and the first thing wrong. */
export function parseEpochManifest(bytes: Uint8Array, path: string): EpochManifest {
  const {files: all, ...manifest} = parseJsonAs(epochManifest, unsealJson(bytes, path), path);
  const files = all.filter(isKnown);
  const others = all.filter(file => !isKnown(file));
  return {...manifest, files, ...(others.length > 0 && {others})};
}

/** @throws {RunFormatError} `damaged`, naming `path` and the first thing wrong. */
export function parseProbeManifest(bytes: Uint8Array, path: string): ProbeManifest {
  return parseJsonAs(probeManifest, unsealJson(bytes, path), path);
}

/** All files of an epoch, also those of kinds that this version does not know. */
export function everyFile({files, others = []}: EpochManifest): (EpochFile | OtherFile)[] {
  return [...files, ...others];
}

function isKnown(file: EpochFile | OtherFile): file is EpochFile {
  return KINDS.includes(file.kind);
}
