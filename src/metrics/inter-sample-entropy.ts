import {assertPositiveInteger, type Reason} from '../shared/index.js';
import {finiteSamples} from './finite-samples.js';
import {nearestAmong, type Neighbors} from './k-nearest-neighbors.js';
import {neighborWeights, type Kernel} from './neighbor-weights.js';
import type {PairDistances} from './pair-distances.js';
import {reasonForFew} from './reason-for-few.js';
import {assertSamples, type SamplesShape} from './shapes.js';
import {pairsOfRows, type Pairs} from './squared-distances.js';
import {symmetricEntropy} from './symmetric-entropy.js';

const DEFAULT_K = 15;

/** Options of the inter-sample entropy: how many neighbours, and what a distance weighs. */
export interface InterSampleOptions {
  /** Neighbours of each sample; integer >= 1, at most n - 1 are used. Default 15. */
  k?: number;
  /** How distance becomes weight, default `paper`. */
  kernel?: Kernel;
}

/** Inter-sample entropy of one set of samples, with what it rests on. */
export interface InterSampleEntropy {
  /** Entropy in bits, null where it is undefined. */
  bits: number | null;
  /** Why `bits` is null; null where it is a number. */
  reason: Reason | null;
  /** Ordered pairs of samples with P > 0. */
  edges: number;
  /** Ceiling of `bits`, reached when all edges weigh the same; null with `bits`. */
  log2Edges: number | null;
  /** `log2Edges - bits`, >= 0; null with `bits`. */
  deficit: number | null;
  /** Neighbours in use: min(k, n - 1). */
  k: number;
  /** Samples in use. */
  n: number;
  /** Samples left out for a non-finite value. */
  invalid: number;
  /** Samples with more than log2(k) neighbours at distance 0: eq. 5 has no solution, only those neighbours count. */
  clamped: number;
  /** Samples with exactly log2(k) neighbours at distance 0: eq. 5 is met as s -> 0, only those neighbours count. */
  limit: number;
  /** There are two samples or more, and all are equal: see {@link unlessEqual}. */
  equal: boolean;
  kernel: Kernel;
}

/**
 * Inter-sample entropy: the entropy of a k-nearest-neighbour graph whose edges are weighted by nearness.
 *
 * With d_ij the Euclidean distance: `P(j|i) = exp(-d_ij / s_i)` for the k nearest j of i, else 0, with s_i such that
 * `sum over j of P(j|i) = log2 k`; `P_ij = (P(j|i) + P(i|j)) / 2n`, divided by its sum; and
 * `H = -sum over ordered pairs i != j of P_ij log2 P_ij`.
 *
 * Bits, 0 < H <= log2(edges) <= log2(n (n - 1)). It follows n and k far more than the data, so compare values at equal
 * n and k only, and look at `deficit`. Samples with a non-finite value are left out. Undefined for fewer than two
 * samples, and for k = 1 unless some are duplicates, as log2(1) = 0 leaves no weight. Where all samples are equal
 * (`equal`), it is that of the limit s -> 0, which speaks of n and k alone.
 *
 * @param x - One flat vector per sample, [samples, features]. Not modified.
 * @throws {RangeError} if `shape` does not fit `x` or `k` is not an integer >= 1.
 * @throws {TypeError} if there is no such kernel.
 * @see Shen & Shen 2020, eq. 4-7.
 */
export function interSampleEntropy(
  x: Float32Array,
  shape: SamplesShape,
  options: InterSampleOptions = {},
): InterSampleEntropy {
  assertSamples('interSampleEntropy', x, shape);
  const rows = finiteSamples(x, shape);
  return graphEntropy(
    'interSampleEntropy',
    pairsOfRows({x, features: shape.features, rows}),
    shape.samples,
    options,
  );
}

/**
 * {@link interSampleEntropy} of samples whose distances are known already.
 *
 * @throws {RangeError} if `k` is not an integer >= 1.
 * @throws {TypeError} if there is no such kernel.
 */
