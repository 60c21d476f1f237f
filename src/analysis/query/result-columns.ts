import type {ResultCell, ResultColumn, ResultColumnType} from '../../shared/index.js';

/** Rows as the columns of a result, in the order of `types`. */
export function toResultColumns<Row extends object>(
  types: {readonly [C in keyof Row]: ResultColumnType},
  rows: readonly Row[],
): ResultColumn[] {
  return (Object.entries(types) as [keyof Row & string, ResultColumnType][]).map(([name, type]) => ({
    name,
    type,
    values: rows.map(row => row[name] as ResultCell),
  }));
}
