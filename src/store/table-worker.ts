import {parentPort} from 'node:worker_threads';
import {parquetColumns, parquetTexts, type ParquetColumns} from './parquet-columns.js';
import type {LaneAnswer} from './worker-lane.js';

/** What the table worker is asked. */
export type TableJob = {bytes: Uint8Array} & (
  | {ask: 'columns'; table: string; most: number}
  /** The texts that stand beside the table. */
  | {ask: 'texts'}
);

export type TableAnswer = ParquetColumns | Map<string, string>;

parentPort?.on('message', (job: TableJob) => {
  void answer(job).then(message => parentPort?.postMessage(message, buffersOf(message)));
});

async function answer(job: TableJob): Promise<LaneAnswer<TableAnswer>> {
  try {
    const {bytes} = job;
    const result =
      job.ask === 'texts' ? await parquetTexts(bytes) : await parquetColumns(job.table, bytes, job.most);
    return {result};
  } catch (error) {
    // The reader trips over what it did not expect; its words would tell nobody anything.
    if (error instanceof TypeError) return {error: 'it is no Parquet file that can be read'};
    return {error: error instanceof Error ? error.message : String(error)};
  }
}

/** What need not be copied on its way. */
function buffersOf(answer: LaneAnswer<TableAnswer>): ArrayBuffer[] {
  if (!('result' in answer) || answer.result instanceof Map) return [];
  const columns = Object.values(answer.result.columns);
  const arrays = columns.flatMap(column => [column.values, 'nulls' in column ? column.nulls : null]);
  return arrays.filter(array => array !== null).map(array => array.buffer as ArrayBuffer);
}
