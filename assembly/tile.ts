/** Rows and columns of a tile: 8 accumulators of 4 lanes, the most that V8 keeps in registers beside the operands. */
export const TILE_ROWS: i32 = 4;
export const TILE_COLS: i32 = 8;

/** Bytes of one packed step: 4 floats of the left operand, 8 of the right. */
export const LEFT_STEP: i32 = TILE_ROWS * 4;
export const RIGHT_STEP: i32 = TILE_COLS * 4;

/**
 * out[4][8] = sum over k of left[k][4] (outer product) right[k][8], both packed without gaps.
 * One pointer for each operand and constant offsets: with a pointer per row the same loop runs at half the speed.
 */
export function multiplyTile(left: usize, right: usize, depth: i32, out: usize): void {
  let r00 = f32x4.splat(0), r01 = r00;
  let r10 = r00, r11 = r00;
  let r20 = r00, r21 = r00;
  let r30 = r00, r31 = r00;
  const end = right + <usize>depth * RIGHT_STEP;
  while (right < end) {
    const lo = v128.load(right);
    const hi = v128.load(right, 16);
    let value = v128.load32_splat(left);
    r00 = f32x4.add(r00, f32x4.mul(value, lo));
    r01 = f32x4.add(r01, f32x4.mul(value, hi));
    value = v128.load32_splat(left, 4);
    r10 = f32x4.add(r10, f32x4.mul(value, lo));
    r11 = f32x4.add(r11, f32x4.mul(value, hi));
    value = v128.load32_splat(left, 8);
    r20 = f32x4.add(r20, f32x4.mul(value, lo));
    r21 = f32x4.add(r21, f32x4.mul(value, hi));
    value = v128.load32_splat(left, 12);
    r30 = f32x4.add(r30, f32x4.mul(value, lo));
    r31 = f32x4.add(r31, f32x4.mul(value, hi));
    left += LEFT_STEP;
    right += RIGHT_STEP;
  }
  v128.store(out, r00);
  v128.store(out, r01, 16);
  v128.store(out, r10, 32);
  v128.store(out, r11, 48);
  v128.store(out, r20, 64);
  v128.store(out, r21, 80);
  v128.store(out, r30, 96);
  v128.store(out, r31, 112);
}

/** target[0..columns) += row[0..columns), columns <= 8: one row of a tile, cut where the matrix ends. */
// @ts-ignore: decorator
@inline
export function addTileRow(target: usize, row: usize, columns: i32): void {
  if (columns >= TILE_COLS) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(row)));
    v128.store(target, f32x4.add(v128.load(target, 16), v128.load(row, 16)), 16);
    return;
  }
  for (let i = 0; i < columns; i++) {
    const at = <usize>i << 2;
    store<f32>(target + at, load<f32>(target + at) + load<f32>(row + at));
  }
}

/** [rows][columns] -> panels [ceil(columns / 8)][rows][8], the last one filled up with zeros. */
export function packColumnPanels(matrix: usize, rows: i32, columns: i32, panels: usize): void {
  const rowBytes = <usize>columns << 2;
  for (let column = 0; column < columns; column += TILE_COLS) {
    let from = matrix + (<usize>column << 2);
    const width = min(TILE_COLS, columns - column);
    for (let row = 0; row < rows; row++) {
      if (width === TILE_COLS) {
        v128.store(panels, v128.load(from));
        v128.store(panels, v128.load(from, 16), 16);
      } else {
        for (let i = 0; i < TILE_COLS; i++) {
          const at = <usize>i << 2;
          store<f32>(panels + at, i < width ? load<f32>(from + at) : 0);
        }
      }
      from += rowBytes;
      panels += RIGHT_STEP;
    }
  }
}
