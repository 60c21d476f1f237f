import type {TableName, TableRows} from '../shared/index.js';

/** How a column is stored; a trailing `?` allows null. */
export type ColumnType = 'int32' | 'int32?' | 'double' | 'double?' | 'string' | 'string?';

/** A column's type without its null. */
export function baseType(type: ColumnType): 'int32' | 'double' | 'string' {
  return type.replace('?', '') as 'int32' | 'double' | 'string';
}

/** The column types that can hold every value of `V`. */
type ColumnTypeFor<V> = null extends V
  ? NonNullable<V> extends number
    ? 'int32?' | 'double?'
    : 'string?'
  : V extends number
    ? 'int32' | 'double'
    : 'string';

/**
 * The columns of every metric table, in file order. Adding a table is adding its row type to `TableRows` and its
 * columns here; the compiler asks for what is missing.
 */
export const TABLE_SCHEMAS: {
  readonly [T in TableName]: {readonly [C in keyof TableRows[T]]: ColumnTypeFor<TableRows[T][C]>};
} = {
  logs: {epoch: 'int32', name: 'string', value: 'double?'},
  confusion: {epoch: 'int32', label: 'int32', predicted: 'int32', count: 'int32'},
  class_entropy: {
    epoch: 'int32',
    class: 'int32',
    label_given_pred: 'double?',
    pred_given_label: 'double?',
    reason: 'string?',
  },
  channel_entropy: {
    epoch: 'int32',
    layer: 'string',
    channel: 'int32',
    class: 'int32?',
    mean: 'double?',
    std: 'double?',
    dead: 'double?',
    zeros: 'double?',
    n: 'int32',
    range: 'string',
    bins: 'int32',
    reason: 'string?',
  },
  layer_entropy: {
    epoch: 'int32',
    layer: 'string',
    class: 'int32?',
    bits: 'double?',
    log2_edges: 'double?',
    k: 'int32',
    n: 'int32',
    invalid: 'int32',
    clamped: 'int32',
    matrix_bits: 'double?',
    intra_mean: 'double?',
    min: 'double?',
    max: 'double?',
    reason: 'string?',
  },
  predictions: {
    epoch: 'int32',
    sample: 'int32',
    label: 'int32',
    predicted: 'int32',
    probability: 'double?',
  },
  capacity: {
    epoch: 'int32',
    from_layer: 'string',
    from_channel: 'int32',
    to_layer: 'string',
    to_channel: 'int32',
    class: 'int32?',
    bits: 'double?',
    hx: 'double?',
    hy: 'double?',
    n: 'int32',
    pairs: 'int32',
    bins: 'int32',
    miller_madow: 'double?',
    baseline_mean: 'double?',
    baseline_p95: 'double?',
    p: 'double?',
    permutations: 'int32',
    reason: 'string?',
  },
};

/** Of a table with a `reason`, the columns whose nulls it explains. */
export const EXPLAINED_BY_REASON: Readonly<Record<string, readonly string[]>> = {
  class_entropy: ['label_given_pred', 'pred_given_label'],
  channel_entropy: ['mean'],
  layer_entropy: ['bits'],
  capacity: ['bits'],
};

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLE_SCHEMAS, name);
}

/** @throws {RangeError} if there is no such table. */
export function tableColumns(table: string): [column: string, type: ColumnType][] {
  if (!isTableName(table)) {
    throw new RangeError(
      `There is no table ${table}; the tables are ${Object.keys(TABLE_SCHEMAS).join(', ')}.`,
    );
  }
  return Object.entries(TABLE_SCHEMAS[table]);
}
