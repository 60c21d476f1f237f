import type {Columns, TableName} from '../shared/index.js';
import {TABLE_SCHEMAS, type TypedColumn, type TypedColumns} from '../store/index.js';

/** Which rows of a table are wanted. */
export interface RowFilter {
  layer?: string | undefined;
  /** Class index; null is the rows that count all classes together. */
  class?: number | null | undefined;
}

/** Names of a table's columns, in file order. */
export function columnNames(table: TableName): string[] {
  return Object.keys(TABLE_SCHEMAS[table]);
}

/**
 * Several parts of one table, one after the other, as one.
 *
 * @param names - The columns wanted, each of the table.
 * @param filter - Rows to take; a filter on a column that the table does not have takes none.
 */
export function joinColumns(
  table: TableName,
  parts: readonly TypedColumns[],
  {names, filter}: {names: readonly string[]; filter: RowFilter},
): TypedColumns {
  const taken = parts.map(part => rowsThatMatch(part, filter));
  const rows = taken.reduce((sum, {length}) => sum + length, 0);
  const columns = names.map(name => {
    const pieces = parts.map((part, i) => ({column: part.columns[name], taken: taken[i] as Int32Array}));
    return [name, joinColumn(typeOf(table, name), pieces, rows)] as const;
  });
  return {rows, columns: Object.fromEntries(columns)};
}

/** Typed columns as JSON has them: null where undefined, and for NaN and Infinity, which it does not have. */
export function plainColumns({rows, columns}: TypedColumns): Columns {
  const plain = Object.entries(columns).map(([name, column]) => [name, plainValues(column)] as const);
  return {rows, columns: Object.fromEntries(plain)};
}

function plainValues(column: TypedColumn): (number | string | null)[] {
  const {type, values} = column;
  if (type === 'string') return Array.from(values, code => column.words[code] ?? null);
  if (type === 'double') return Array.from(values, value => (Number.isFinite(value) ? value : null));
  const {nulls} = column;
  return nulls ? Array.from(values, (value, row) => (nulls[row] === 1 ? null : value)) : Array.from(values);
}

function typeOf(table: TableName, name: string): TypedColumn['type'] {
  const schema: Readonly<Record<string, string>> = TABLE_SCHEMAS[table];
  return schema[name]?.replace('?', '') as TypedColumn['type'];
}

function rowsThatMatch({rows, columns}: TypedColumns, filter: RowFilter): Int32Array {
  const conditions = Object.entries(filter).flatMap(([name, wanted]) =>
    wanted === undefined ? [] : [conditionOf(columns[name], wanted as number | string | null)],
  );
  const taken = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (conditions.every(matches => matches(row))) taken[count++] = row;
  }
  return taken.subarray(0, count);
}

function conditionOf(
  column: TypedColumn | undefined,
  wanted: number | string | null,
): (row: number) => boolean {
  if (column === undefined) return () => false;
  const {values} = column;
  if (column.type === 'string') {
    const code = wanted === null ? -1 : column.words.indexOf(wanted as string);
    return row => values[row] === code && (code >= 0 || wanted === null);
  }
  const nulls = column.type === 'int32' ? column.nulls : null;
  if (wanted === null) return row => nulls?.[row] === 1;
  return row => values[row] === wanted && nulls?.[row] !== 1;
}

interface Piece {
  column: TypedColumn | undefined;
  taken: Int32Array;
}

/** One column of all parts. */
function joinColumn(type: TypedColumn['type'], pieces: readonly Piece[], rows: number): TypedColumn {
  if (type === 'double') {
    const values = new Float64Array(rows);
    eachTaken(pieces, 'double', (from, row, at) => (values[at] = from.values[row] as number));
    return {type, values};
  }
  const values = new Int32Array(rows);
  if (type === 'int32') {
    let nulls: Uint8Array | null = null;
    eachTaken(pieces, 'int32', (from, row, at) => {
      values[at] = from.values[row] as number;
      if (from.nulls?.[row] === 1) (nulls ??= new Uint8Array(rows))[at] = 1;
    });
    return {type, values, nulls};
  }
  const codes = new Map<string, number>();
  eachTaken(pieces, 'string', (from, row, at) => {
    const word = from.words[from.values[row] as number];
    if (word !== undefined && !codes.has(word)) codes.set(word, codes.size);
    values[at] = word === undefined ? -1 : (codes.get(word) as number);
  });
  return {type, values, words: [...codes.keys()]};
}

/** Calls back for every row taken, with its place in the whole. */
function eachTaken<Type extends TypedColumn['type']>(
  pieces: readonly Piece[],
  type: Type,
  take: (from: TypedColumn & {type: Type}, row: number, at: number) => void,
): void {
  let at = 0;
  for (const {column, taken} of pieces) {
    if (column?.type !== type) at += taken.length;
    else
      for (let i = 0; i < taken.length; i++)
        take(column as TypedColumn & {type: Type}, taken[i] as number, at++);
  }
}
