import {nearestK, type NeighborsRow} from '../studies/neighbors.js';
import {table} from './markdown.js';

/** Compares the paper's numbers of Fig. 5B with ours. */
export function neighborsSection(rows: readonly NeighborsRow[]): string {
  const samples = [...new Set(rows.map(row => row.samples))];
  const ks = [...new Set(rows.map(row => row.k))].sort((a, b) => a - b);
  const at = (n: number, k: number) => rows.find(row => row.samples === n && row.k === k);
  const nearest = samples.flatMap(n => nearestK(rows, n) ?? []);
  return [
    '### The numbers of Fig. 5',
    'The paper gives four numbers and not its k. Inter-sample entropy of the training digits, bits, for several k (one draw of digits):',
    table(
      ['', ...samples.map(n => `${n} digits`)],
      [
        ['**the paper**', ...samples.map(n => rows.find(row => row.samples === n)?.paper.toFixed(3) ?? '')],
        ...ks.map(k => [`k = ${k}`, ...samples.map(n => at(n, k)?.bits.toFixed(3) ?? '')]),
        ['**nearest k**', ...nearest.map(({k, bits, paper}) => `${k} (${signed(bits - paper)})`)],
      ],
    ),
    'The value follows k and the number of samples; how different the digits are moves it by a few tenths of a bit. [Table](tables/study-neighbors.parquet)',
  ].join('\n\n');
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
