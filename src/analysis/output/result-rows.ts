import type {QueryResult, ResultCell} from '../../shared/index.js';

/** A result row by row, each an object by column name, as `console.table` takes them. */
export function resultRows({rows, columns}: QueryResult): Record<string, ResultCell>[] {
  return Array.from({length: rows}, (_, row) =>
    Object.fromEntries(columns.map(({name, values}) => [name, values[row] ?? null])),
  );
}
