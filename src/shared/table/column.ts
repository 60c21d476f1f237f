/** One value of a table: a number, a text, a feature map, or null where there is none. */
export type Cell = number | string | Float32Array | null;

/** Whole numbers; where `nulls` has a 1 there is none. */
export interface IntegerColumn {
  type: 'int32';
  values: Int32Array;
  nulls: Uint8Array | null;
}

/** Numbers; where `nulls` has a 1 there is none, and `values` has NaN. */
export interface DoubleColumn {
  type: 'double';
  values: Float64Array;
  nulls: Uint8Array | null;
}

/** Each row's text as its place in `words`; -1 is null. */
export interface TextColumn {
  type: 'string';
  values: Int32Array;
  words: readonly string[];
}

/** A feature map a row. */
export interface MapColumn {
  type: 'map';
  values: readonly (Float32Array | null)[];
}

/** One column of a table: a tenth of the memory of one value an object, and no work for the garbage collector. */
export type Column = IntegerColumn | DoubleColumn | TextColumn | MapColumn;

/** The column that holds such cells. */
export type ColumnOf<Value> = Value extends number
  ? IntegerColumn | DoubleColumn
  : Value extends string
    ? TextColumn
    : Value extends Float32Array
      ? MapColumn
      : never;

/** The value of a cell of such a column. */
export type CellOf<C extends Column> = C extends MapColumn
  ? Float32Array
  : C extends TextColumn
    ? string
    : number;

/** Checks whether a row of a column has no value; true for a row that the column does not have. */
export function isNull(column: Column, row: number): boolean {
  if (row >= column.values.length) return true;
  if (column.type === 'map') return column.values[row] === null;
  if (column.type === 'string') return (column.values[row] as number) < 0;
  return column.nulls !== null && column.nulls[row] === 1;
}

/** The value of a row; null where there is none. */
export function cellOf<C extends Column>(column: C, row: number): CellOf<C> | null {
  if (isNull(column, row)) return null;
  const value = column.values[row] ?? null;
  const cell = column.type === 'string' ? (column.words[value as number] ?? null) : value;
  return cell as CellOf<C> | null;
}

/** The values of all rows, as their own array. */
export function cellsOf<C extends Column>(column: C): (CellOf<C> | null)[];
export function cellsOf(column: Column): Cell[] {
  const {values} = column;
  // A loop, as this is called for every cell that is written: `Array.from` takes three times as long.
  const cells = new Array<Cell>(values.length);
  if (column.type === 'string') {
    for (let row = 0; row < cells.length; row++) cells[row] = column.words[values[row] as number] ?? null;
  } else {
    const nulls = column.type === 'map' ? null : column.nulls;
    for (let row = 0; row < cells.length; row++)
      cells[row] = nulls?.[row] === 1 ? null : (values[row] as Cell);
  }
  return cells;
}

/** The numbers of a column, NaN where there is none. */
export function numbersOf({values, nulls}: IntegerColumn | DoubleColumn): Float64Array {
  const numbers = new Float64Array(values);
  if (nulls !== null) for (let row = 0; row < numbers.length; row++) if (nulls[row] === 1) numbers[row] = NaN;
  return numbers;
}

/**
 * Checks whether a column has the same value in every row: the very same, so that -0 is not 0. False for maps; true for
 * a column without rows.
 */
export function isConstant(column: Column): boolean {
  if (column.type === 'map') return false;
  const {values} = column;
  const first = values[0];
  for (let row = 1; row < values.length; row++) if (!Object.is(values[row], first)) return false;
  if (column.type === 'string' || column.nulls === null) return true;
  const [isFirstNull] = column.nulls;
  return column.nulls.every(mark => mark === isFirstNull);
}
