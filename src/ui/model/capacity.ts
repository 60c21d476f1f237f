import type {CapacityMatrix} from '../../shared/capacity-matrix.js';

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
  const [alongRows, alongColumns] = [new Summaries(rows), new Summaries(columns)];
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = bits[at] as number;
      if (Number.isNaN(value)) continue;
      alongRows.add(i, value);
      alongColumns.add(j, value);
    }
  }
  const [rowBars, columnBars] = [alongRows.of(by.rows), alongColumns.of(by.columns)];
  return {rows: sorted(rowBars, by.rows), columns: sorted(columnBars, by.columns), rowBars, columnBars};
}

/** Mean capacity of a channel with those of the other layer; null if none is defined. */
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
  const all = new Summaries(1);
  let most: ChannelProfile['most'] | null = null;
  for (let channel = 0; channel < others; channel++) {
    const value = valueAt(channel);
    if (!Number.isNaN(value)) all.add(0, value);
    if (value > (most?.bits ?? -1)) most = {channel, bits: value};
  }
  return most && {mean: all.of('mean')[0] as number, most};
}

/** Sum, number and largest of the defined values of some channels. */
class Summaries {
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  readonly #largest: Float64Array;

  constructor(channels: number) {
    this.#sums = new Float64Array(channels);
    this.#counts = new Float64Array(channels);
    this.#largest = new Float64Array(channels).fill(-Infinity);
  }

  add(channel: number, value: number): void {
    this.#sums[channel] = (this.#sums[channel] as number) + value;
    this.#counts[channel] = (this.#counts[channel] as number) + 1;
    if (value > (this.#largest[channel] as number)) this.#largest[channel] = value;
  }

  /** The largest or, in natural order as by mean, the mean; NaN where there is none. */
  of(order: CapacityOrder): Float64Array {
    return this.#sums.map((sum, channel) => {
      const count = this.#counts[channel] as number;
      return count === 0 ? Number.NaN : order === 'max' ? (this.#largest[channel] as number) : sum / count;
    });
  }
}

function sorted(bars: Float64Array, order: CapacityOrder): Int32Array {
  const natural = Int32Array.from(bars.keys());
  if (order === 'natural') return natural;
  const key = (i: number) => (Number.isNaN(bars[i]) ? -1 : Number(bars[i]));
  return natural.sort((a, b) => key(b) - key(a) || a - b);
}

/** Cached statistics of matrices, which every step of the clock requests again. */
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
