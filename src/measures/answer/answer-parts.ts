import {setImmediate} from 'node:timers/promises';
import type {ResultCell, ResultColumn, ResultColumnType, TableName} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {assertFits, type Extent} from './answer-size.js';
import type {Answer} from './evaluation.js';

/** Some rows of an answer, by columns. */
export interface AnswerPart {
  rows: number;
  columns: Readonly<Record<string, readonly ResultCell[]>>;
}

/** An answer as it comes into being: what it is, and its rows part by part. */
export interface AnswerParts extends Pick<Answer, 'measure' | 'value' | 'unit'> {
  columns: readonly Pick<ResultColumn, 'name' | 'type'>[];
  extent: Extent;
  /** Parts, one per epoch and layer or similar. Each is computed on demand. */
  parts: AsyncIterable<AnswerPart>;
  /** Facts about all rows; complete after the last part. */
  facts: () => Answer['facts'];
}

/** The columns of a kind of rows, in order. */
export function columnsFor<Row extends object>(types: {
  readonly [C in keyof Row]: ResultColumnType;
}): AnswerParts['columns'] {
  return Object.entries<ResultColumnType>(types).map(([name, type]) => ({name, type}));
}

/** Rows as a part of an answer. */
export function partOfRows<Row extends object>(
  columns: AnswerParts['columns'],
  rows: readonly Row[],
): AnswerPart {
  const values = ({name}: {name: string}) => rows.map(row => row[name as keyof Row] as ResultCell);
  return {
    rows: rows.length,
    columns: Object.fromEntries(columns.map(column => [column.name, values(column)])),
  };
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
export async function* withPauses(parts: AsyncIterable<AnswerPart>): AsyncGenerator<AnswerPart> {
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
  const columns = answer.columns.map(({name, type}): ResultColumn => ({name, type, values: []}));
  let rows = 0;
  for await (const part of withPauses(answer.parts)) {
    rows += part.rows;
    for (const {name, values} of columns) {
      const more = part.columns[name] ?? [];
      for (let row = 0; row < more.length; row++) values.push(more[row] ?? null);
    }
  }
  return {measure, value, unit, facts: facts(), rows, columns};
}
