import {LRUCache} from 'lru-cache';
import type {PairCodes} from '../../metrics/index.js';

/** Room for the distances of a few large layers: 512 channels of 256 samples take 16 MiB. */
const MAX_BYTES = 256 * 2 ** 20;

/** Binned distances of layers used lately: in a chain of layers each is asked for twice. */
export class PairCodesCache {
  readonly #kept = new LRUCache<string, PairCodes>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({codes}) => Math.max(1, codes.byteLength),
  });

  /** @param key - Everything that the codes depend on. */
  async get(key: string, compute: () => Promise<PairCodes>): Promise<PairCodes> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const computed = await compute();
    this.#kept.set(key, computed);
    return computed;
  }
}
