import {laneSums} from './lane-sums';

/** Rows on either side of a tile: with 3 x 4 sums every operand has a register. */
export const TILE_I: i32 = 3;
export const TILE_J: i32 = 4;

/** sum + (x - y)^2: differences lose nothing where rows are nearly alike, as a sum of products would. */
// @ts-ignore: decorator
@inline
function addSquare(sum: v128, x: v128, y: v128): v128 {
  const difference = f32x4.sub(x, y);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/**
 * Squared distances of 3 rows i to 4 rows j, out[3][4].
 *
 * @param stride - Bytes from one row to the next, a multiple of 16; rows are filled up with zeros.
 * @param outStride - Bytes from one row of `out` to the next.
 */
// @ts-ignore: decorator
@inline
export function distanceTile(i: usize, j: usize, stride: usize, out: usize, outStride: usize): void {
  const i1 = i + stride;
  const i2 = i1 + stride;
  const j1 = j + stride;
  const j2 = j1 + stride;
  const j3 = j2 + stride;
  let s00 = f32x4.splat(0), s01 = s00, s02 = s00, s03 = s00;
  let s10 = s00, s11 = s00, s12 = s00, s13 = s00;
  let s20 = s00, s21 = s00, s22 = s00, s23 = s00;
  for (let at: usize = 0; at < stride; at += 16) {
    const x0 = v128.load(i + at);
    const x1 = v128.load(i1 + at);
    const x2 = v128.load(i2 + at);
    let y = v128.load(j + at);
    s00 = addSquare(s00, x0, y);
    s10 = addSquare(s10, x1, y);
    s20 = addSquare(s20, x2, y);
    y = v128.load(j1 + at);
    s01 = addSquare(s01, x0, y);
    s11 = addSquare(s11, x1, y);
    s21 = addSquare(s21, x2, y);
    y = v128.load(j2 + at);
    s02 = addSquare(s02, x0, y);
    s12 = addSquare(s12, x1, y);
    s22 = addSquare(s22, x2, y);
    y = v128.load(j3 + at);
    s03 = addSquare(s03, x0, y);
    s13 = addSquare(s13, x1, y);
    s23 = addSquare(s23, x2, y);
  }
  v128.store(out, laneSums<f32>(s00, s01, s02, s03));
  v128.store(out + outStride, laneSums<f32>(s10, s11, s12, s13));
  v128.store(out + 2 * outStride, laneSums<f32>(s20, s21, s22, s23));
}
