/**
 * Answers questions in the notation over a run, and reports what stands out in it.
 *
 * @module cnnslicer/analysis
 */
export type {
  Finding,
  FindingKind,
  Query,
  QueryResult,
  Cell,
  Column,
  Table,
  RunInfo,
} from '../shared/index.js';
export {analyze, type AnalyzeOptions, type AnalyzeStep} from './analyze.js';
export {deadChannels, type DeadChannels} from './dead-channels.js';
export {finalAccuracy, type FinalAccuracy, type LoggedAccuracy} from './final-accuracy.js';
export {findings} from './findings/findings.js';
export {layerTrend, type LayerEntropyAt, type LayerTrend} from './layer-trend.js';
export {neverPredicted, type NeverPredicted} from './never-predicted.js';
export {summarizeRun, type LayerSummary, type RunSummary} from './summarize-run.js';
export {Cube, openCube, type CubeOptions} from './cube.js';
export {CubeSlice, type SlicedMaps} from './cube-slice.js';
export type {Job} from '../measures/answer/compute.js';
export {LazyPool} from './lazy-pool.js';
export {RESULT_FORMATS, type ResultFormat} from './output/result-formats.js';
export {cellOf, cellsOf, rowsOf as resultRows} from '../shared/index.js';
export {NoSuchSlice} from '../measures/slice/no-such-slice.js';
