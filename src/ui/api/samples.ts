import {tableFromIPC} from '@uwdata/flechette';

/** One probe input as it went into the model. */
export interface ProbeSample {
  /** Index on the X axis. */
  sample: number;
  label: number;
  /** The input's values, flat, channels last. */
  input: Float32Array;
}

/**
 * Reads the Arrow IPC stream of `/samples`.
 *
 * @throws {Error} if the stream lacks one of the columns `sample`, `label`, `input`.
 */
export function decodeSamples(bytes: Uint8Array): ProbeSample[] {
  const table = tableFromIPC(bytes);
  const sample = table.getChild('sample');
  const label = table.getChild('label');
  const input = table.getChild('input');
  if (!sample || !label || !input) {
    throw new Error(
      `decodeSamples: needs the columns sample, label and input, got ${table.names.join(', ')}.`,
    );
  }
  return Array.from({length: table.numRows}, (_, row) => ({
    sample: Number(sample.at(row)),
    label: Number(label.at(row)),
    input: Float32Array.from(input.at(row) as Iterable<number>),
  }));
}
