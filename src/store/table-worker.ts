import {parentPort} from 'node:worker_threads';
import type {Column, Table} from '../shared/index.js';
import {parquetColumns, parquetTexts} from './parquet-columns.js';
import type {LaneAnswer} from './worker-lane.js';

/** A request to the table worker. */
export type TableJob = {bytes: Uint8Array} & (
  | {ask: 'columns'; table: string; maxRows: number}
  /** Texts stored with the table. */
  | {ask: 'texts'}
);

export type TableAnswer = Table | Map<string, string>;

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
  return Object.values(answer.result.columns).flatMap(buffersOfColumn);
}

function buffersOfColumn(column: Column): ArrayBuffer[] {
  if (column.type === 'map') return [];
  const arrays = [column.values, column.type === 'string' ? null : column.nulls];
  return arrays.filter(array => array !== null).map(({buffer}) => buffer as ArrayBuffer);
}
