import {laneSums} from './lane-sums';
import {SCRATCH} from './scratch';

/** Inner products of a tile so far, [3][4] i32. */
const DOTS: usize = SCRATCH;

/** Strips of columns before it is first tried to give up a tile of far rows. */
const FIRST_STRIPS: usize = 3;

/**
 * Squared distances between the grid points of 3 rows i and 4 rows j, out[3][4] f32: |a|^2 + |b|^2 - 2ab, exact in
 * integers.
 *
 * @param points - [][stride / 2] i16, see grid.ts.
 * @param norms - Their sums of squares.
 */
// @ts-ignore: decorator
@inline
export function gridTile(points: usize, stride: usize, norms: usize, i: i32, j: i32, out: usize, outStride: usize): void {
  addProducts(points + <usize>i * stride, points + <usize>j * stride, stride, 0, stride, false);
  putDistances(norms + (<usize>i << 2), norms + (<usize>j << 2), out, outStride);
}

/**
 * Like {@link gridTile}, but gives up once every pair is farther than both of its rows reach: a distance only grows with
 * the columns. Then `out` holds distances over some columns, which say the same.
 *
 * @param norms - [strips][normBytes / 4] i32.
 * @param strip - Bytes of a strip of columns.
 * @param reach - [] f32: the largest squared distance that matters to each row.
 */
// @ts-ignore: decorator
@inline
export function gridTileWithin(
  points: usize,
  stride: usize,
  norms: usize,
  normBytes: usize,
  strip: usize,
  i: i32,
  j: i32,
  out: usize,
  outStride: usize,
  reach: usize,
): void {
  const rowI = points + <usize>i * stride;
  const rowJ = points + <usize>j * stride;
  const iReach = reach + (<usize>i << 2);
  const columns = v128.load(reach + (<usize>j << 2));
  let from: usize = 0;
  let to = FIRST_STRIPS * strip;
  let norm = norms + (FIRST_STRIPS - 1) * normBytes;
  if (to > stride) {
    to = stride;
    norm = norms + ((stride - 1) / strip) * normBytes;
  }
  while (true) {
    addProducts(rowI, rowJ, stride, from, to, from > 0);
    putDistances(norm + (<usize>i << 2), norm + (<usize>j << 2), out, outStride);
    if (to === stride) return;
    const close = v128.or(
      v128.or(within(out, iReach, columns), within(out + outStride, iReach + 4, columns)),
      within(out + 2 * outStride, iReach + 8, columns),
    );
    if (!v128.any_true(close)) return;
    from = to;
    to = min(stride, to + strip);
    norm += normBytes;
  }
}

// @ts-ignore: decorator
@inline
function within(row: usize, iReach: usize, columns: v128): v128 {
  const distance = v128.load(row);
  return v128.or(f32x4.le(distance, v128.load32_splat(iReach)), f32x4.le(distance, columns));
}

// @ts-ignore: decorator
@inline
function putDistances(iNorms: usize, jNorms: usize, out: usize, outStride: usize): void {
  const columns = v128.load(jNorms);
  putRow(out, v128.load32_splat(iNorms), columns, v128.load(DOTS));
  putRow(out + outStride, v128.load32_splat(iNorms, 4), columns, v128.load(DOTS, 16));
  putRow(out + 2 * outStride, v128.load32_splat(iNorms, 8), columns, v128.load(DOTS, 32));
}

// @ts-ignore: decorator
@inline
function putRow(out: usize, row: v128, columns: v128, products: v128): void {
  v128.store(out, f32x4.convert_i32x4_u(i32x4.sub(i32x4.add(row, columns), i32x4.shl(products, 1))));
}

/** The inner products over some columns, put to DOTS or added to it. */
// @ts-ignore: decorator
@inline
function addProducts(i: usize, j: usize, stride: usize, from: usize, to: usize, add: bool): void {
  const i1 = i + stride;
  const i2 = i1 + stride;
  const j1 = j + stride;
  const j2 = j1 + stride;
  const j3 = j2 + stride;
  let s00 = i32x4.splat(0), s01 = s00, s02 = s00, s03 = s00;
  let s10 = s00, s11 = s00, s12 = s00, s13 = s00;
  let s20 = s00, s21 = s00, s22 = s00, s23 = s00;
  for (let at = from; at < to; at += 16) {
    const x0 = v128.load(i + at);
    const x1 = v128.load(i1 + at);
    const x2 = v128.load(i2 + at);
    let y = v128.load(j + at);
    s00 = addProduct(s00, x0, y);
    s10 = addProduct(s10, x1, y);
    s20 = addProduct(s20, x2, y);
    y = v128.load(j1 + at);
    s01 = addProduct(s01, x0, y);
    s11 = addProduct(s11, x1, y);
    s21 = addProduct(s21, x2, y);
    y = v128.load(j2 + at);
    s02 = addProduct(s02, x0, y);
    s12 = addProduct(s12, x1, y);
    s22 = addProduct(s22, x2, y);
    y = v128.load(j3 + at);
    s03 = addProduct(s03, x0, y);
    s13 = addProduct(s13, x1, y);
    s23 = addProduct(s23, x2, y);
  }
  putSums(DOTS, laneSums<i32>(s00, s01, s02, s03), add);
  putSums(DOTS + 16, laneSums<i32>(s10, s11, s12, s13), add);
  putSums(DOTS + 32, laneSums<i32>(s20, s21, s22, s23), add);
}

// @ts-ignore: decorator
@inline
function addProduct(sum: v128, x: v128, y: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(x, y));
}

// @ts-ignore: decorator
@inline
function putSums(to: usize, sums: v128, add: bool): void {
  v128.store(to, add ? i32x4.add(v128.load(to), sums) : sums);
}
