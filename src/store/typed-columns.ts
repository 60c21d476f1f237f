/** Whole numbers; where `nulls` has a 1 there is none. */
export interface IntegerColumn {
  type: 'int32';
  values: Int32Array;
  nulls: Uint8Array | null;
}

/** NaN where the table has a null or a NaN. */
export interface DoubleColumn {
  type: 'double';
  values: Float64Array;
}

/** Each row's text as its place in `words`; -1 is null. */
export interface TextColumn {
  type: 'string';
  values: Int32Array;
  words: string[];
}

/** A column in a typed array, or as indices into its distinct texts. */
export type TypedColumn = IntegerColumn | DoubleColumn | TextColumn;

/** A table in typed arrays: a tenth of the memory of one value an object, and no work for the garbage collector. */
export interface TypedColumns {
  rows: number;
  columns: Record<string, TypedColumn>;
  /** Columns that the version which wrote the file did not know, null throughout; absent where there are none. */
  notRecorded?: string[];
}
