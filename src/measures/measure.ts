import type {MeasureQuery} from '../shared/index.js';
import type {AnswerParts} from './answer/answer-parts.js';
import type {Evaluation} from './answer/evaluation.js';
import type {MeasuredLayer} from './capture/measured-layer.js';
import type {MeasuredTables} from './capture/measured-tables.js';

/** A whole number that a query may set. */
export interface AmountOption {
  name: string;
  min: number;
  max: number;
}

/** A measure: what it is called, what a query of it may set, and how it answers one. */
export interface Measure<Q extends MeasureQuery = MeasureQuery> {
  /** Its folder in `src/measures`, such as `inter-sample`. */
  id: string;
  /** Its name in words, such as `inter-sample entropy`. */
  title: string;
  /** Names of the queries that it answers, such as `Hx`. */
  answers: readonly string[];
  /** Options that are whole numbers, with their limits, which the notation has as well. */
  amounts: readonly AmountOption[];
  /**
   * Answers a query.
   *
   * @throws {NoSuchSlice} if it names something that the run does not have.
   */
  answer(evaluation: Evaluation, query: Q): AnswerParts;
  /** The rows of a layer that are stored when it is captured; missing where nothing is. */
  capture?: (layer: MeasuredLayer) => MeasuredTables;
}
