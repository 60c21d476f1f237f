import type {Reason} from '../shared/index.js';
import {matrixEntropy, type MatrixEntropy} from './matrix-entropy.js';
import type {SamplesShape} from './shapes.js';

/** Effective rank of one set of samples, with what it rests on. */
export interface EffectiveRank {
  /** Null where it is undefined. */
  rank: number | null;
  /** The largest that it could be, min(n - 1, features); null where the rank is. */
  ceiling: number | null;
  /** Why `rank` is null; null where it is a number. */
  reason: Reason | null;
  /** Samples in use. */
  n: number;
  /** Samples left out for a non-finite value. */
  invalid: number;
}

/**
 * Effective rank: `R = 2^H` of the matrix entropy H, the number of directions of equal variance that have the entropy of
 * the samples' (Roy and Vetterli 2007, of the samples' covariance).
 *
 * No unit, 1 <= R <= min(n - 1, features): 1 for samples on a line, k for k directions that vary alike. Unchanged by shift,
 * rotation and scale of the data. Samples with a non-finite value are left out. Undefined for fewer than two samples and
 * where all are equal.
 *
 * @param x - One flat vector per sample, [samples, features]. Not modified.
 * @throws {RangeError} if `shape` does not fit `x`.
 */
export function effectiveRank(x: Float32Array, shape: SamplesShape): EffectiveRank {
  return effectiveRankOf(matrixEntropy(x, shape), shape.features);
}

/** {@link effectiveRank} of samples whose matrix entropy is known already. */
export function effectiveRankOf({bits, n, invalid, reason}: MatrixEntropy, features: number): EffectiveRank {
  if (bits === null) return {rank: null, ceiling: null, reason, n, invalid};
  const ceiling = Math.min(n - 1, features);
  return {rank: Math.min(ceiling, 2 ** bits), ceiling, reason: null, n, invalid};
}
