import {baseType, type ColumnType} from '../table-column.js';
import type {Cell, Column, DoubleColumn, IntegerColumn, MapColumn, TextColumn} from './column.js';

/** Type of the cells of a column to make; `?` at its end: nullable, as maps always are. */
export type CellType = ColumnType | 'map';

/** The column of a type. */
export type ColumnFor<T extends CellType> = Extract<Column, {type: T extends `${infer Base}?` ? Base : T}>;

/** A value that is none of its column. */
export class MisfitError extends Error {
  override name = 'MisfitError';

  /** @param rule - What the value must be. */
  constructor(
    readonly row: number,
    readonly value: unknown,
    readonly rule: string,
  ) {
    super(`row ${row} must be ${rule}, got ${typeof value === 'number' ? value : typeof value}`);
  }
}

/** Copies values into a column, starting at a row; null and undefined are none. */
type Fill = (values: ArrayLike<unknown>, first: number) => void;

/** A column to be filled, of null, or 0 where it cannot be null. */
export interface ColumnMaker {
  column: Column;
  /** @throws {MisfitError} at the first value that does not fit. */
  fill: Fill;
}

/**
 * Starts a column of a type.
 *
 * @param rows - Its length.
 */
export function columnMaker(type: CellType, rows: number): ColumnMaker {
  if (type === 'map') return mapMaker(rows);
  if (baseType(type) === 'string') return textMaker(type, rows);
  const column: IntegerColumn | DoubleColumn =
    baseType(type) === 'int32'
      ? {type: 'int32', values: new Int32Array(rows), nulls: null}
      : {type: 'double', values: new Float64Array(rows), nulls: null};
  return {column, fill: numberFill(column, type)};
}

/**
 * A column of a type from its values.
 *
 * @throws {MisfitError} at the first value that does not fit.
 */
export function columnFrom<T extends CellType>(type: T, cells: ArrayLike<unknown>): ColumnFor<T> {
  const {column, fill} = columnMaker(type, cells.length);
  fill(cells, 0);
  return column as ColumnFor<T>;
}

/**
 * A column with one value in every row.
 *
 * @throws {MisfitError} if it does not fit.
 */
export function constantColumn<T extends CellType>(type: T, cell: Cell, rows: number): ColumnFor<T> {
  return repeated(columnFrom<CellType>(type, [cell]), rows) as ColumnFor<T>;
}

function repeated(column: Column, rows: number): Column {
  if (column.type === 'map')
    return {...column, values: Array<Float32Array | null>(rows).fill(column.values[0] ?? null)};
  if (column.type === 'string')
    return {...column, values: new Int32Array(rows).fill(column.values[0] as number)};
  const nulls = column.nulls && new Uint8Array(rows).fill(1);
  const [value] = column.values;
  if (column.type === 'int32') return {...column, values: new Int32Array(rows).fill(value as number), nulls};
  return {...column, values: new Float64Array(rows).fill(value as number), nulls};
}

function numberFill(column: IntegerColumn | DoubleColumn, type: CellType): Fill {
  const nullable = type.endsWith('?');
  const isInteger = column.type === 'int32';
  return (values, first) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === 'number') {
        if (isInteger && value !== (value | 0)) throw new MisfitError(first + i, value, 'a 32-bit integer');
        column.values[first + i] = value;
      } else if (nullable && (value === null || value === undefined)) {
        (column.nulls ??= new Uint8Array(column.values.length))[first + i] = 1;
        if (!isInteger) column.values[first + i] = NaN;
      } else throw new MisfitError(first + i, value, type);
    }
  };
}

function textMaker(type: CellType, rows: number): ColumnMaker {
  const words: string[] = [];
  const column: TextColumn = {type: 'string', values: new Int32Array(rows).fill(-1), words};
  const codes = new Map<unknown, number>();
  if (type.endsWith('?')) codes.set(null, -1).set(undefined, -1);
  const fill: Fill = (values, first) => {
    for (let i = 0; i < values.length; i++) {
      const word = values[i];
      let code = codes.get(word);
      if (code === undefined) {
        if (typeof word !== 'string') throw new MisfitError(first + i, word, type);
        code = words.push(word) - 1;
        codes.set(word, code);
      }
      column.values[first + i] = code;
    }
  };
  return {column, fill};
}

function mapMaker(rows: number): ColumnMaker {
  const maps = Array<Float32Array | null>(rows).fill(null);
  const column: MapColumn = {type: 'map', values: maps};
  const fill: Fill = (values, first) => {
    for (let i = 0; i < values.length; i++) {
      const map = values[i] ?? null;
      if (map !== null && !(map instanceof Float32Array)) throw new MisfitError(first + i, map, 'a map');
      maps[first + i] = map;
    }
  };
  return {column, fill};
}
