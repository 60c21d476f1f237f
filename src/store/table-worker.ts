import {parentPort} from 'node:worker_threads';
import {parquetColumns, parquetTexts, type ParquetColumns} from './parquet-columns.js';
import type {LaneAnswer} from './worker-lane.js';

/** A request to the table worker. */
export type TableJob = {bytes: Uint8Array} & (
  | {ask: 'columns'; table: string; maxRows: number}
  /** Texts stored with the table. */
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
      job.ask === 'texts' ? await parquetTexts(bytes) : await parquetColumns(job.table, bytes, job.maxRows);
    return {result};
  } catch (error) {
    // The reader fails on unexpected bytes; its own messages would help no one.
    if (error instanceof TypeError) return {error: 'it is no Parquet file that can be read'};
    return {error: error instanceof Error ? error.message : String(error)};
  }
}

/** Buffers to transfer instead of copying. */
function buffersOf(answer: LaneAnswer<TableAnswer>): ArrayBuffer[] {
  if (!('result' in answer) || answer.result instanceof Map) return [];
  const columns = Object.values(answer.result.columns);
  const arrays = columns.flatMap(column => [column.values, 'nulls' in column ? column.nulls : null]);
  return arrays.filter(array => array !== null).map(array => array.buffer as ArrayBuffer);
}
