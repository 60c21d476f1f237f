import {isNull, type Column} from './column.js';
import {mapColumns, type Table} from './table.js';

/** The values that rows must have, by column; null is none, and undefined is any. */
export type Wanted = Readonly<Record<string, number | string | null | undefined>>;

/** The rows of a table that hold the values wanted, ascending; none where the table lacks a column of them. */
export function rowsWhere({rows, columns}: Table, wanted: Wanted): Int32Array {
  let taken = new Int32Array(rows);
  for (let row = 0; row < rows; row++) taken[row] = row;
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined) taken = narrowed(taken, columns[name], value);
  }
  return taken;
}

/** Some rows of a table, in the order given; those that follow on each other are views, not copies. */
export function takeRows<Row extends object>(table: Table<Row>, rows: ArrayLike<number>): Table<Row>;
export function takeRows(table: Table, rows: ArrayLike<number>): Table;
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  if (isRun(rows)) return sliceRows(table, rows[0] ?? 0, (rows[0] ?? 0) + rows.length);
  return {...mapColumns(table, column => takeCells(column, rows)), rows: rows.length};
}

/** The rows of a table from `first` to before `end`, as views of its columns. */
export function sliceRows(table: Table, first: number, end: number): Table {
  return {...mapColumns(table, column => sliceColumn(column, first, end)), rows: end - first};
}

/** The rows of a table that hold the values wanted. */
export function filterRows<Row extends object>(table: Table<Row>, wanted: Wanted): Table<Row> {
  return takeRows(table, rowsWhere(table as Table, wanted));
}

/** The rows of a column from `first` to before `end`, as a view of it. */
export function sliceColumn(column: Column, first: number, end: number): Column {
  switch (column.type) {
    case 'map':
      return {...column, values: column.values.slice(first, end)};
    case 'string':
      return {...column, values: column.values.subarray(first, end)};
    case 'int32':
    case 'double': {
      const nulls = column.nulls?.subarray(first, end) ?? null;
      return {...column, values: column.values.subarray(first, end), nulls} as Column;
    }
  }
}

function takeCells(column: Column, rows: ArrayLike<number>): Column {
  switch (column.type) {
    case 'map':
      return {...column, values: Array.from(rows, row => column.values[row] ?? null)};
    case 'string':
      return {...column, values: gathered(column.values, rows)};
    case 'int32':
    case 'double': {
      const nulls = column.nulls && gathered(column.nulls, rows);
      return {...column, values: gathered(column.values, rows), nulls} as Column;
    }
  }
}

function gathered<Numbers extends Float64Array | Int32Array | Uint8Array>(
  from: Numbers,
  rows: ArrayLike<number>,
): Numbers {
  const taken = new (from.constructor as new (length: number) => Numbers)(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = from[rows[i] as number] as number;
  return taken;
}

/** Those of one layer are usually contiguous. */
function isRun(rows: ArrayLike<number>): boolean {
  for (let i = 1; i < rows.length; i++) if (rows[i] !== (rows[0] as number) + i) return false;
  return true;
}

/** Those of some rows that hold a value, in place; null is the rows that hold none. */
function narrowed(
  rows: Int32Array<ArrayBuffer>,
  column: Column | undefined,
  wanted: number | string | null,
): Int32Array<ArrayBuffer> {
  if (column === undefined) return new Int32Array();
  const value = column.type === 'string' && wanted !== null ? column.words.indexOf(String(wanted)) : wanted;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const isEmpty = isNull(column, row);
    if (wanted === null ? isEmpty : !isEmpty && column.values[row] === value) rows[count++] = row;
  }
  return rows.subarray(0, count);
}
