/**
 * IEEE 754 binary16, as bits, as Node 20 has no Float16Array. This agrees with NumPy on every float32.
 */

/**
 * Converts float32 to float16, rounding to nearest, ties to even.
 *
 * Magnitudes of 65520 and more become Infinity (65504 is the largest float16), those up to 2^-25 become 0, both with
 * their sign. A NaN stays a NaN and keeps the upper ten bits of its payload.
 *
 * @param bits - float32 values as their bits, shape [n]. Not modified.
 * @param out - Overwritten with float16 bits, shape [n].
 */
export function encodeFloat16(bits: Uint32Array, out: Uint16Array): void {
  for (let i = 0; i < bits.length; i++) {
    const value = bits[i] as number;
    const sign = (value >>> 16) & 0x8000;
    const magnitude = value & 0x7fffffff;
    if (magnitude >= 0x38800000 && magnitude < 0x477ff000) {
      // Normal: rebias the exponent (127 to 15); 0xfff plus the lowest kept bit rounds ties to even.
      out[i] = sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
    } else if (magnitude < 0x38800000) {
      out[i] = sign | subnormal(magnitude);
    } else if (magnitude <= 0x7f800000) {
      out[i] = sign | 0x7c00;
    } else {
      // A payload whose upper bits are all 0 must not turn the NaN into Infinity.
      const payload = (magnitude >>> 13) & 0x3ff;
      out[i] = sign | 0x7c00 | (payload === 0 ? 1 : payload);
    }
  }
}

/** Rounds a float32 magnitude below 2^-14 to a multiple of 2^-24, the float16 subnormal step. */
function subnormal(magnitude: number): number {
  const exponent = magnitude >>> 23;
  if (exponent < 102) return 0; // below 2^-25
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const shift = 126 - exponent;
  const half = 1 << (shift - 1);
  const odd = (significand >>> shift) & 1;
  return (significand + half - 1 + odd) >>> shift;
}

/** float32 bits of each of the 65536 float16 values; made when first needed. */
let table: Uint32Array | undefined;

/**
 * Converts float16 to float32, which is exact; NaN payloads are kept.
 *
 * @param halves - float16 bits, shape [n]. Not modified.
 * @param out - Overwritten with float32 bits, shape [n].
 */
export function decodeFloat16(halves: Uint16Array, out: Uint32Array): void {
  table ??= Uint32Array.from({length: 0x10000}, (_, half) => float32Bits(half));
  const bits = table;
  for (let i = 0; i < halves.length; i++) out[i] = bits[halves[i] as number] as number;
}

function float32Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  if (fraction === 0) return sign >>> 0;
  const shift = Math.clz32(fraction) - 21; // brings the leading 1 to bit 10, where it is implied
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)) >>> 0;
}
