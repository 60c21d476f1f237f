/** Squared distance of two rows of float32, in float64; stride a multiple of 32 bytes. */
export function exactSquaredDistance(a: usize, b: usize, stride: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < stride; at += 32) {
    s0 = addSquare(s0, two(a + at), two(b + at));
    s1 = addSquare(s1, two(a + at + 8), two(b + at + 8));
    s2 = addSquare(s2, two(a + at + 16), two(b + at + 16));
    s3 = addSquare(s3, two(a + at + 24), two(b + at + 24));
  }
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// @ts-ignore: decorator
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, x: v128, y: v128): v128 {
  const difference = f64x2.sub(x, y);
  return f64x2.add(sum, f64x2.mul(difference, difference));
}
