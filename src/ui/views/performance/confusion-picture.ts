import type {GridSpec} from '../../charts/grid-paint.js';
import {tipsFrom} from '../../model/column-tips.js';
import {
  confusionColours,
  rowShares,
  type Confusion,
  type ConfusionColours,
  type ConfusionScale,
} from '../../model/confusion.js';
import {className} from '../../model/format.js';
import type {TableData} from '../../model/table-text.js';

/** A confusion matrix as a grid, with the values that it is coloured by. */
export function confusionSpec(
  matrix: Confusion,
  names: readonly string[],
  {mode, scale}: {mode: 'counts' | 'shares'; scale: ConfusionScale},
): {spec: GridSpec; colours: ConfusionColours} {
  const {classes} = matrix;
  const colours = confusionColours(matrix, mode, scale);
  const labels = Array.from({length: classes}, (_, index) => className(names, index));
  const spec: GridSpec = {
    grid: {rows: classes, columns: classes, values: colours.values, domain: [0, colours.end]},
    scale: 'moreIsStronger',
    rowLabels: labels,
    columnLabels: labels,
    rowTitle: 'true',
    columnTitle: 'predicted',
    textOf: (row, column) => {
      const {value, total} = cellShown(matrix, row, column);
      if (value === 0) return '';
      return mode === 'counts' ? String(value) : ((100 * value) / total).toFixed(0);
    },
  };
  return {spec, colours};
}

/** The count of a cell, and the samples of its row. */
export function cellShown(matrix: Confusion, row: number, column: number): {value: number; total: number} {
  return {value: matrix.counts[row * matrix.classes + column] ?? 0, total: matrix.rowTotals[row] ?? 0};
}

/** A row for every cell, for the table behind the picture. */
export function confusionTable(matrix: Confusion, names: readonly string[]): TableData {
  const shares = rowShares(matrix);
  return {
    columns: ['true', 'predicted', 'count', 'share of row'],
    tips: tipsFrom('confusion', {count: 'count'}),
    rows: Array.from(matrix.counts, (value, i) => {
      const share = shares[i] ?? Number.NaN;
      const label = className(names, Math.floor(i / matrix.classes));
      return [label, className(names, i % matrix.classes), value, Number.isNaN(share) ? null : share];
    }),
  };
}
