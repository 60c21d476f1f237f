import type {QueryResult} from '../../shared/index.js';

/** A capacity matrix as the layer view draws it; matrices are [rows, columns], row-major, NaN where undefined. */
export interface CapacityMatrix {
  rows: number;
  columns: number;
  bits: Float64Array;
  /** Entropy of each row's and each column's distances, bits. */
  hx: Float64Array;
  hy: Float64Array;
  /** 95th percentile of what chance gives; null where no baseline was asked for. */
  p95: Float64Array | null;
  /** Samples, pairs of them, and bins; null where they differ. */
  n: number | null;
  pairs: number | null;
  bins: number | null;
}

/** Reads the answer to `C(dCNN(*, a, *, t), dCNN(*, b, *, t))`, whose rows come channel by channel. */
export function readCapacity({columns, rows, facts}: QueryResult): CapacityMatrix {
  const values = (name: string) => columns.find(column => column.name === name)?.values;
  const numbers = (name: string) =>
    Float64Array.from(values(name) ?? [], value => (value === null ? Number.NaN : Number(value)));
  const to = values('to_channel') ?? [];
  // A row ends where the second channel starts again.
  let width = 1;
  while (width < rows && to[width] !== to[0]) width++;
  const height = rows === 0 ? 0 : rows / width;
  const [hx, hy] = [numbers('hx'), numbers('hy')];
  const fact = (name: string) => (typeof facts[name] === 'number' ? facts[name] : null);
  return {
    rows: height,
    columns: rows === 0 ? 0 : width,
    bits: numbers('bits'),
    hx: Float64Array.from({length: height}, (_, row) => hx[row * width] ?? Number.NaN),
    hy: hy.slice(0, width),
    p95: values('baseline_p95') ? numbers('baseline_p95') : null,
    n: fact('n'),
    pairs: fact('pairs'),
    bins: fact('bins'),
  };
}

export type CapacityOrder = 'natural' | 'mean' | 'max';

/** The order in which rows and columns are drawn, and the bars along them; both by original index. */
export interface CapacityOrders {
  rows: Int32Array;
  columns: Int32Array;
  rowBars: Float64Array;
  columnBars: Float64Array;
}

/** Orders rows and columns by the mean or the largest capacity of each channel, the largest first; bars show the same. */
export function orderCapacity(
  matrix: CapacityMatrix,
  by: {rows: CapacityOrder; columns: CapacityOrder},
): CapacityOrders {
  const {rows, columns, bits} = matrix;
  const rowBars = Float64Array.from({length: rows}, (_, i) =>
    summary(by.rows, columns, j => bits[i * columns + j] ?? Number.NaN),
  );
  const columnBars = Float64Array.from({length: columns}, (_, j) =>
    summary(by.columns, rows, i => bits[i * columns + j] ?? Number.NaN),
  );
  return {rows: sorted(rowBars, by.rows), columns: sorted(columnBars, by.columns), rowBars, columnBars};
}

/** What a channel shares with those of the other layer; null where nothing is defined. */
export interface ChannelProfile {
  mean: number;
  /** The channel of the other layer that it shares most with, and how much. */
  most: {channel: number; bits: number};
}

/** The profile of a row or of a column. */
export function profileOf(
  {rows, columns, bits}: CapacityMatrix,
  at: {row: number} | {column: number},
): ChannelProfile | null {
  const others = 'row' in at ? columns : rows;
  const valueAt = (other: number): number =>
    bits['row' in at ? at.row * columns + other : other * columns + at.column] ?? Number.NaN;
  let most: ChannelProfile['most'] | null = null;
  for (let channel = 0; channel < others; channel++) {
    if (valueAt(channel) > (most?.bits ?? -1)) most = {channel, bits: valueAt(channel)};
  }
  return most && {mean: summary('mean', others, valueAt), most};
}

/** The largest or, in natural order as by mean, the mean of the defined values; NaN where there is none. */
function summary(order: CapacityOrder, count: number, valueAt: (j: number) => number): number {
  let [sum, known, largest] = [0, 0, Number.NaN];
  for (let j = 0; j < count; j++) {
    const value = valueAt(j);
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
    if (!(largest >= value)) largest = value;
  }
  return order === 'max' ? largest : known === 0 ? Number.NaN : sum / known;
}

function sorted(bars: Float64Array, order: CapacityOrder): Int32Array {
  const natural = Int32Array.from(bars.keys());
  if (order === 'natural') return natural;
  const key = (i: number) => (Number.isNaN(bars[i]) ? -1 : Number(bars[i]));
  return natural.sort((a, b) => key(b) - key(a) || a - b);
}

/** What was found of matrices that every step of the clock asks for again. */
const largestOf = new WeakMap<CapacityMatrix, number>();

/** Largest defined capacity of some matrices, bits; 0 where there is none. */
export function largestCapacity(matrices: readonly CapacityMatrix[]): number {
  return matrices.reduce((largest, matrix) => Math.max(largest, largestIn(matrix)), 0);
}

function largestIn(matrix: CapacityMatrix): number {
  const known = largestOf.get(matrix);
  if (known !== undefined) return known;
  let largest = 0;
  for (const value of matrix.bits) if (value > largest) largest = value;
  largestOf.set(matrix, largest);
  return largest;
}

/** Up to so many captured epochs, evenly spaced, the first and last among them. */
export function stripEpochs(epochs: readonly number[], most: number): number[] {
  if (epochs.length <= most) return [...epochs];
  return Array.from(
    {length: most},
    (_, i) => epochs[Math.round((i * (epochs.length - 1)) / (most - 1))] as number,
  );
}
