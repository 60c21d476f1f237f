export {assertInterval, assertLength, assertPositiveInteger} from './assert.js';
export {seededRandom, shuffle, type Random} from './random.js';
export {drawStratified} from './stratified.js';
export {
  FORMAT_VERSION,
  type ArchitectureNode,
  type CaptureOptions,
  type LayerInfo,
  type RunInfo,
  type RunStatus,
} from './run.js';
export type {
  ChannelEntropyRow,
  ClassEntropyRow,
  ConfusionRow,
  LayerEntropyRow,
  LogsRow,
  PredictionsRow,
  Reason,
  TableName,
  TableRows,
} from './tables.js';
export type {ApiError, Columns, EpochEvent, RunDetail, RunSummary} from './api.js';
