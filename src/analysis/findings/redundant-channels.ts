import {pearsonCorrelation} from '../../metrics/index.js';
import {discoveries, printQuery, type Finding, type LayerInfo} from '../../shared/index.js';
import type {CapacityMatrix} from '../../shared/capacity-matrix.js';
import {capacityQuery} from '../../shared/notation/build-query.js';
import {spareChannels} from './spare-channels.js';
import {list, percent} from './words.js';

/** Share of the smaller channel's entropy that the other must hold. */
const SHARED = 0.5;
/** Correlation of two capacity profiles from which on they are alike. */
const ALIKE = 0.95;
/** Accepted share of false discoveries among the pairs beyond chance. */
const FALSE_SHARE = 0.05;
/** Entropy, bits, below which a channel says too little to be called a copy. */
const MIN_ENTROPY = 0.5;

/**
 * Channel pairs of a layer that tell the samples apart in the same way: each holds most of what the other says, more than
 * chance does, and their capacities with all other channels go together.
 *
 * @param matrix - Capacity of the layer with itself, with a permutation baseline.
 * @param entropy - Intra-sample entropy of each channel, bits: which of a pair says less.
 * @param basis - What the capacities rest on: samples, pairs of them, bins and permutations.
 */
export function redundantChannels(
  matrix: CapacityMatrix,
  layer: LayerInfo,
  {epoch, entropy, basis}: {epoch: number; entropy: ArrayLike<number>; basis: Finding['basis']},
): Finding[] {
  const {rows, bits, hx, p} = matrix;
  const beyondChance = p && discoveries(betweenChannels(p, rows), FALSE_SHARE);
  const alike: {pair: [number, number]; shared: number}[] = [];
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      const at = a * rows + b;
      const smaller = Math.min(hx[a] as number, hx[b] as number);
      const shared = (bits[at] as number) / smaller;
      const byChance = beyondChance !== null && beyondChance[at] === 0;
      if (!(smaller >= MIN_ENTROPY) || !(shared >= SHARED) || byChance) continue;
      if (profileCorrelation(matrix, a, b) >= ALIKE) alike.push({pair: [a, b], shared});
    }
  }
  if (alike.length === 0) return [];
  alike.sort((p, q) => q.shared - p.shared);
  const pairs = alike.map(({pair}) => pair);
  const [best] = alike as [(typeof alike)[0]];
  const channels = [...best.pair];
  const part = {layers: [layer.name], channels, epochs: [epoch]};
  const permutations = Number(basis.permutations ?? 0);
  const evidence = printQuery(capacityQuery(part, part, {permutations}));
  return [
    {
      kind: 'redundant-channels',
      level: 'attention',
      title: `${pairs.length} channel ${pairs.length === 1 ? 'pair' : 'pairs'} of ${layer.name} ${pairs.length === 1 ? 'says' : 'say'} nearly the same at epoch ${epoch}: ${list(pairs.map(pair => pair.join('-')))}`,
      layer: layer.name,
      channels: spareChannels(pairs, entropy),
      pairs,
      epoch,
      evidence,
      basis,
      confidence: {
        grade: p === null ? 'low' : Number(basis.n) >= 200 ? 'high' : 'moderate',
        why: `the first holds ${(100 * best.shared).toFixed(0)} % of the other's bits, ${p === null ? 'not compared with chance' : `beyond chance at a false discovery rate of ${percent(FALSE_SHARE)} over all pairs`}; profiles correlate at ${ALIKE} or more`,
      },
    },
  ];
}

/** The p-values of each pair of different channels once; NaN elsewhere. */
function betweenChannels(p: Float64Array, channels: number): Float64Array {
  return p.map((value, at) => (at % channels > Math.floor(at / channels) ? value : NaN));
}

/** Correlation of the capacities of two channels with all others, themselves left out; 0 where a profile is flat. */
function profileCorrelation({rows, bits}: CapacityMatrix, a: number, b: number): number {
  const [x, y]: [number[], number[]] = [[], []];
  for (let c = 0; c < rows; c++) {
    const [p, q] = [bits[a * rows + c] as number, bits[b * rows + c] as number];
    if (c === a || c === b || Number.isNaN(p) || Number.isNaN(q)) continue;
    x.push(p);
    y.push(q);
  }
  if (x.length < 3) return 1; // so few others have no profile to differ in
  return pearsonCorrelation(x, y) ?? 0;
}
