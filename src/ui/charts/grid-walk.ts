import {arrowStep} from '../model/arrow-step.js';
import type {GridCell} from './grid-layout.js';

/** Cells that Page Up and Page Down go. */
const page = 10;

/**
 * The cell that a key goes to: arrows to the next one, Page Up and Page Down by ten rows, Home and End to the ends of a row,
 * with Control to the corners. Null for any other key.
 *
 * @param size.headings - Names of rows and columns are reached too: they are at -1, and have no corner.
 */
export function walked(
  {row, column}: GridCell,
  event: {key: string; ctrlKey: boolean},
  size: {rows: number; columns: number; headings?: boolean},
): GridCell | null {
  const least = size.headings ? -1 : 0;
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  const step = arrowStep(event.key);
  if (step) {
    const to = {
      row: Math.min(lastRow, Math.max(least, row + step.down)),
      column: Math.min(lastColumn, Math.max(least, column + step.right)),
    };
    return to.row < 0 && to.column < 0 ? {row, column} : to;
  }
  switch (event.key) {
    case 'PageUp':
      return {row: Math.max(0, row - page), column};
    case 'PageDown':
      return {row: Math.min(lastRow, row + page), column};
    case 'Home':
      return {row: event.ctrlKey ? 0 : row, column: 0};
    case 'End':
      return {row: event.ctrlKey ? lastRow : row, column: lastColumn};
    default:
      return null;
  }
}
