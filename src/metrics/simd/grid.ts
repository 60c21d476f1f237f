import {ROW_MULTIPLE, type MetricsModule, type Rows} from './metrics-module.js';

/**
 * Rows rounded to a grid of int16 in the module's memory. Distances between its points are exact and cost a third of
 * float32 ones; each bounds the true distance on both sides, so that few of these have to be computed.
 */
export interface Grid {
  /** Address of the points, `stride` bytes apart. */
  points: number;
  stride: number;
  /** Address of their sums of squares over the first strip of columns, the first two, ...; `normBytes` for each strip. */
  norms: number;
  normBytes: number;
  /** Length of a grid step. */
  step: number;
  /** Maximum difference of a distance between two points from that of their rows, in steps. */
  error: number;
}

/** Steps between the two points farthest apart: their square is below 2^32. */
const STEPS = 65_000;
/** Squares of values beyond these, or of their residuals, may not fit float32. */
const LARGEST = 1e15;
const SMALLEST = 1e-13;

/**
 * Rounds rows to the finest grid on which all squared distances are 32 bits.
 *
 * @param rows - Finite, at least one.
 * @param strip - Bytes of a strip of columns; default one strip of all.
 * @returns null where the rows spread too far or too little for float32.
 */
export function putGrid(module: MetricsModule, rows: Rows, strip = rows.stride / 2): Grid | null {
  const {offset, count, stride} = rows;
  const centre = module.allocate(stride);
  const radius = module.kernels.center(offset, count, stride, centre, module.allocate(2 * stride));
  if (radius !== 0 && !(radius > SMALLEST && radius < LARGEST)) return null;
  // Rounding moves each point by at most half a step in each column.
  const perUnit = radius === 0 ? 1 : Math.fround((STEPS / 2 - Math.sqrt(stride / 4)) / radius);
  const padded = Math.ceil(count / ROW_MULTIPLE) * ROW_MULTIPLE;
  const points = module.allocate((padded * stride) / 2);
  const normBytes = 4 * padded;
  const norms = module.allocate(normBytes * Math.ceil(stride / 2 / strip));
  const {kernels} = module;
  const worst = kernels.roundRows(offset, count, stride, centre, perUnit, points, strip, norms, padded);
  return {points, stride: stride / 2, norms, normBytes, step: 1 / perUnit, error: 2 * worst};
}
