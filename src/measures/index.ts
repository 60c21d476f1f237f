/**
 * The measures, one folder each: what is computed at capture, and what answers a query of the notation.
 *
 * @module cnnslicer/measures
 */
export {MEASURES} from './measures.js';
export {measureFor} from './measure-for.js';
export type {AmountOption, Measure} from './measure.js';
export type {AnswerParts} from './answer/answer-parts.js';
export type {Answer, Evaluation} from './answer/evaluation.js';
export {measureLayer, type LayerMeasures} from './capture/measure-layer.js';
export {classTables} from './class-entropy/class-tables.js';
export {trainingSetEntropy} from './inter-sample/training-set.js';
export {joinTables, tablesAt, type MeasuredTables} from './capture/measured-tables.js';
export type {MeasureOptions} from './capture/measured-layer.js';
export type {MeasureFailure} from './capture/measure-attempts.js';
export {NoSuchSlice} from './slice/no-such-slice.js';
