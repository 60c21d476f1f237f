import {addSquare} from './tile';

/**
 * Squared distance of two rows of float32 in float64, in the order of src/metrics/squared-distances.ts: even places and
 * odd ones, then both. Stride a multiple of 8 bytes.
 */
export function exactSquaredDistance(a: usize, b: usize, stride: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < stride; at += 8) sum = addSquare(sum, twoDoubles(a + at), twoDoubles(b + at));
  return laneSum(sum);
}

/**
 * {@link exactSquaredDistance} of a row to four others: four sums that need not wait for each other take little longer
 * than one.
 *
 * @param others - Where the four rows begin, [4] usize.
 * @param out - [4] f64.
 */
export function fourExactDistances(a: usize, others: usize, stride: usize, out: usize): void {
  const b0 = load<usize>(others);
  const b1 = load<usize>(others, 4);
  const b2 = load<usize>(others, 8);
  const b3 = load<usize>(others, 12);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < stride; at += 8) {
    const x = twoDoubles(a + at);
    s0 = addSquare(s0, x, twoDoubles(b0 + at));
    s1 = addSquare(s1, x, twoDoubles(b1 + at));
    s2 = addSquare(s2, x, twoDoubles(b2 + at));
    s3 = addSquare(s3, x, twoDoubles(b3 + at));
  }
  store<f64>(out, laneSum(s0));
  store<f64>(out, laneSum(s1), 8);
  store<f64>(out, laneSum(s2), 16);
  store<f64>(out, laneSum(s3), 24);
}

/** Two float32 values as float64. */
// @ts-ignore: decorator
@inline
export function twoDoubles(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
export function laneSum(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
