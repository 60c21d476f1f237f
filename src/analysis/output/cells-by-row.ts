import {cellsOf, rowGroups, sliceColumn, type Cell, type Table} from '../../shared/index.js';

/** The cells of a table row by row; a group of rows is made at a time. */
export function* cellsByRow(table: Table): Generator<Cell[], void, undefined> {
  for (const {first, end} of rowGroups(table)) {
    const columns = Object.values(table.columns).map(column => cellsOf(sliceColumn(column, first, end)));
    for (let row = 0; row < end - first; row++) yield columns.map(cells => cells[row] ?? null);
  }
}
