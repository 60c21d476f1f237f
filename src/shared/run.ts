/** What `run.json` holds: everything about a run that does not change from epoch to epoch. */

/** The run-folder format that this version writes; a reader takes it and all before it. */
export const FORMAT_VERSION = 1;

/** The label of a sample that has none. All samples of a run have one, or none has: then it has no classes either. */
export const NO_LABEL = -1;

/** One position on the L axis: a captured layer, or an input of the model. */
export interface LayerInfo {
  /** Position on the L axis; 0 is the model's (first) input. */
  index: number;
  /** The tfjs layer name, or that of a named tensor; unique in the run. */
  name: string;
  /** The tfjs class, e.g. `Conv2D`; `InputLayer` for an input; `Tensor` where the user named a tensor. */
  className: string;
  /** Extents of one map, batch and channels left out: `[28, 28]`; `[]` for a dense layer. */
  spatial: number[];
  /** Size of the C axis; a dense layer's units. */
  channels: number;
}

/** A node of the model's graph, captured or not: what an architecture overview draws. */
export interface ArchitectureNode {
  name: string;
  className: string;
  /** Output shape without the batch axis; `null` where the model leaves an extent open. */
  shape: (number | null)[];
  parameters: number;
  /** Names of the layers that feed this one. */
  inputs: string[];
  captured: boolean;
  /** Of a model inside the model: its own nodes. */
  layers?: ArchitectureNode[];
}

/** The output of the model that the labels are compared with. */
export interface LabelledOutput {
  /** Its name; null where they belong to none, and the run has no confusion matrix. */
  name: string | null;
  /** Named by `probe.output`, or found by its shape, activation and loss. */
  chosenBy: 'option' | 'shape';
  /** Why this one, or why none: the end of a sentence, for people. */
  why: string;
}

/** `training` is written when a fit begins; a killed process leaves it so, and `process` tells that it is gone. */
export type RunStatus = 'training' | 'finished' | 'failed';

/** A process, told apart from a later one that was given the same id. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** What the id counts in: the boot of the machine, and the container. Absent where the system does not tell. */
  space?: string;
  /** When it began, in the system's own words: only good for comparing. Absent where the system does not tell. */
  started?: string;
}

export interface RunInfo {
  format: 'cnnslicer-run';
  /** 1..{@link FORMAT_VERSION}. */
  formatVersion: number;
  /** Of the run, whatever its folder is called; absent in runs of earlier versions. */
  id?: string;
  name: string;
  status: RunStatus;
  /** When the run began, ISO 8601, UTC. */
  createdAt: string;
  /** The process that trains, so that a viewer can tell a live run from a killed one. */
  process: ProcessIdentity;
  /** Who wrote last: one slicer of one process. Absent in runs of earlier versions. */
  writer?: string;
  versions: {
    cnnslicer: string;
    tfjs: string;
    /** Of Node, or the version of it that another runtime is like. */
    node: string;
    /** Name and version of a runtime other than Node, e.g. `bun 1.4.5`. */
    runtime?: string;
  };
  /** The tfjs backend, e.g. `wasm`. */
  backend: string;
  seed: number;
  /** Captured layers, inputs first, in the order of the L axis. */
  layers: LayerInfo[];
  /** How many of `layers`, from the front, are inputs of the model (1 for most models). */
  inputs: number;
  /** Empty for named tensors, whose graph nobody tells. */
  architecture: ArchitectureNode[];
  /** `model.toJSON()` of the user's model, unparsed topology; null for named tensors. */
  topology: unknown;
  /** Their names; none where the probe has no labels, and then its samples are one group. */
  classes: string[];
  probe: {
    samples: number;
    /** Probe samples per class, in class order. */
    perClass: number[];
    /** Missing in runs of cnnslicer 0.1.0. */
    output?: LabelledOutput;
  };
  evaluation: {
    /** `probe` where no larger set was given. */
    source: 'probe' | 'evaluation';
    samples: number;
  };
  training: {
    /** Training samples an epoch, `null` where a dataset does not say. */
    samples: number | null;
    batchSize: number | null;
    /** The last epoch the training is going to reach, `null` where a loop of the user's own does not say. */
    epochs: number | null;
    /** The epoch that the run begins with; 0 unless it went on from saved weights. */
    initialEpoch: number;
  };
  options: CaptureOptions;
}

/** Where findings lie within a run's TensorBoard folder: they are written when the training's own writers may be at work. */
export const FINDINGS_EVENTS = 'findings';

/** The callback's options as they took effect, defaults filled in. */
export interface CaptureOptions {
  everyEpochs: number;
  dtype: 'float32' | 'float16';
  /** Probe samples whose activations are stored: all, none, or the first so many. */
  activations: 'all' | 'none' | {samples: number};
  weights: boolean;
  bins: number;
  range: 'layer' | 'channel' | 'map';
  k: number;
}

/** Samples whose activations a run stores: the first so many of the probe. The inputs are stored of all. */
export function storedSamples({options: {activations}, probe}: Pick<RunInfo, 'options' | 'probe'>): number {
  if (activations === 'all') return probe.samples;
  return activations === 'none' ? 0 : Math.min(activations.samples, probe.samples);
}
