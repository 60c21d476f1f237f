/**
 * Behaviour in a folder that holds a run: `new` leaves it alone and creates a run next to it (`mnist-2`),
 * `overwrite` replaces it, `resume` continues after its last epoch.
 */
export type Existing = 'new' | 'overwrite' | 'resume';

/** How a run is begun. */
export interface RunStart {
  /** What to do if the folder holds a run. Default `new`; a start from an epoch above 0 is always `resume`. */
  existing?: Existing;
  /** A writer with the same owner may take over its own lock, such as that of a thread that died. */
  owner?: string;
  /** Id of the run to resume, which `owner` must have written last; default any. */
  run?: string;
  /** If true, a folder in use by another writer of this process is an error, whatever `existing` says. */
  strict?: boolean;
}

/** The start of a training in its run. */
export interface StartOfTraining {
  /** The epoch that it begins with or continues from. */
  epoch: number;
  /** True if the run has that epoch already. */
  captured: boolean;
  /** True if it resumes an existing run. */
  goesOn: boolean;
}

/** The labelled probe set: what is pushed through the model at every epoch. */
export interface ProbeData {
  /** Class index of each sample, shape [samples]; `NO_LABEL` where the run has no classes. */
  labels: Int32Array;
  /** One per input of the model, in its order. */
  inputs: {
    name: string;
    /** Without the batch axis, channels last. */
    shape: number[];
    /** Shape [samples, ...shape]. */
    values: Float32Array;
  }[];
}

/** One weight of the model; `bool` is stored as bytes 0 and 1, as tfjs keeps it. */
export interface WeightTensor {
  name: string;
  shape: number[];
  /** `float32`, `int32` or `bool`. */
  dtype: string;
  /** Row-major, of the array type that belongs to `dtype`. */
  values: Float32Array | Int32Array | Uint8Array;
}

/** The inputs of the samples that a model is trained with, or of some drawn from them. */
export interface TrainingSetData {
  /** Samples that there are in all. */
  given: number;
  samples: number;
  /** One per input of the model, in its order; shape [samples, features]. */
  inputs: {name: string; values: Float32Array}[];
}
