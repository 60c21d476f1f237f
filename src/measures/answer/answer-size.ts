import {NoSuchSlice} from '../slice/no-such-slice.js';

/** Size of an answer along each axis, known before anything is computed. */
export interface Extent {
  epochs: number;
  /** Sets of samples: the classes asked for, or 1. */
  classes: number;
  /** Layers, or pairs of them. */
  layers: number;
  /** Rows at one epoch of one class, of all layers together. */
  channels: number;
  /** Values of all feature maps together. */
  mapValues?: number;
}

/** Bytes of one answer: more would not fit a page or a terminal, and soon not memory. */
export const MAX_BYTES = 2 ** 28;
/** Bytes of a cell of a column, and of a feature map in addition to its values. */
const CELL_BYTES = 8;
const MAP_BYTES = 128;

/** Samples whose eigenvalues are computed for a question: their time grows with the cube. */
export const MAX_EIGEN_SAMPLES = 2048;

export function rowCount({epochs, classes, channels}: Extent): number {
  return epochs * classes * channels;
}

/** Checks that a part with this many rows and columns is within the limit. */
export function fits(rows: number, columns: number): boolean {
  return rows * columns * CELL_BYTES <= MAX_BYTES;
}

/** @throws {NoSuchSlice} saying how large the answer would be, and how to ask for less. */
export function assertFits(extent: Extent, columns: number): void {
  const rows = rowCount(extent);
  const {mapValues} = extent;
  const maps = mapValues === undefined ? 0 : mapValues * Float32Array.BYTES_PER_ELEMENT + rows * MAP_BYTES;
  const bytes = rows * columns * CELL_BYTES + maps;
  if (bytes <= MAX_BYTES) return;
  const less = mapValues === undefined ? ', or take an aggregate such as mean(… over channel)' : '';
  throw new NoSuchSlice(
    `The answer would have ${rows.toLocaleString('en')} rows and take ${mebibytes(bytes)} MiB, and one answer holds ` +
      `${mebibytes(MAX_BYTES)}; name fewer epochs, layers, channels or samples${less}.`,
  );
}

function mebibytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en');
}
