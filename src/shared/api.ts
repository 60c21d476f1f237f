/**
 * The responses of the server to the viewer. All GET, all under `/api`:
 *
 * | path | answer |
 * |---|---|
 * | `/runs` | `RunSummary[]` |
 * | `/accuracies` | `RunAccuracies` |
 * | `/runs/:run` | `RunDetail` |
 * | `/runs/:run/tables/:table?epoch=&layer=&class=&columns=mean,std&format=` | `Columns` of that table (each filter optional; `class=all` is null); `format=arrow`: the same as a stream whose schema metadata hold `about`, `constants` and `columns` |
 * | `/runs/:run/samples?sample=0,4,9` | Arrow IPC stream: sample int32, label int32, input FixedSizeList<float32> |
 * | `/runs/:run/query?expression=&format=&request=` | a `QueryResult` as JSON with one object a row; `format`: `csv`, `parquet`, or `arrow`, a stream whose schema metadata hold `about`, `constants` and `columns` |
 * | `/runs/:run/findings` | `Finding[]` |
 * | `/runs/:run/projections?layer=&channel=&epoch=&sample=0,4` | Arrow IPC stream: sample int32, projection and map FixedSizeList<float32>, extents in the fields' metadata `shape` |
 * | `/events` | server-sent events: `runs` with `RunSummary[]`, `epoch` with `EpochEvent`, `progress` with `ProgressEvent` |
 *
 * Errors have a 4xx or 5xx status and an `ApiError` body.
 */
import type {RunInfo} from './run-schema.js';

export interface RunSummary {
  /** Path of the run's folder below the log directory, `/`-separated; its key in every path, written there with `%2F`. */
  id: string;
  name: string;
  createdAt: string;
  /** When a file of the run was last added or replaced, ISO 8601, UTC; null if unknown. */
  changedAt: string | null;
  /** The process that trains it is still there. */
  live: boolean;
  status: RunInfo['status'];
  /** Finished epochs, ascending; 0 is the untrained model. */
  epochs: number[];
  /** The last epoch that the training is going to reach; where it does not say, the last finished one. */
  plannedEpochs: number;
  trainingSamples: number | null;
  /** Classes of its probe; 0 where that has no labels. */
  classes: number;
  /** The words that its maker gave it, by which it is found. */
  tags: string[];
  /** Epochs with a damaged file, as far as it has been read; absent where there are none. */
  damaged?: {epoch: number; reason: string}[];
  /** Parts of epochs that could not be computed or stored when they were captured; absent where there are none. */
  failed?: {epoch: number; reason: string}[];
  /** Why the run cannot be opened, in one line; then everything else is empty. */
  problem?: string;
}

/** The accuracy that each run logged at its last epoch, by run id: of the validation data, else of the training; null for none. */
export type RunAccuracies = Record<string, number | null>;

export interface RunDetail {
  summary: RunSummary;
  info: RunInfo;
}

/** A table by columns; every array has `rows` elements. */
export interface Columns {
  rows: number;
  columns: Record<string, (number | string | null)[]>;
  /** Columns that the version which wrote them did not know, null where it is so; absent where there are none. */
  notRecorded?: string[];
}

export interface EpochEvent {
  run: string;
  epoch: number;
}

/** Progress of the result of a query with a `request` name. */
export interface ProgressEvent {
  run: string;
  request: string;
  /** Share, 0..1. */
  done: number;
}

export interface ApiError {
  error: {code: string; message: string};
}
