import type {Table} from './table.js';

/** Rows that are written together, where none holds a feature map. */
const ROWS = 2 ** 14;
/** Values of feature maps that are written together. */
const MAP_VALUES = 2 ** 18;

/** A table in runs of rows that take little time and memory to write; one row at least. */
export function* rowGroups({rows, columns}: Table): Generator<{first: number; end: number}> {
  const maps = Object.values(columns).filter(({type}) => type === 'map');
  for (let first = 0; first < rows;) {
    let [end, values] = [first, 0];
    while (end < rows && end - first < ROWS && values < MAP_VALUES) {
      for (const column of maps) values += (column.values[end] as Float32Array | null)?.length ?? 0;
      end++;
    }
    yield {first, end};
    first = end;
  }
}
