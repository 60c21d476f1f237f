import type {LayerEntropyRow} from './tables.js';

/** Returns how far an entropy lies below its ceiling, bits, never negative; null if either is undefined. */
export function deficitOf({bits, log2_edges}: Pick<LayerEntropyRow, 'bits' | 'log2_edges'>): number | null {
  return bits === null || log2_edges === null ? null : Math.max(0, log2_edges - bits);
}
