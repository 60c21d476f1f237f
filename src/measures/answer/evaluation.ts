import type {QueryResult, Table, TableName, TableRows} from '../../shared/index.js';
import {readDerived, writeDerived, type DerivedTable, type Run} from '../../store/index.js';
import type {Compute, Job} from './compute.js';
import type {PairCodesCache} from '../capacity/pair-codes-cache.js';

/** Context of evaluating a query. */
export interface Evaluation {
  run: Run;
  /** The run's finished epochs, ascending. */
  captured: readonly number[];
  compute: Compute;
  codes: PairCodesCache;
  job: Job;
}

/** An answer before it is given its expression. */
export type Answer = Omit<QueryResult, 'expression'>;

/** Runs for which it has been reported that nothing can be stored. */
const reported = new WeakSet<Run>();

/**
 * A derived table as it was kept, or else computed and kept. A run that cannot be written to, an archived one, is
 * answered all the same, with one warning that nothing is kept.
 */
export async function derivedTable<T extends TableName>(
  {run}: Evaluation,
  derived: DerivedTable<T>,
  compute: () => Promise<Table<TableRows[T]>>,
): Promise<Table<TableRows[T]>> {
  const kept = await readDerived(run, derived);
  if (kept !== undefined) return kept;
  const table = await compute();
  try {
    await writeDerived(run, derived, table);
  } catch (error) {
    if (reported.has(run)) return table;
    reported.add(run);
    process.emitWarning(
      `${error instanceof Error ? error.message : String(error)} What was computed is not kept.`,
    );
  }
  return table;
}

/** Reports progress, `done` parts of `total` with a share of the next, and stops abandoned work. */
export function partOf(job: Job, done: number, total: number): Job {
  job.signal?.throwIfAborted();
  job.onProgress?.(done / total);
  return {
    ...(job.signal && {signal: job.signal}),
    onProgress: share => job.onProgress?.((done + share) / total),
  };
}
