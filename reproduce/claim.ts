import type {Lab} from './lab.js';
import type {Row} from './row.js';
import {interval, mean} from './statistics.js';

/** A statement of the paper, made measurable. Statistic and threshold are fixed before anything is run. */
export interface Claim {
  /** Also the name of its table. */
  id: string;
  /** As `--only` names it. */
  figure: string;
  /** The statement of the paper. */
  paper: string;
  /** The measured statistic, one number per seed; larger values support the paper more. */
  statistic: string;
  /** The claim holds where the whole 95 % interval lies above it. */
  threshold: number;
  /** Said in the report where it does not hold. */
  otherwise: string;
  measure(lab: Lab, seed: number): Promise<Measured>;
}

export interface Measured {
  value: number;
  /** The numbers from which the value is computed. */
  rows: Row[];
}

export type Verdict = 'holds' | 'does not hold' | 'not settled';

export interface Result {
  id: string;
  figure: string;
  paper: string;
  statistic: string;
  threshold: number;
  /** One a seed. */
  values: number[];
  /** Their mean. */
  value: number;
  interval: [low: number, high: number] | null;
  verdict: Verdict;
}

export function judge(claim: Claim, values: number[]): Result {
  const {id, figure, paper, statistic, threshold} = claim;
  const bounds = interval(values);
  const verdict = verdictOf(bounds, threshold);
  return {id, figure, paper, statistic, threshold, values, value: mean(values), interval: bounds, verdict};
}

/** `not settled`: the interval holds the threshold, or there is no interval. */
export function verdictOf(bounds: readonly [low: number, high: number] | null, threshold: number): Verdict {
  if (bounds === null) return 'not settled';
  const [low, high] = bounds;
  return low > threshold ? 'holds' : high <= threshold ? 'does not hold' : 'not settled';
}