export function interSampleEntropyOf(
  distances: PairDistances,
  options: InterSampleOptions = {},
): InterSampleEntropy {
  return graphEntropy('interSampleEntropyOf', distances, distances.samples, options);
}

function graphEntropy(
  caller: string,
  pairs: Pairs,
  samples: number,
  options: InterSampleOptions,
): InterSampleEntropy {
  assertInterSampleOptions(caller, options);
  const {n} = pairs;
  const k = usedNeighbors(n, options);
  const neighbors = n < 2 ? null : nearestAmong(pairs, k);
  return neighborEntropy(neighbors, {n, samples, allEqual: () => pairs.allEqual()}, options);
}

/**
 * Returns the entropy for tables, results and TensorBoard: null if all samples are equal. The limit that the estimate
 * takes there would make a dead layer the most diverse one.
 */
export function unlessEqual(entropy: InterSampleEntropy): InterSampleEntropy {
  return entropy.equal ? {...entropy, ...undefinedEntropy('no-variance')} : entropy;
}

/** Neighbours that an estimate of n samples uses: min(k, n - 1). */
export function usedNeighbors(n: number, {k = DEFAULT_K}: InterSampleOptions): number {
  return Math.max(0, Math.min(k, n - 1));
}

/**
 * The estimate from the neighbours, however those were found.
 *
 * @param neighbors - Of each finite sample, {@link usedNeighbors} of them; null for fewer than two samples.
 * @param counts - Finite samples, all of them, and whether the finite ones are equal.
 */
export function neighborEntropy(
  neighbors: Neighbors | null,
  {n, samples, allEqual}: {n: number; samples: number; allEqual: () => boolean},
  options: InterSampleOptions,
): InterSampleEntropy {
  const {kernel = 'paper'} = options;
  const k = usedNeighbors(n, options);
  const facts = {k, n, invalid: samples - n, kernel};
  if (neighbors === null) {
    const few = undefinedEntropy(reasonForFew(n, samples));
    return {...few, clamped: 0, limit: 0, equal: false, ...facts};
  }
  const equal = neighbors.distances.every(distance => distance === 0) && allEqual();
  const {weights, clamped, limit} = neighborWeights(neighbors.distances, k, kernel);
  const {bits, edges} = symmetricEntropy(neighbors.indices, weights, k);
  if (bits === null) return {...undefinedEntropy('no-edges'), clamped, limit, equal, ...facts};
  const log2Edges = Math.log2(edges);
  const value = Math.min(bits, log2Edges); // rounding can put it above its ceiling
  const deficit = log2Edges - value;
  return {bits: value, reason: null, edges, log2Edges, deficit, clamped, limit, equal, ...facts};
}

/** Reason for samples whose entropy could not be computed. */
export function failedInterSampleEntropy(
  {n, samples}: {n: number; samples: number},
  options: InterSampleOptions,
): InterSampleEntropy {
  const {kernel = 'paper'} = options;
  const facts = {k: usedNeighbors(n, options), n, invalid: samples - n, kernel};
  return {...undefinedEntropy('failed'), clamped: 0, limit: 0, equal: false, ...facts};
}

/** @throws {RangeError | TypeError} naming the option. */
export function assertInterSampleOptions(
  caller: string,
  {k = DEFAULT_K, kernel = 'paper'}: InterSampleOptions,
): void {
  assertPositiveInteger(caller, 'k', k);
  assertKernel(caller, kernel);
}

function assertKernel(caller: string, kernel: string): void {
  if (kernel !== 'paper' && kernel !== 'umap') {
    throw new TypeError(`${caller}: kernel must be 'paper' or 'umap', got ${kernel}.`);
  }
}

function undefinedEntropy(reason: Reason) {
  return {bits: null, reason, edges: 0, log2Edges: null, deficit: null};
}
