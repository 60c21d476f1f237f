import type {LayerInfo, Table} from '../shared/index.js';
import {partOfRows, type AnswerParts} from './answer/answer-parts.js';
import {partOf, type Evaluation} from './answer/evaluation.js';
import {unlessFailed} from './answer/unless-failed.js';
import type {ResolvedSlice} from './slice/resolve-slice.js';

/** One layer of a slice at one of its epochs. */
export interface Part {
  epoch: number;
  layer: LayerInfo;
  slice: ResolvedSlice;
}

/** How a measure answers of one part. */
export interface PartRows<Row> {
  /** The rows; `evaluation.job` reports the progress of this part alone. */
  rows: (evaluation: Evaluation, part: Part) => Promise<Row[]>;
  /** The rows where what they take could not be stored at capture; missing where that is an error. */
  failed?: (part: Part) => Row[];
}

/** An answer's rows, part by part: epoch by epoch, and in it layer by layer. */
export async function* eachPart<Row extends object>(
  evaluation: Evaluation,
  slice: ResolvedSlice,
  columns: AnswerParts['columns'],
  {rows, failed}: PartRows<Row>,
): AsyncGenerator<Table> {
  const total = slice.epochs.length * slice.layers.length;
  let done = 0;
  for (const epoch of slice.epochs) {
    for (const layer of slice.layers) {
      const part = {epoch, layer, slice};
      const found = rows({...evaluation, job: partOf(evaluation.job, done++, total)}, part);
      yield partOfRows(columns, await (failed ? unlessFailed(found, () => failed(part)) : found));
    }
  }
}
