import {z} from 'zod';
import type {RunInfo} from '../shared/index.js';
import {formatVersion, READ_VERSIONS} from './format-version.js';
import {assertPlausible} from './limits.js';
import {parseJsonAs} from './parse-json.js';
import {RunFormatError} from './run-format-error.js';
import {sealedJson, unsealJson} from './seal.js';

/** Of the largest `run.json` that is read: that of a model with some hundred thousand layers. */
export const MOST_RUN_FILE_BYTES = 1 << 25;

const count = z.number().int().nonnegative();

const layer = z.looseObject({
  index: count,
  name: z.string().min(1),
  className: z.string(),
  spatial: z.array(z.number().int().positive()),
  channels: z.number().int().positive(),
});

const architectureNode = z
  .looseObject({
    name: z.string(),
    className: z.string(),
    shape: z.array(z.number().nullable()),
    parameters: count,
    inputs: z.array(z.string()),
    captured: z.boolean(),
    get layers() {
      return z.array(architectureNode).optional();
    },
  })
  .meta({id: 'architecture-node'});

const labelledOutput = z.looseObject({
  name: z.string().nullable(),
  chosenBy: z.enum(['option', 'shape']),
  why: z.string(),
});

const options = z.looseObject({
  everyEpochs: z.number().int().positive(),
  dtype: z.enum(['float32', 'float16']),
  activations: z.union([z.literal('all'), z.literal('none'), z.object({samples: count})]),
  weights: z.boolean(),
  bins: z.number().int().positive(),
  range: z.enum(['layer', 'channel', 'map']),
  k: count,
});

/** Unknown fields are kept: a later version of the same format may add some. */
export const runInfo = z
  .looseObject({
    format: z.literal('cnnslicer-run'),
    formatVersion,
    id: z.string().optional(),
    name: z.string(),
    status: z.enum(['training', 'finished', 'failed']),
    createdAt: z.string(),
    process: z.looseObject({
      pid: z.number(),
      host: z.string(),
      space: z.string().optional(),
      started: z.string().optional(),
    }),
    writer: z.string().optional(),
    versions: z.looseObject({
      cnnslicer: z.string(),
      tfjs: z.string(),
      node: z.string(),
      runtime: z.string().optional(),
    }),
    backend: z.string(),
    seed: z.number(),
    layers: z.array(layer),
    inputs: count,
    architecture: z.array(architectureNode),
    topology: z.unknown(),
    classes: z.array(z.string()),
    probe: z.looseObject({samples: count, perClass: z.array(count), output: labelledOutput.optional()}),
    evaluation: z.looseObject({source: z.enum(['probe', 'evaluation']), samples: count}),
    training: z.looseObject({
      samples: count.nullable(),
      batchSize: count.nullable(),
      epochs: count.nullable(),
      initialEpoch: count,
    }),
    options,
  })
  .refine(info => info.layers.every((layer, i) => layer.index === i), {
    path: ['layers'],
    message: 'each index must be the position in the list',
  })
  .refine(info => new Set(info.layers.map(layer => layer.name)).size === info.layers.length, {
    path: ['layers'],
    message: 'names must be unique',
  })
  .refine(info => info.inputs <= info.layers.length, {
    path: ['inputs'],
    message: 'there are fewer layers than inputs',
  }) satisfies z.ZodType<RunInfo>;

const anyVersion = z.looseObject({format: z.literal('cnnslicer-run'), formatVersion: z.unknown()});

export function runInfoText(info: RunInfo): string {
  return sealedJson(info, 2);
}

/**
 * Reads the bytes of a `run.json`.
 *
 * @throws {RunFormatError} `not-a-run`, `version` or `damaged`, naming `path`.
 */
export function parseRunInfo(bytes: Uint8Array, path: string): RunInfo {
  const text = unsealJson(bytes, path);
  const {formatVersion: version} = parseJsonAs(anyVersion, text, path);
  if (!formatVersion.safeParse(version).success) {
    throw new RunFormatError(
      'version',
      `${path} has format version ${JSON.stringify(version)}; this version of cnnslicer reads ` +
        `${READ_VERSIONS}. Use the cnnslicer that wrote it, or train into another folder.`,
    );
  }
  const info = parseJsonAs(runInfo, text, path);
  assertPlausible(info, path);
  return info;
}
