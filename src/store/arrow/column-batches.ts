import {
  columnFromArray,
  dictionary,
  field,
  float32,
  float64,
  int32,
  list,
  utf8,
  type Batch,
  type DataType,
} from '@uwdata/flechette';
import {isNull, type Column, type MapColumn, type TextColumn} from '../../shared/index.js';
import {batchOf} from './table-of.js';

/** How texts are sent: each in full, or as a place in a dictionary that every batch brings. */
export type TextEncoding = 'utf8' | 'dictionary';

/** A column's type in Arrow, and its part of a record batch. */
export interface ColumnBatches {
  type: DataType;
  /** @param part - Rows of the column, as `sliceColumn` gives them. */
  batch: (part: Column) => Batch<unknown>;
}

/** Starts the batches of a column. */
export function columnBatches(column: Column, texts: TextEncoding): ColumnBatches {
  switch (column.type) {
    case 'int32':
      return numberBatches(int32());
    case 'double':
      return numberBatches(float64());
    case 'map':
      return mapBatches();
    case 'string':
      // Readers take no dictionary without a word.
      return texts === 'utf8' || column.words.length === 0 ? textBatches(column) : dictionaryBatches(column);
  }
}

function numberBatches(type: DataType): ColumnBatches {
  const batch = (part: Column) => {
    const {values} = part as Exclude<Column, MapColumn>;
    return batchOf(type, {length: values.length, values, ...validityOf(part)});
  };
  return {type, batch};
}

/** The words are encoded once for all rows and batches. */
function textBatches({words}: TextColumn): ColumnBatches {
  const type = utf8();
  const encoder = new TextEncoder();
  const encoded = words.map(word => encoder.encode(word));
  const batch = (part: Column) => {
    const {values: codes} = part as TextColumn;
    const offsets = new Int32Array(codes.length + 1);
    for (const [row, code] of codes.entries()) {
      offsets[row + 1] = (offsets[row] as number) + (encoded[code]?.length ?? 0);
    }
    const values = new Uint8Array(offsets.at(-1) ?? 0);
    for (const [row, code] of codes.entries()) {
      const word = encoded[code];
      if (word !== undefined) values.set(word, offsets[row]);
    }
    return batchOf(type, {length: codes.length, offsets, values, ...validityOf(part)});
  };
  return {type, batch};
}

function dictionaryBatches({words}: TextColumn): ColumnBatches {
  const text = utf8();
  const type = dictionary(text, int32());
  const column = columnFromArray([...words], text);
  const batch = (part: Column) => {
    // A null has the first word behind it, as every index must be of a word.
    const values = (part as TextColumn).values.map(code => Math.max(0, code));
    const made = batchOf(type, {length: values.length, values, ...validityOf(part)});
    return (made as DictionaryBatch).setDictionary(column);
  };
  return {type, batch};
}

type DictionaryBatch = Batch<unknown> & {setDictionary(column: unknown): Batch<unknown>};

/** Copied map by map; the library's builder goes value by value. */
function mapBatches(): ColumnBatches {
  const type = list(field('item', float32(), false));
  const batch = (part: Column) => {
    const maps = (part as MapColumn).values;
    const offsets = new Int32Array(maps.length + 1);
    for (const [i, map] of maps.entries()) offsets[i + 1] = (offsets[i] as number) + (map?.length ?? 0);
    const values = new Float32Array(offsets.at(-1) ?? 0);
    for (const [i, map] of maps.entries()) if (map !== null) values.set(map, offsets[i]);
    const children = [batchOf(float32(), {length: values.length, values})];
    return batchOf(type, {length: maps.length, offsets, children, ...validityOf(part)});
  };
  return {type, batch};
}

/** Arrow's bitmap of the rows that have a value; nothing where all have. */
function validityOf(column: Column): {nullCount: number; validity?: Uint8Array} {
  const {length} = column.values;
  if ('nulls' in column && column.nulls === null) return {nullCount: 0};
  const validity = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isNull(column, row)) nullCount++;
    else validity[row >> 3] = (validity[row >> 3] as number) | (1 << (row & 7));
  }
  return nullCount === 0 ? {nullCount} : {nullCount, validity};
}
