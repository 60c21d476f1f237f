import {brightIsLittle, type Grid} from '../../../shared/index.js';
import type {GridCell} from '../../charts/grid-layout.js';
import type {HeatmapSpec} from '../../charts/heatmap-spec.js';
import type {CapacityMatrix} from '../../../shared/capacity-matrix.js';
import type {Theme} from '../../charts/palette.js';
import type {CapacityOrders} from '../../model/capacity.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {FigureKey} from '../../model/figure.js';
import {distinct, type TableData} from '../../model/table-text.js';
import type {Capacity} from '../../state/capacity.js';

/** A capacity matrix as a heatmap in some order, on the scale 0..largest. */
export function capacitySpec(
  {matrix, beyondChance, from, to}: Capacity,
  orders: CapacityOrders,
  largest: number,
): HeatmapSpec {
  const {rows, columns, bits} = matrix;
  const values = inOrder(bits, orders);
  return {
    grid: {rows, columns, values, domain: [0, largest]},
    rowLabels: Array.from(orders.rows, String),
    columnLabels: Array.from(orders.columns, String),
    rowTitle: from,
    columnTitle: to,
    rowBars: Float64Array.from(orders.rows, row => orders.rowBars[row] as number),
    columnBars: Float64Array.from(orders.columns, column => orders.columnBars[column] as number),
    struck: beyondChance && inOrder(beyondChance, orders).map(beyond => 1 - beyond),
  };
}

/** A matrix with its rows and columns in another order; the very same where that is the natural one. */
function inOrder<Matrix extends Float64Array | Uint8Array>(
  matrix: Matrix,
  {rows, columns}: CapacityOrders,
): Matrix {
  const isNatural = [rows, columns].every(order => order.every((channel, i) => channel === i));
  if (isNatural) return matrix;
  const ordered = matrix.slice() as Matrix;
  let at = 0;
  for (const row of rows)
    for (const column of columns) ordered[at++] = matrix[row * columns.length + column] as number;
  return ordered;
}

/** The colour scale of capacities, for a picture file. */
export function capacityScale(largest: number, {name}: Theme): FigureKey {
  const [low, high] = ['0', `${largest.toFixed(2)} bits, brighter is less`];
  return {kind: 'scale', stops: brightIsLittle(name), low, high};
}

/** The matrix in natural order, for a small picture. */
export function capacityGrid({rows, columns, bits}: CapacityMatrix, largest: number): Grid {
  return {rows, columns, values: bits, domain: [0, largest]};
}

/** The channels of a drawn cell. */
export function channelsOf(orders: CapacityOrders, {row, column}: GridCell): {from: number; to: number} {
  return {from: orders.rows[row] as number, to: orders.columns[column] as number};
}

/** Returns the position of a channel pair in the drawing; null if it is not there. */
export function cellOf(orders: CapacityOrders, {from, to}: {from: number; to: number}): GridCell | null {
  const [row, column] = [orders.rows.indexOf(from), orders.columns.indexOf(to)];
  return row < 0 || column < 0 ? null : {row, column};
}

/** Returns a row for every channel pair, for the table behind the picture. */
export function capacityTable({matrix, from, to, epoch}: Capacity): TableData {
  const {rows, columns, bits, hx, hy, p} = matrix;
  const number = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  // A layer may be called what another column is, and may be compared with itself.
  const [epochName = '', ...names] = ['epoch', 'bits', 'H(X)', 'H(Y)', ...(p ? ['p'] : [])];
  const layers = distinct([epochName, ...names, from, to]).slice(-2);
  return {
    columns: [epochName, ...layers, ...names],
    tips: tipsFrom('capacity', {epoch: 'epoch', bits: 'bits', 'H(X)': 'hx', 'H(Y)': 'hy', p: 'p'}),
    rows: Array.from({length: rows * columns}, (_, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      const chance = p ? [number(p[at])] : [];
      return [epoch, row, column, number(bits[at]), number(hx[row]), number(hy[column]), ...chance];
    }),
  };
}
