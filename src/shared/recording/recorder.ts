import type {RunInfo, RunStatus} from '../run-schema.js';
import type {LogsRow, TableName, TableRows} from '../tables.js';
import type {ProbeData, RunStart, StartOfTraining, TrainingSetData, WeightTensor} from './run-parts.js';
import type {StageFailure} from './stages.js';
import type {GraphNode, Hyperparameters} from './tensorboard-parts.js';

/** Input of a recorder before the first epoch. */
export interface RecorderSetup {
  /** The run folder that was asked for. */
  dir: string;
  start: RunStart;
  info: RunInfo;
  probe: ProbeData;
  trainingSet?: TrainingSetData;
  /** Bytes of memory that a capture may take. */
  memory: number;
  disk: DiskNeeds;
  /** Null where no TensorBoard events are wanted. */
  tensorboard: TensorBoardSetup | null;
}

export interface TensorBoardSetup {
  /** Null for the run folder itself. */
  dir: string | null;
  hparams: Hyperparameters;
  graph: GraphNode[];
  /** Layer pairs whose capacity is drawn at each epoch. */
  capacity: (readonly [from: string, to: string])[];
  /** Probe samples whose feature maps are drawn at each epoch. */
  featureMaps: number;
}

/** Disk space of a run's epochs, bytes. */
export interface DiskNeeds {
  /** An epoch with everything that belongs to it. */
  epoch: number;
  /** The same without activations. */
  lean: number;
  /** Files of an epoch: each takes whole blocks of a disk, which its bytes do not fill. */
  files: number;
  /** Disk budget of the run; without activations it continues above that. */
  budget: number;
}

/** The activations of some probe samples at an epoch; the first batch begins at sample 0. */
export interface ActivationBatch {
  epoch: number;
  /** Shape for the first sample. */
  start: number;
  /** Values of each captured layer, [count, pixels, channels]. */
  maps: Float32Array[];
}

/** Predicted classes of some samples. */
export interface Predictions {
  /** Class index of each sample; `NO_LABEL` where the output is not finite. */
  predicted: Int32Array;
  /** The output's value at that class: a probability after a softmax or sigmoid. */
  probability: Float32Array;
}

/** Data of one epoch from the training thread, apart from the activations, which are sent before in batches; plain data and typed arrays that can be transferred. */
export interface EpochCapture {
  epoch: number;
  /** Logs since the last capture: also those of epochs that were not captured. */
  logs: LogsRow[];
  weights: WeightTensor[];
  /** Predictions for the probe; null where no output names classes. */
  predictions: Predictions | null;
  /** True and predicted classes of the evaluation set, `NO_LABEL` where none is predicted; null as well where predicting it failed. */
  evaluation: {labels: Int32Array; predicted: Int32Array} | null;
  /** Parts that failed in the training thread already. */
  failures: StageFailure[];
}

/** The tables of one epoch; those that make no sense for the model are missing. */
export type EpochTables = {[T in TableName]?: TableRows[T][]};

/** Result of recording an epoch. */
export interface RecordedEpoch {
  epoch: number;
  /** Layers that hold non-finite activations, with how many samples. */
  nonFinite: {layer: string; samples: number}[];
  /** Parts of the epoch that are missing, those of {@link EpochCapture} included. */
  failures: StageFailure[];
}

/** Result of opening a run. */
export interface OpenedRun {
  /** The run folder: the requested one, or the next free one. */
  dir: string;
  /** Contents of `run.json`. */
  info: RunInfo;
  start: StartOfTraining;
  /** Finished epochs that this start has removed, ascending. */
  replaced: readonly number[];
  /** Why the run is not in the folder that was asked for, in one line. */
  instead: string | null;
  /** Parts that will be missing in all epochs. */
  failures: StageFailure[];
}

/** Keeps captured epochs: measures them, writes the run folder and the TensorBoard events. */
export interface Recorder {
  open(setup: RecorderSetup): Promise<OpenedRun>;
  /** Receives the activations of an epoch, whose `record` follows. */
  batch(batch: ActivationBatch): Promise<void>;
  /** @throws {Error} if nothing of the epoch could be kept; a part that fails alone is in the result. */
  record(capture: EpochCapture): Promise<RecordedEpoch>;
  /** @returns What could not be brought to its end, the run's status apart. */
  close(status: RunStatus): Promise<StageFailure[]>;
  /**
   * Blocks the calling thread until all requests are done; missing if that thread does the work itself.
   *
   * @returns False if that took longer.
   */
  wait?(milliseconds: number): boolean;
}
