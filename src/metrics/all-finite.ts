/** Checks that no value is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  // 0 * value is NaN for NaN and the infinities, and a NaN stays in the sum
  let check = 0;
  for (let i = 0; i < values.length; i++) check += 0 * values[i];
  return check === 0;
}
