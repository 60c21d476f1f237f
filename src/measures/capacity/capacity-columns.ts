import type {ChannelCapacity, PairCodes} from '../../metrics/index.js';
import {
  columnFrom,
  constantColumn,
  type CapacityRow,
  type LayerInfo,
  type Reason,
  type Table,
} from '../../shared/index.js';
import type {SampleSet} from '../slice/resolve-slice.js';

/** What a matrix is of. */
export interface MatrixOf {
  epoch: number;
  from: LayerInfo;
  to: LayerInfo;
  set: SampleSet;
}

/** The binned distances that a matrix was counted from. */
export interface MatrixCodes {
  x: PairCodes;
  y: PairCodes;
  /** Channel indices of the matrix' rows and columns; null is all. */
  from: number[] | null;
  to: number[] | null;
}

/** A capacity matrix as the rows of `capacity`: it may have a quarter of a million. */
export function capacityColumns(
  part: MatrixOf,
  result: ChannelCapacity,
  {x, y, from, to}: MatrixCodes,
): Table<CapacityRow> {
  const {bits, millerMadow, hx, hy, baseline, samples, pairs, bins} = result;
  const rows = bits.length;
  const row = (cell: number) => Math.floor(cell / y.channels);
  const column = (cell: number) => cell % y.channels;
  const each = <T>(valueAt: (cell: number) => T) => Array.from({length: rows}, (_, cell) => valueAt(cell));
  const count = (value: number | null) => constantColumn('int32?', value, rows);
  const text = (value: string) => constantColumn('string', value, rows);
  const numbers = (valueAt: (cell: number) => number | undefined) =>
    columnFrom(
      'double?',
      each(cell => finite(valueAt(cell))),
    );
  return {
    rows,
    columns: {
      epoch: count(part.epoch),
      from_layer: text(part.from.name),
      from_channel: columnFrom(
        'int32',
        each(cell => from?.[row(cell)] ?? row(cell)),
      ),
      to_layer: text(part.to.name),
      to_channel: columnFrom(
        'int32',
        each(cell => to?.[column(cell)] ?? column(cell)),
      ),
      class: count(part.set.label),
      bits: numbers(cell => bits[cell]),
      hx: numbers(cell => hx[row(cell)]),
      hy: numbers(cell => hy[column(cell)]),
      n: count(samples),
      pairs: count(pairs),
      bins: count(bins),
      miller_madow: numbers(cell => millerMadow[cell]),
      baseline_mean: numbers(cell => baseline?.mean[cell]),
      baseline_p95: numbers(cell => baseline?.p95[cell]),
      p: numbers(cell => baseline?.p[cell]),
      permutations: count(baseline?.permutations ?? 0),
      reason: columnFrom(
        'string?',
        each(cell => reasonFor(samples, x.valid[row(cell)] === 1 && y.valid[column(cell)] === 1)),
      ),
    },
  };
}

function reasonFor(samples: number, valid: boolean): Reason | null {
  if (samples === 0) return 'no-samples';
  if (samples === 1) return 'too-few-samples';
  return valid ? null : 'non-finite';
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
