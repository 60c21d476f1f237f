import type * as tfjs from '@tensorflow/tfjs';
import type {Neighbors} from 'cnnslicer/metrics';

/** Rows whose distances to all are held at a time. */
const BLOCK = 500;
/** Steps that a squared distance is rounded to; index and steps fit a float64 together. */
const STEP = 1e-6;

/**
 * The k nearest others of each sample, nearest first, where k is a large part of all: distances from float32 products, sorted
 * whole. The library's search is exact, and made for a small k; here an error in the sixth digit of a distance does not
 * show.
 *
 * @param xs - [samples, features].
 */
export function manyNeighbors(
  tf: typeof tfjs,
  xs: Float32Array,
  {samples, k}: {samples: number; k: number},
): Neighbors {
  const distances = new Float64Array(samples * k);
  const indices = new Int32Array(samples * k);
  const keys = new Float64Array(samples);
  const x = tf.tensor2d(xs, [samples, xs.length / samples]);
  const squares = tf.tidy(() => x.square().sum(1));
  for (let start = 0; start < samples; start += BLOCK) {
    const count = Math.min(BLOCK, samples - start);
    const block = tf.tidy(() => {
      const products = tf.matMul(x.slice([start, 0], [count, -1]), x, false, true);
      const own = squares.slice(start, count).expandDims(1);
      return own.add(squares).sub(products.mul(2)).dataSync<'float32'>();
    });
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < samples; j++) {
        const steps = Math.round(Math.max(0, block[i * samples + j] as number) / STEP);
        keys[j] = j === start + i ? Infinity : steps * samples + j;
      }
      keys.sort();
      for (let n = 0; n < k; n++) {
        const key = keys[n] as number;
        const index = key % samples;
        indices[(start + i) * k + n] = index;
        distances[(start + i) * k + n] = Math.sqrt(((key - index) / samples) * STEP);
      }
    }
  }
  tf.dispose([x, squares]);
  return {distances, indices};
}
