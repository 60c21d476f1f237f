import {numbersOf, type Column} from './table/column.js';
import type {QueryResult} from './query-result.js';

/** A capacity matrix between the channels of two layers; matrices are [rows, columns], row-major, NaN where undefined. */
export interface CapacityMatrix {
  rows: number;
  columns: number;
  bits: Float64Array;
  /** Entropy of each row's and each column's distances, bits. */
  hx: Float64Array;
  hy: Float64Array;
  /** How likely chance gives as much, (b + 1) / (m + 1) of m shuffles; null where no baseline was asked for. */
  p: Float64Array | null;
  permutations: number;
  /** Samples, pairs of them, and bins; null where they differ. */
  n: number | null;
  pairs: number | null;
  bins: number | null;
}

/** Reads the answer to `C(dCNN(*, a, *, t), dCNN(*, b, *, t))`, whose rows come channel by channel. */
export function readCapacity({columns, rows, facts}: QueryResult): CapacityMatrix {
  const numbers = (name: string): Float64Array => {
    const column: Column | undefined = columns[name];
    return column?.type === 'int32' || column?.type === 'double' ? numbersOf(column) : new Float64Array();
  };
  const to = columns['to_channel']?.values ?? [];
  // A row ends where the second channel starts again.
  let width = 1;
  while (width < rows && to[width] !== to[0]) width++;
  const height = rows === 0 ? 0 : rows / width;
  const p = columns['p'] ? numbers('p') : null;
  const [hx, hy] = [numbers('hx'), numbers('hy')];
  const fact = (name: string) => (typeof facts[name] === 'number' ? facts[name] : null);
  return {
    rows: height,
    columns: rows === 0 ? 0 : width,
    bits: numbers('bits'),
    hx: Float64Array.from({length: height}, (_, row) => hx[row * width] ?? Number.NaN),
    hy: hy.slice(0, width),
    p,
    permutations: fact('permutations') ?? 0,
    n: fact('n'),
    pairs: fact('pairs'),
    bins: fact('bins'),
  };
}
