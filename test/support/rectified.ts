import {seededRandom} from '#src/shared/index.js';

/** Seeded values as a rectifier leaves them: `share` of them are 0. */
export function rectified(length: number, seed: number, share = 0.4): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({length}, () => Math.max(0, random() - share));
}
