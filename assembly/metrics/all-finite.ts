/**
 * Whether all values are finite.
 *
 * @param x - [length] f32, a multiple of 4 of them.
 */
export function allFinite(x: usize, length: i32): bool {
  let check = f32x4.splat(0);
  const zero = f32x4.splat(0);
  for (let at = 0; at < length; at += 4) {
    check = f32x4.add(check, f32x4.mul(v128.load(x + (<usize>at << 2)), zero)); // NaN once a value is not finite
  }
  return !v128.any_true(f32x4.ne(check, check));
}
