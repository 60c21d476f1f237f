/**
 * Writes event files for TensorBoard: scalars, histograms, images, texts, layouts, hyperparameters, graphs.
 *
 * @module cnnslicer/tensorboard
 */
export type {GraphNode, HParam} from '../shared/recording/tensorboard-parts.js';
export type {LayoutCategory, LayoutChart} from './custom-scalars.js';
export {EventWriter, type EventWriterOptions} from './event-writer.js';
export {removeEventFiles} from './event-files.js';
export {EVENT_FOLDERS, eventFolder} from './event-folder.js';
export {markdownTable} from './markdown-table.js';
export type {
  Experiment,
  ExperimentHParam,
  ExperimentMetric,
  HParamsRecord,
  SessionEnd,
  SessionStart,
} from './hparams.js';
export type {ImageSummary} from './summary-value.js';
