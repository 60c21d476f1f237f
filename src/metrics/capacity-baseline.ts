import {seededRandom, shuffle} from '../shared/index.js';
import type {PairCodes} from './pair-codes.js';
import {pairIndex} from './pair-index.js';
import {quantile} from './quantile.js';

/** Capacity under chance, as measured on shuffled samples; matrices are [from.channels, to.channels], bits. */
export interface CapacityBaseline {
  mean: Float64Array;
  /** 95th percentile over the draws. */
  p95: Float64Array;
  /**
   * How likely chance gives as much: (b + 1) / (m + 1), with b of the m draws at least the capacity itself; so it is never
   * below 1 / (m + 1) (Phipson & Smyth 2010).
   */
  p: Float64Array;
  permutations: number;
  seed: number;
}

/**
 * The codes of a layer with its samples shuffled, one draw after the other: each pair takes the code of the pair that
 * its two samples become, the same in all channels. What a channel is by itself, its counts and entropy, stays.
 *
 * Pairs that share a sample stay dependent, as in the data: the capacity that is left is what chance gives.
 */
export function* permutedCodes(
  codes: PairCodes,
  {permutations, seed}: {permutations: number; seed: number},
): Generator<PairCodes> {
  const {channels, samples, pairs} = codes;
  const random = seededRandom(seed);
  const order = Array.from({length: samples}, (_, sample) => sample);
  const from = new Int32Array(pairs);
  for (let draw = 0; draw < permutations; draw++) {
    shuffle(order, random);
    let pair = 0;
    for (let i = 0; i < samples; i++) {
      for (let j = i + 1; j < samples; j++) {
        const low = Math.min(order[i], order[j]);
        const high = Math.max(order[i], order[j]);
        from[pair++] = pairIndex(low, high, samples);
      }
    }
    const shuffled = new Uint8Array(channels * pairs);
    for (let channel = 0; channel < channels; channel++) {
      const first = channel * pairs;
      for (let p = 0; p < pairs; p++) shuffled[first + p] = codes.codes[first + from[p]];
    }
    yield {...codes, codes: shuffled};
  }
}

/** Capacities that are equal may differ by rounding, bits. */
const ROUNDING = 1e-12;

/**
 * @param draws - The capacity matrix of each draw; undefined cells are NaN in all of them.
 * @param bits - The capacity matrix itself.
 */
export function summarizeDraws(
  draws: readonly Float64Array[],
  bits: Float64Array,
  seed: number,
): CapacityBaseline {
  const cells = draws[0].length;
  const mean = new Float64Array(cells);
  const p95 = new Float64Array(cells);
  const p = new Float64Array(cells);
  const values = new Float64Array(draws.length);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    let asMuch = 0;
    for (let draw = 0; draw < draws.length; draw++) {
      values[draw] = draws[draw][cell];
      sum += values[draw];
      if (values[draw] >= bits[cell] - ROUNDING) asMuch++;
    }
    p[cell] = Number.isNaN(bits[cell]) ? NaN : (asMuch + 1) / (draws.length + 1);
    mean[cell] = sum / draws.length;
    p95[cell] = quantile(values.sort(), 0.95);
  }
  return {mean, p95, p, permutations: draws.length, seed};
}

/** @throws {RangeError} naming the option that is out of range. */
export function assertPermutations(caller: string, permutations: number, seed: number): void {
  if (!Number.isInteger(permutations) || permutations < 0) {
    throw new RangeError(
      `${caller}: permutations must be an integer >= 0 (0: no baseline), got ${permutations}.`,
    );
  }
  if (!Number.isFinite(seed)) throw new RangeError(`${caller}: seed must be a finite number, got ${seed}.`);
}
