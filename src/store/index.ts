/**
 * The run folder: writes, reads and verifies it (docs/run-folder.md).
 *
 * @module cnnslicer/store
 */
export type {
  Existing,
  ProbeData,
  RunStart,
  StartOfTraining,
  WeightTensor,
} from '../shared/recording/run-parts.js';
export type {
  ArchitectureNode,
  CaptureOptions,
  Cell,
  ChannelEntropyRow,
  ClassEntropyRow,
  Column,
  ConfusionRow,
  DoubleColumn,
  IntegerColumn,
  LayerEntropyRow,
  LayerInfo,
  LogsRow,
  PredictionsRow,
  Reason,
  RunInfo,
  RunStatus,
  Table,
  TableName,
  TableRows,
  TextColumn,
} from '../shared/index.js';
export type {ChannelMaps} from './activations-reader.js';
export {hasDerived, readDerived, writeDerived, type DerivedTable} from './derived-table.js';
export {FolderBusyError, lastSignOfLifeMs, SILENCE_MS} from './folder-lock.js';
export {isProcessAlive, thisProcess} from './process-identity.js';
export type {EpochWriter} from './epoch-writer.js';
export {isListed, walkFolders} from './folders-below.js';
export {listRun, listRuns, type ListedRun} from './list-runs.js';
export {containedPath, NotContainedError} from './contained-path.js';
export {FailedPartError, failureOf, holdsMaps} from './failed-part.js';
export type {
  ActivationsFile,
  EpochFile,
  EpochManifest,
  FailedPart,
  OtherFile,
  TableFile,
  WeightsFile,
} from './manifest.js';
export {probeDamage} from './probe-damage.js';
export {RunFormatError, type RunFormatErrorCode} from './run-format-error.js';
export {metricTable} from './table-file.js';
export {RunWriter} from './run-writer.js';
export type {DamagedEpoch, EpochsFound} from './epoch-files.js';
export {openRun, Run, type ChannelFilter, type TableFilter} from './run.js';
export {
  baseType,
  cellOf,
  cellsOf,
  rowsOf,
  TABLE_SCHEMAS,
  type ColumnType,
  type TableColumn,
} from '../shared/index.js';
export {verifyRun, type VerifyProblem, type VerifyReport} from './verify-run.js';
