import {setImmediate} from 'node:timers/promises';
import {
  concatTables,
  emptyTable,
  tableFromRows,
  type Column,
  type Table,
  type TableName,
} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {assertFits, type Extent} from './answer-size.js';
import type {Answer} from './evaluation.js';

/** Name and type of a column of an answer; any may be null. */
export interface AnswerColumn {
  name: string;
  type: Column['type'];
}

/** An answer as it comes into being: what it is, and its rows part by part. */
export interface AnswerParts extends Pick<Answer, 'measure' | 'value' | 'unit'> {
  columns: readonly AnswerColumn[];
  extent: Extent;
  /** Parts, one per epoch and layer or similar. Each is computed on demand. */
  parts: AsyncIterable<Table>;
  /** Facts about all rows; complete after the last part. */
  facts: () => Answer['facts'];
}

/** The columns of a kind of rows, in order. */
export function columnsFor<Row extends object>(types: {
  readonly [C in keyof Row]: AnswerColumn['type'];
}): AnswerParts['columns'] {
  return Object.entries<AnswerColumn['type']>(types).map(([name, type]) => ({name, type}));
}

/** Rows as a part of an answer. */
export function partOfRows<Row extends object>(columns: AnswerParts['columns'], rows: readonly Row[]): Table {
  return tableFromRows('answer', typesOf(columns), rows);
}

function typesOf(columns: AnswerParts['columns']) {
  return columns.map(({name, type}) => [name, type === 'map' ? type : (`${type}?` as const)] as const);
}

/**
 * The fact `not_recorded`: columns of an answer that tables of the run, as far as they have been read, lack, as an
 * earlier version of cnnslicer wrote them. Nothing where there are none.
 */
export function notRecorded(run: Run, table: TableName, columns: AnswerParts['columns']): Answer['facts'] {
  const names = run.notRecorded(
    table,
    columns.map(({name}) => name),
  );
  return names.length > 0 ? {not_recorded: names.join(', ')} : {};
}

/** The parts, with a pause before each in which the process does what else there is to do. */
export async function* withPauses(parts: AsyncIterable<Table>): AsyncGenerator<Table> {
  for await (const part of parts) {
    yield part;
    await setImmediate();
  }
}

/**
 * All parts as one answer.
 *
 * @throws {NoSuchSlice} before anything is computed, if they would be more than one answer holds.
 */
export async function collected(answer: AnswerParts): Promise<Answer> {
  const {measure, value, unit, extent, facts} = answer;
  assertFits(extent, answer.columns.length);
  const parts = [emptyTable(typesOf(answer.columns))];
  for await (const part of withPauses(answer.parts)) parts.push(part);
  const {rows, columns} = concatTables(parts);
  return {measure, value, unit, facts: facts(), rows, columns};
}
