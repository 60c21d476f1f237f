import type {QueryResult} from '../../shared/index.js';

/** The cells of a result row by row, its feature maps in another form. */
export function* rowCells<M>(
  {rows, columns}: QueryResult,
  formOf: (map: Float32Array) => M,
): Generator<(number | string | null | M)[]> {
  for (let row = 0; row < rows; row++) {
    yield columns.map(({values}) => {
      const value = values[row] ?? null;
      return value instanceof Float32Array ? formOf(value) : value;
    });
  }
}
