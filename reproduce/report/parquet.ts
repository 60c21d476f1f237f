import {parquetWriteBuffer} from 'hyparquet-writer';
import type {Row} from '../row.js';

/** A table as a Parquet file: a column for each name that a row has; text, or numbers in float64. */
export function toParquet(rows: readonly Row[]): Uint8Array {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const columnData = names.map(name => {
    const values = rows.map(row => row[name] ?? null);
    const isText = values.some(value => typeof value === 'string');
    const data = isText ? values.map(value => (value === null ? null : String(value))) : values;
    return {name, data, type: isText ? ('STRING' as const) : ('DOUBLE' as const), nullable: true};
  });
  return new Uint8Array(parquetWriteBuffer({columnData}));
}
