import type {CapacityQuery, LayerInfo, QueryResult, Slice} from '../../shared/index.js';

/** A capacity answer as matrices, [from, to], bits; NaN where undefined. */
export interface CapacityMatrix {
  rows: number;
  columns: number;
  bits: Float64Array;
  hx: Float64Array;
  hy: Float64Array;
  /** How likely chance gives as much; null without permutations. */
  p: Float64Array | null;
  /** Samples, pairs of them, bins and permutations. */
  basis: Record<string, number | string>;
}

/** The question for all channel pairs of two layers at one epoch. */
export function capacityQuery(
  from: LayerInfo,
  to: LayerInfo,
  epoch: number,
  options: CapacityQuery['options'],
): CapacityQuery {
  const whole = ({name}: LayerInfo): Slice => ({
    samples: 'all',
    layers: [name],
    channels: 'all',
    epochs: [epoch],
  });
  return {measure: 'C', from: whole(from), to: whole(to), options};
}

/** Reads the answer to a {@link capacityQuery}: its rows come channel by channel. */
export function capacityMatrix(result: QueryResult, from: LayerInfo, to: LayerInfo): CapacityMatrix {
  const numbers = (name: string) => {
    const values = result.columns.find(column => column.name === name)?.values;
    return values && Float64Array.from(values, value => (typeof value === 'number' ? value : NaN));
  };
  const cells = from.channels * to.channels;
  const basis = Object.entries(result.facts).filter(([, fact]) => fact !== null);
  return {
    rows: from.channels,
    columns: to.channels,
    bits: numbers('bits') ?? new Float64Array(cells).fill(NaN),
    hx: numbers('hx') ?? new Float64Array(cells).fill(NaN),
    hy: numbers('hy') ?? new Float64Array(cells).fill(NaN),
    p: numbers('p') ?? null,
    basis: Object.fromEntries(basis) as Record<string, number | string>,
  };
}
