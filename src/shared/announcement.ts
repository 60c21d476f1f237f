import type {ResultCell, ResultColumn} from './query-result.js';

/** The schema of an Arrow response, which describes its columns. */
export interface Announcement {
  /** The facts behind the numbers, and the number of rows. */
  about: object;
  /** All columns, in order. */
  columns: readonly Pick<ResultColumn, 'name' | 'type'>[];
  /** Columns with one value throughout, which are not sent row by row. */
  constants: Readonly<Record<string, ResultCell>>;
}

/** The metadata of an Arrow answer's schema: `about`, `constants` and `columns`, each as JSON. */
export function announcement({about, columns, constants}: Announcement): Map<string, string> {
  return new Map([
    ['about', JSON.stringify(about)],
    ['constants', JSON.stringify(constants)],
    ['columns', JSON.stringify(columns.map(({name, type}) => ({name, type})))],
  ]);
}

/**
 * The columns of an Arrow answer that are sent row by row: those that vary. Where none does, the first is sent so, as
 * readers refuse a schema without fields.
 */
export function columnsInRows<Column>(
  columns: readonly Column[],
  isConstant: (column: Column) => boolean,
): Column[] {
  const varying = columns.filter(column => !isConstant(column));
  return varying.length > 0 ? varying : columns.slice(0, 1);
}
