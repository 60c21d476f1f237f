import type {Column, DoubleColumn, IntegerColumn, MapColumn, TextColumn} from './column.js';
import {columnNamed, mapColumns, type Table} from './table.js';

/**
 * Tables one after the other, as one with the columns of the first; what any of them did not record is not recorded.
 *
 * @param tables - At least one; every other has the columns of the first, of the same types.
 * @throws {RangeError} if there is none, or one lacks a column.
 */
export function concatTables(tables: readonly Table[]): Table {
  const [first] = tables;
  if (first === undefined) throw new RangeError('concatTables: there must be at least one table, got none.');
  if (tables.length === 1) return first;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const {columns} = mapColumns(first, ({type}, name) =>
    concatColumns(
      type,
      tables.map(table => columnNamed(table, name)),
      rows,
    ),
  );
  const notRecorded = Object.keys(columns).filter(name =>
    tables.some(table => table.notRecorded?.includes(name)),
  );
  return {rows, columns, ...(notRecorded.length > 0 && {notRecorded})};
}

function concatColumns(type: Column['type'], parts: readonly Column[], rows: number): Column {
  for (const part of parts) {
    if (part.type !== type) throw new TypeError(`concatTables: a column is ${type} and ${part.type}.`);
  }
  switch (type) {
    case 'map':
      return {type, values: (parts as MapColumn[]).flatMap(({values}) => values)};
    case 'string':
      return concatTexts(parts as TextColumn[], rows);
    case 'int32':
      return {type, ...concatNumbers(new Int32Array(rows), parts as IntegerColumn[])};
    case 'double':
      return {type, ...concatNumbers(new Float64Array(rows), parts as DoubleColumn[])};
  }
}

function concatNumbers<Numbers extends Int32Array | Float64Array>(
  values: Numbers,
  parts: readonly {values: Numbers; nulls: Uint8Array | null}[],
): {values: Numbers; nulls: Uint8Array | null} {
  let nulls: Uint8Array | null = null;
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    if (part.nulls !== null) (nulls ??= new Uint8Array(values.length)).set(part.nulls, at);
    at += part.values.length;
  }
  return {values, nulls};
}

/** Each word is kept once. */
function concatTexts(parts: readonly TextColumn[], rows: number): TextColumn {
  const values = new Int32Array(rows);
  const codes = new Map<string, number>();
  let at = 0;
  for (const {values: own, words} of parts) {
    const joined = words.map(word => codes.get(word) ?? codes.set(word, codes.size).size - 1);
    for (let i = 0; i < own.length; i++) values[at + i] = joined[own[i] as number] ?? -1;
    at += own.length;
  }
  return {type: 'string', values, words: [...codes.keys()]};
}
