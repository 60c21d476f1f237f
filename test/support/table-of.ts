import {columnFrom, type Cell, type CellType, type Table} from '#src/shared/index.js';

/** A table of these cells by column, of the type that its cells have: doubles, texts or maps. */
export function tableOf<Row extends object = Record<string, Cell>>(
  columns: Readonly<Record<string, readonly Cell[]>>,
): Table<Row> {
  const entries = Object.entries(columns);
  return {
    rows: entries[0]?.[1].length ?? 0,
    columns: Object.fromEntries(
      entries.map(([name, cells]) => [name, columnFrom(typeOf(name, cells), cells)]),
    ) as Table<Row>['columns'],
  };
}

/** Columns that hold texts, also where every cell is null. */
const TEXTS = ['layer', 'name', 'range', 'reason', 'shape'];

function typeOf(name: string, cells: readonly Cell[]): CellType {
  if (cells.some(cell => cell instanceof Float32Array)) return 'map';
  return TEXTS.includes(name) || cells.some(cell => typeof cell === 'string') ? 'string?' : 'double?';
}
