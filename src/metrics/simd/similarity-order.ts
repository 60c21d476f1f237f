import {seededRandom, type Random} from '../../shared/index.js';

/** Rows that the spread of a column is estimated from. */
const SPREAD_ROWS = 256;

/** Columns by their variance over some rows, the largest first: a far pair soon has a large sum. */
export function columnsBySpread(x: Float32Array, samples: number, features: number): Int32Array {
  const step = Math.max(1, Math.floor(samples / SPREAD_ROWS));
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  let rows = 0;
  for (let row = 0; row < samples; row += step, rows++) {
    for (let i = 0; i < features; i++) {
      const value = x[row * features + i];
      sums[i] += value;
      squares[i] += value * value;
    }
  }
  const spread = squares.map((square, i) => square - sums[i] ** 2 / rows);
  return Int32Array.from(spread.keys()).sort((a, b) => spread[b] - spread[a]);
}

/** Columns that likeness is judged by. */
const JUDGED_COLUMNS = 64;
/** Samples that need no further order among themselves: a block of the kernel. */
const LEAF = 96;

interface Samples {
  samples: number;
  features: number;
  /** Columns by spread. */
  columns: Int32Array;
}

/**
 * An order of the samples in which like ones are near each other: they are split in two halves again and again, each time
 * along the line through two of them. Any order gives the same neighbours; this one gives them sooner.
 */
export function similarityOrder(x: Float32Array, {samples, features, columns}: Samples): Int32Array {
  const random = seededRandom(1);
  const judged = columns.subarray(0, JUDGED_COLUMNS);
  const order = Int32Array.from({length: samples}, (_, sample) => sample);
  const along = new Float64Array(samples);
  const split = (from: number, to: number) => {
    if (to - from <= LEAF) return;
    const part = order.subarray(from, to);
    const [a, b] = [pick(part, random) * features, pick(part, random) * features];
    for (let i = 0; i < part.length; i++) {
      const first = part[i] * features;
      let sum = 0;
      for (let c = 0; c < judged.length; c++) {
        const column = judged[c];
        sum += x[first + column] * (x[b + column] - x[a + column]);
      }
      along[part[i]] = sum;
    }
    part.sort((p, q) => along[p] - along[q]);
    const middle = (from + to) >> 1;
    split(from, middle);
    split(middle, to);
  };
  split(0, samples);
  return order;
}

function pick(part: Int32Array, random: Random): number {
  return part[Math.floor(random() * part.length)];
}
