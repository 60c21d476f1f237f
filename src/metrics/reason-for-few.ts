import type {Reason} from '../shared/index.js';

/** Why fewer than two finite samples are left of those that were given. */
export function reasonForFew(finite: number, samples: number): Reason {
  if (finite === 1) return 'too-few-samples';
  return samples === 0 ? 'no-samples' : 'non-finite';
}
