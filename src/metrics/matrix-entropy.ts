import type {Reason} from '../shared/index.js';
import {finiteSamples} from './finite-samples.js';
import type {PairDistances} from './pair-distances.js';
import {reasonForFew} from './reason-for-few.js';
import {assertSamples, type SamplesShape} from './shapes.js';
import {pairsOfRows, type Pairs} from './squared-distances.js';
import {symmetricEigenvalues} from './symmetric-eigenvalues.js';

/** Matrix entropy of one set of samples, with what it rests on. */
export interface MatrixEntropy {
  /** Entropy in bits, null where it is undefined. */
  bits: number | null;
  /** Why `bits` is null; null where it is a number. */
  reason: Reason | null;
  /** Samples in use. */
  n: number;
  /** Samples left out for a non-finite value. */
  invalid: number;
}

/**
 * Matrix entropy: the von Neumann entropy of the samples' centred Gram matrix, divided by its trace,
 * `H = -sum over eigenvalues v of v log2 v`. The eigenvalues are the shares of variance along the principal
 * directions, and 2^H is the effective number of directions in which the samples vary.
 *
 * Bits, 0 <= H <= log2(min(n - 1, features)). Unchanged by shift, rotation and scale of the data. Samples with a
 * non-finite value are left out. Undefined for fewer than two samples and where all are equal. It is not in the paper:
 * it complements the inter-sample entropy, which says little about diversity.
 *
 * Time grows with samples^2 * features + samples^3, memory with samples^2.
 *
 * @param x - One flat vector per sample, [samples, features]. Not modified.
 * @throws {RangeError} if `shape` does not fit `x`.
 */
export function matrixEntropy(x: Float32Array, shape: SamplesShape): MatrixEntropy {
  assertSamples('matrixEntropy', x, shape);
  const rows = finiteSamples(x, shape);
  return spectralEntropy(pairsOfRows({x, features: shape.features, rows}), shape.samples);
}

/** {@link matrixEntropy} of samples whose distances are known already. */
export function matrixEntropyOf(distances: PairDistances): MatrixEntropy {
  return spectralEntropy(distances, distances.samples);
}

/** Reason for samples whose entropy could not be computed. */
export function failedMatrixEntropy({n, samples}: {n: number; samples: number}): MatrixEntropy {
  return {bits: null, reason: 'failed', n, invalid: samples - n};
}

function spectralEntropy(pairs: Pairs, samples: number): MatrixEntropy {
  const {n} = pairs;
  const facts = {n, invalid: samples - n};
  if (n < 2) return {bits: null, reason: reasonForFew(n, samples), ...facts};
  const gram = centredGram(pairs);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += gram[i * n + i];
  if (trace === 0) return {bits: null, reason: 'no-variance', ...facts};
  let bits = 0;
  for (const eigenvalue of symmetricEigenvalues(gram, n)) {
    const share = eigenvalue / trace;
    if (share > 0) bits -= share * Math.log2(share); // rounding leaves some zero eigenvalues below 0
  }
  return {bits: Math.min(Math.log2(n - 1), Math.max(0, bits)), reason: null, ...facts};
}

/**
 * Gram matrix of the points less their mean, from the squared distances: `-(d_ij^2 - m_i - m_j + m) / 2`, with m_i the
 * mean of row i of the squared distances and m that of all. Differences have no offset to cancel.
 */
function centredGram(pairs: Pairs): Float64Array {
  const {n} = pairs;
  const gram = new Float64Array(n * n);
  const means = new Float64Array(n);
  pairs.forEachSquaredDistance((i, j, squaredDistance) => {
    gram[i * n + j] = squaredDistance;
    gram[j * n + i] = squaredDistance;
    means[i] += squaredDistance / n;
    means[j] += squaredDistance / n;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) gram[i * n + j] = (means[i] + means[j] - gram[i * n + j] - mean) / 2;
  }
  return gram;
}
