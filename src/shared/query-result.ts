/** One value of a result: a number, a text, a feature map, or null where a measure is undefined. */
export type ResultCell = number | string | Float32Array | null;

/** How a result's column is written to a file. */
export type ResultColumnType = 'int32' | 'double' | 'string' | 'map';

/** One column of the answer to a question. */
export interface ResultColumn {
  name: string;
  type: ResultColumnType;
  /** One per row. */
  values: ResultCell[];
}

/** The answer to a question in the notation: a table, with what a reader needs to trust it. */
export interface QueryResult {
  /** The question as it was understood, in the notation's canonical form. */
  expression: string;
  /** Description of the value column. */
  measure: string;
  /** Column of the value asked for: `bits`, or `map` for feature maps. */
  value: string;
  unit: 'bit' | null;
  /** Options in effect and counts that hold for every row: bins, range, k, kernel, samples, ... */
  facts: Record<string, number | string | null>;
  rows: number;
  /** Keys first (epoch, layer, channel, class, ...), then the value, then the columns about it. */
  columns: ResultColumn[];
}

/** Checks whether a column has the same value in every row; false for maps. */
export function isConstant({values, type}: ResultColumn): boolean {
  return type !== 'map' && values.every(value => value === values[0]);
}
