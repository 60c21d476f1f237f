/**
 * Bins of distances by the rule of src/metrics/bin-rule.ts, in float64: codes[pairs] of bytes.
 *
 * @param squared - [pairs] float32. They are left as they are.
 * @param lo - Lower end of the range.
 * @param width - Its extent, Infinity where everything goes to bin 0.
 * @param counts - [bins] u32, added to.
 */
export function pairCodes(squared: usize, pairs: i32, lo: f64, width: f64, bins: i32, codes: usize, counts: usize): void {
  const last = bins - 1;
  for (let pair = 0; pair < pairs; pair++) {
    const distance = sqrt(<f64>load<f32>(squared + (<usize>pair << 2)));
    // The quotient first: a factor bins / width would round values on an edge into the bin below.
    const position = ((distance - lo) / width) * <f64>bins;
    let bin = position > 0 ? (position >= <f64>last ? last : <i32>position) : 0;
    store<u8>(codes + <usize>pair, <u8>bin);
    const count = counts + (<usize>bin << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
}
