export {
  cellOf,
  cellsOf,
  isConstant,
  isNull,
  numbersOf,
  type Cell,
  type CellOf,
  type Column,
  type ColumnOf,
  type DoubleColumn,
  type IntegerColumn,
  type MapColumn,
  type TextColumn,
} from './column.js';
export {concatTables} from './concat-tables.js';
export {csvTexts, joinedValues} from './csv.js';
export {columnFrom, columnMaker, constantColumn, MisfitError, type CellType} from './make-column.js';
export {emptyTable, tableFromRows, type TableTypes} from './make-table.js';
export {columnNamed, mapColumns, rowsOf, type Table} from './table.js';
export {rowGroups} from './row-groups.js';
export {filterRows, rowsWhere, sliceColumn, sliceRows, takeRows, type Wanted} from './take-rows.js';
