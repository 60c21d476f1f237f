import {z} from 'zod';
import {count, positive} from './count-schema.js';

/** The run-folder format that this version writes; a reader takes it and all before it. */
export const FORMAT_VERSION = 1;

/** The versions that are read: this one and all before it. */
export const formatVersion = z
  .int()
  .min(1)
  .max(FORMAT_VERSION)
  .describe('Of the run-folder format; readers take theirs and all before it');

const layerInfo = z
  .looseObject({
    index: count.describe('Position on the L axis; 0 is the (first) input of the model'),
    name: z.string().min(1).describe('The tfjs layer name, or that of a named tensor; unique in the run'),
    className: z
      .string()
      .describe('The tfjs class, e.g. Conv2D; InputLayer for an input; Tensor where the user named a tensor'),
    spatial: z
      .array(positive)
      .describe('Extents of one map, batch and channels left out: [28, 28]; [] for a dense layer'),
    channels: positive.describe("Size of the C axis; a dense layer's units"),
  })
  .describe('One position on the L axis: a captured layer, or an input of the model');

const nodeFields = {
  name: z.string(),
  className: z.string(),
  shape: z
    .array(z.number().nullable())
    .describe('Output shape without the batch axis; null where the model leaves an extent open'),
  parameters: count,
  inputs: z.array(z.string()).describe('Names of the layers that feed this one'),
  captured: z.boolean(),
};

/** A node of the model's graph, captured or not: what an architecture overview draws. */
export interface ArchitectureNode extends z.infer<z.ZodObject<typeof nodeFields>> {
  /** Nodes of a nested model. */
  layers?: ArchitectureNode[] | undefined;
}

const architectureNode: z.ZodType<ArchitectureNode> = z
  .looseObject({
    ...nodeFields,
    get layers() {
      return z.array(architectureNode).optional();
    },
  })
  .meta({
    id: 'architecture-node',
    description:
      "A node of the model's graph, captured or not; layers are the nodes of a model inside the model",
  });

const labelledOutput = z
  .looseObject({
    name: z
      .string()
      .nullable()
      .describe('Null where the labels belong to no output, and the run has no confusion matrix'),
    chosenBy: z
      .enum(['option', 'shape'])
      .describe('Named by probe.output, or found by its shape, activation and loss'),
    why: z.string().describe('Why this one, or why none: the end of a sentence, for people'),
  })
  .describe('The output of the model that the labels are compared with');

const processIdentity = z
  .looseObject({
    pid: z.number(),
    host: z.string(),
    space: z
      .string()
      .optional()
      .describe('What the id counts in: the boot of the machine, and the container'),
    started: z
      .string()
      .optional()
      .describe("When it began, in the system's own words: only good for comparing"),
  })
  .describe('A process, distinguishable from a later one with the same id');

const captureOptions = z
  .looseObject({
    everyEpochs: positive,
    dtype: z.enum(['float32', 'float16']),
    activations: z
      .union([z.literal('all'), z.literal('none'), z.object({samples: count})])
      .describe('Probe samples whose activations are stored: all, none, or the first so many'),
    weights: z.boolean(),
    bins: positive,
    range: z.enum(['layer', 'channel', 'map']),
    k: count,
  })
  .describe("The callback's options as they took effect, defaults filled in");

/** Everything about a run that does not change from epoch to epoch. Unknown fields are kept: a later version may add some. */
export const runInfo = z
  .looseObject({
    format: z.literal('cnnslicer-run'),
    formatVersion,
    id: z.string().optional().describe('Of the run, whatever its folder is called'),
    name: z.string(),
    status: z
      .enum(['training', 'finished', 'failed'])
      .describe(
        'training is written when a fit begins; a killed process leaves it so, and process tells that it is gone',
      ),
    createdAt: z.string().describe('When the run began, ISO 8601, UTC'),
    tags: z.array(z.string()).optional().describe('Words by which the run is found among others'),
    process: processIdentity,
    writer: z.string().optional().describe('Who wrote last: one slicer of one process'),
    versions: z.looseObject({
      cnnslicer: z.string(),
      tfjs: z.string(),
      node: z.string().describe('Of Node, or the version of it that another runtime is like'),
      runtime: z
        .string()
        .optional()
        .describe('Name and version of a runtime other than Node, e.g. bun 1.4.5'),
    }),
    backend: z.string().describe('The tfjs backend, e.g. wasm'),
    seed: z.number(),
    layers: z.array(layerInfo).describe('Captured layers, inputs first, in the order of the L axis'),
    inputs: count.describe('How many of layers, from the front, are inputs of the model (1 for most models)'),
    architecture: z.array(architectureNode).describe('Empty for named tensors, whose graph is unknown'),
    topology: z
      .unknown()
      .describe("model.toJSON() of the user's model, unparsed topology; null for named tensors"),
    classes: z
      .array(z.string())
      .describe('Their names; none where the probe has no labels, and then its samples are one group'),
    probe: z.looseObject({
      samples: count,
      perClass: z.array(count).describe('Probe samples per class, in class order'),
      output: labelledOutput.optional(),
    }),
    evaluation: z.looseObject({
      source: z.enum(['probe', 'evaluation']).describe('probe where no larger set was given'),
      samples: count,
    }),
    training: z.looseObject({
      samples: count.nullable().describe('Training samples an epoch, null where a dataset does not say'),
      batchSize: count.nullable(),
      epochs: count
        .nullable()
        .describe(
          "The last epoch that the training is going to reach, null where a loop of the user's own does not say",
        ),
      initialEpoch: count.describe(
        'The epoch that the run begins with; 0 unless it went on from saved weights',
      ),
    }),
    options: captureOptions,
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
  });

/** The fields that are described, without those that a later version may add. */
type Known<T> = T extends readonly (infer Item)[]
  ? Known<Item>[]
  : T extends object
    ? {[Key in keyof T as string extends Key ? never : Key]: Known<T[Key]>}
    : T;

/** Contents of `run.json`. */
export type RunInfo = Known<z.infer<typeof runInfo>>;
/** One captured layer, as `run.json` describes it. */
export type LayerInfo = Known<z.infer<typeof layerInfo>>;
/** The output of the model that the labels belong to. */
export type LabelledOutput = Known<z.infer<typeof labelledOutput>>;
/** The process that writes a run, so that others see whether it is alive. */
export type ProcessIdentity = Known<z.infer<typeof processIdentity>>;
/** The options that a run was captured with; its numbers depend on them. */
export type CaptureOptions = Known<z.infer<typeof captureOptions>>;
/** Whether a run is being written, was finished, or was cut short. */
export type RunStatus = RunInfo['status'];
