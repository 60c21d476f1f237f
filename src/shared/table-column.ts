/** Value type of each column type; a trailing `?` allows null. */
interface ColumnValues {
  int32: number;
  'int32?': number | null;
  double: number;
  'double?': number | null;
  string: string;
  'string?': string | null;
}

/** Type of a column, as the schemas name it; `?` at its end: nullable. */
export type ColumnType = keyof ColumnValues;

/** One column of a table, as data: what types, files, documentation and column tips are made from. */
export interface TableColumn<Value = unknown> {
  type: ColumnType;
  unit: 'bit' | null;
  /** Description in one line. */
  text: string;
  /** For a column of reasons: the columns whose nulls it explains. */
  explains?: readonly string[];
  /** Type only: the value of a cell. */
  cell?: Value;
}

/** A column of a metric table. */
export function column<T extends ColumnType>(
  type: T,
  text: string,
  unit: 'bit' | null = null,
): TableColumn<ColumnValues[T]> {
  return {type, unit, text};
}

/** A column of bits, null where they are undefined. */
export function bits(text: string): TableColumn<number | null> {
  return column('double?', text, 'bit');
}

/** Why the columns that it explains are null, where one of them is. */
export function reason<Value extends string>(
  explains: readonly string[],
  text: string,
): TableColumn<Value | null> {
  return {type: 'string?', unit: null, text, explains};
}

/** A column's type without its null. */
export function baseType(type: ColumnType): 'int32' | 'double' | 'string' {
  return type.replace('?', '') as 'int32' | 'double' | 'string';
}
