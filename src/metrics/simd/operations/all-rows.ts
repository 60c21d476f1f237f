/** 0, 1, ..., samples - 1. */
export function allRows(samples: number): Int32Array {
  return Int32Array.from({length: samples}, (_, sample) => sample);
}
