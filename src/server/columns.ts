import {baseType, TABLE_SCHEMAS, type Columns, type TableColumn, type TableName} from '../shared/index.js';
import type {TypedColumn, TypedColumns} from '../store/index.js';

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
  const notRecorded = names.filter(name => parts.some(part => part.notRecorded?.includes(name)));
  return {rows, columns: Object.fromEntries(columns), ...(notRecorded.length > 0 && {notRecorded})};
}

/** Typed columns as JSON has them: null where undefined, and for NaN and Infinity, which it does not have. */
export function plainColumns({columns, ...rest}: TypedColumns): Columns {
  const plain = Object.entries(columns).map(([name, column]) => [name, plainValues(column)] as const);
  return {...rest, columns: Object.fromEntries(plain)};
}

function plainValues(column: TypedColumn): (number | string | null)[] {
  const {type, values} = column;
  if (type === 'string') return Array.from(values, code => column.words[code] ?? null);
  if (type === 'double') return Array.from(values, value => (Number.isFinite(value) ? value : null));
  const {nulls} = column;
  return nulls ? Array.from(values, (value, row) => (nulls[row] === 1 ? null : value)) : Array.from(values);
}

function typeOf(table: TableName, name: string): TypedColumn['type'] {
  const schema: Readonly<Record<string, TableColumn>> = TABLE_SCHEMAS[table];
  return baseType((schema[name] as TableColumn).type);
}

function rowsThatMatch({rows, columns}: TypedColumns, filter: RowFilter): Int32Array {
  let taken = new Int32Array(rows);
  for (let row = 0; row < rows; row++) taken[row] = row;
  for (const [name, wanted] of Object.entries(filter)) {
    if (wanted !== undefined) taken = narrowed(taken, columns[name], wanted as number | string | null);
  }
  return taken;
}

/** Those of some rows that hold a value, in place; null is the rows that hold none. */
function narrowed(
  rows: Int32Array<ArrayBuffer>,
  column: TypedColumn | undefined,
  wanted: number | string | null,
): Int32Array<ArrayBuffer> {
  if (column === undefined) return new Int32Array();
  const nulls = column.type === 'int32' ? column.nulls : null;
  const value = column.type === 'string' ? column.words.indexOf(String(wanted)) : wanted;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const isNull = nulls?.[row] === 1;
    if (wanted === null ? isNull : !isNull && column.values[row] === value) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

interface Piece {
  column: TypedColumn | undefined;
  taken: Int32Array;
}

/** One column of all parts. */
function joinColumn(type: TypedColumn['type'], pieces: readonly Piece[], rows: number): TypedColumn {
  const values = type === 'double' ? new Float64Array(rows) : new Int32Array(rows);
  let nulls: Uint8Array | null = null;
  const codes = new Map<string, number>();
  let at = 0;
  for (const {column, taken} of pieces) {
    if (column) copyRows(values, column.values, {taken, at});
    if (column?.type === 'int32' && column.nulls) {
      copyRows((nulls ??= new Uint8Array(rows)), column.nulls, {taken, at});
    }
    if (column?.type === 'string') {
      const joined = column.words.map(word => codes.get(word) ?? codes.set(word, codes.size).size - 1);
      for (let i = at; i < at + taken.length; i++) values[i] = joined[values[i] as number] ?? -1;
    }
    at += taken.length;
  }
  if (type === 'double') return {type, values: values as Float64Array};
  if (type === 'int32') return {type, values: values as Int32Array, nulls};
  return {type, values: values as Int32Array, words: [...codes.keys()]};
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/** Copies some rows; those of one layer are usually contiguous, and are copied in one step. */
function copyRows(into: Numbers, from: Numbers, {taken, at}: {taken: Int32Array; at: number}): void {
  const [first = 0, last = -1] = [taken[0], taken.at(-1)];
  if (last - first === taken.length - 1) into.set(from.subarray(first, last + 1), at);
  else for (let i = 0; i < taken.length; i++) into[at + i] = from[taken[i] as number] as number;
}
