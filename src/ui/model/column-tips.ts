import {TABLE_SCHEMAS, tableColumns, type TableColumn, type TableName} from '../../shared/index.js';

/** Headings of a table as people read it, with what each says in one line. */
export type ColumnTips = Readonly<Record<string, string>>;

/**
 * Tips for the headings of a table from the schema of a metric table.
 *
 * @param columns - The column of the metric table that is shown under each heading.
 * @throws {RangeError} if the metric table has no such column.
 */
export function tipsFrom(table: TableName, columns: Readonly<Record<string, string>>): ColumnTips {
  const schema = new Map(tableColumns(table));
  const entries = Object.entries(columns).map(([heading, name]) => {
    const column = schema.get(name);
    if (column === undefined) throw new RangeError(`The table ${table} has no column ${name}.`);
    return [heading, tipOf(column)] as const;
  });
  return Object.fromEntries(entries);
}

/** Tips for columns that every metric table which has them describes alike; others have none. */
export function commonTips(names: readonly string[]): ColumnTips {
  const columns = Object.keys(TABLE_SCHEMAS).flatMap(tableColumns);
  const entries = names.flatMap(name => {
    const [tip, ...others] = new Set(
      columns.filter(([own]) => own === name).map(([, column]) => tipOf(column)),
    );
    return tip !== undefined && others.length === 0 ? [[name, tip] as const] : [];
  });
  return Object.fromEntries(entries);
}

function tipOf({text, unit}: TableColumn): string {
  return unit === null ? text : `${text}, in ${unit}s`;
}
