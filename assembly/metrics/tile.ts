/** Rows on either side of a tile: with 3 x 4 sums nearly every operand has a register. */
export const TILE_I: i32 = 3;
export const TILE_J: i32 = 4;

/** sum + (x - y)^2: differences lose nothing where rows are nearly alike, as a sum of products would. */
// @ts-ignore: decorator
@inline
export function addSquare(sum: v128, x: v128, y: v128): v128 {
  const difference = f64x2.sub(x, y);
  return f64x2.add(sum, f64x2.mul(difference, difference));
}

/**
 * Adds the squared differences of 3 rows i and 4 rows j to sums[3][4] of two lanes each.
 *
 * @param i - The first of three rows of f64, as is j of four.
 * @param length - Bytes of a row, and from one row to the next; a multiple of 16.
 * @param sumStride - Bytes from one row of `sums` to the next.
 */
// @ts-ignore: decorator
@inline
export function addDistances(i: usize, j: usize, length: usize, sums: usize, sumStride: usize): void {
  const i1 = i + length;
  const i2 = i1 + length;
  const j1 = j + length;
  const j2 = j1 + length;
  const j3 = j2 + length;
  const sums1 = sums + sumStride;
  const sums2 = sums1 + sumStride;
  let s00 = v128.load(sums), s01 = v128.load(sums, 16), s02 = v128.load(sums, 32), s03 = v128.load(sums, 48);
  let s10 = v128.load(sums1), s11 = v128.load(sums1, 16), s12 = v128.load(sums1, 32), s13 = v128.load(sums1, 48);
  let s20 = v128.load(sums2), s21 = v128.load(sums2, 16), s22 = v128.load(sums2, 32), s23 = v128.load(sums2, 48);
  for (let at: usize = 0; at < length; at += 16) {
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
  v128.store(sums, s00);
  v128.store(sums, s01, 16);
  v128.store(sums, s02, 32);
  v128.store(sums, s03, 48);
  v128.store(sums1, s10);
  v128.store(sums1, s11, 16);
  v128.store(sums1, s12, 32);
  v128.store(sums1, s13, 48);
  v128.store(sums2, s20);
  v128.store(sums2, s21, 16);
  v128.store(sums2, s22, 32);
  v128.store(sums2, s23, 48);
}
