import type {LogsRow, RunInfo, RunStatus, TableName, TableRows} from '../../shared/index.js';
import type {ProbeData, WeightTensor} from '../../store/index.js';
import type {GraphNode} from '../../tensorboard/index.js';
import type {Hyperparameters} from '../hyperparameters.js';
import type {LayerActivations} from '../activation-model.js';
import type {Predictions} from '../classifier.js';

/** What a recorder needs before the first epoch. */
export interface RecorderSetup {
  dir: string;
  info: RunInfo;
  probe: ProbeData;
  /** Null where no TensorBoard events are wanted. */
  tensorboard: TensorBoardSetup | null;
}

export interface TensorBoardSetup {
  dir: string;
  hparams: Hyperparameters;
  graph: GraphNode[];
  /** Layer pairs whose capacity is drawn at each epoch. */
  capacity: (readonly [from: string, to: string])[];
  /** Probe samples whose feature maps are drawn at each epoch. */
  featureMaps: number;
}

/** All that the training thread hands over at one epoch; plain data and typed arrays, fit to be transferred. */
export interface EpochCapture {
  epoch: number;
  /** Logs since the last capture: also those of epochs that were not captured. */
  logs: LogsRow[];
  activations: LayerActivations[];
  weights: WeightTensor[];
  /** Predictions for the probe; null where no output names classes. */
  predictions: Predictions | null;
  /** True and predicted classes of the evaluation set. */
  evaluation: {labels: Int32Array; predicted: Int32Array} | null;
}

/** The tables of one epoch; those that make no sense for the model are missing. */
export type EpochTables = {[T in TableName]?: TableRows[T][]};

/** What became of a recorded epoch. */
export interface RecordedEpoch {
  epoch: number;
  /** Layers that hold non-finite activations, with how many samples. */
  nonFinite: {layer: string; samples: number}[];
}

/** Keeps captured epochs: measures them, writes the run folder and the TensorBoard events. */
export interface Recorder {
  /** Resolves to the epochs of an earlier run that this one replaces. */
  open(setup: RecorderSetup): Promise<number[]>;
  record(capture: EpochCapture): Promise<RecordedEpoch>;
  close(status: RunStatus): Promise<void>;
}

export type Request =
  | {id: number; type: 'open'; setup: RecorderSetup}
  | {id: number; type: 'record'; capture: EpochCapture}
  | {id: number; type: 'close'; status: RunStatus};

export type Reply = {id: number; value: number[] | RecordedEpoch | undefined} | {id: number; error: Error};
