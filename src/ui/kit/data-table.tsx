import {distinct, type TableData} from '../model/table-text.js';
import * as styles from './data-table.module.css';

/** More rows than a page should hold; the export has them all. */
const rowLimit = 2000;

/** The numbers behind a drawing. */
export function DataTable({label, table: {columns, rows, tips = {}}}: {label: string; table: TableData}) {
  const classes = columns.map((_, column) =>
    rows.some(row => typeof row[column] === 'number') ? styles.number : undefined,
  );
  return (
    // A scrolling region must be reachable by keyboard.
    <div class={styles.root} role="region" aria-label={`${label}, table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {distinct(columns).map((column, i) => (
              <th scope="col" key={column} class={classes[i]} title={tips[column]}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, rowLimit).map((row, i) => (
            <tr key={i}>
              {row.map((value, column) => (
                <td key={column} class={classes[column]}>
                  {cellText(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > rowLimit && (
        <p>
          The first {rowLimit} of {rows.length} rows; the CSV export has all of them.
        </p>
      )}
    </div>
  );
}

function cellText(value: string | number | null): string {
  if (value === null) return '–';
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}
