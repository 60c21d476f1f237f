import type {Run} from '../../store/index.js';
import {arrowStream} from '../arrow-stream.js';
import {HttpError} from '../http-error.js';

/** The (first) input of the model: one row a sample, `input` in row-major order. */
export async function samplesAnswer(run: Run, indices: readonly number[]): Promise<Uint8Array> {
  const {labels, inputs} = await run.probeSamples(indices);
  const [input] = inputs;
  if (input === undefined) throw new HttpError(500, 'broken-run', 'The probe of this run holds no input.');
  const {name, values, shape} = input;
  return arrowStream({sample: Int32Array.from(indices), label: labels}, [
    {name: 'input', values, shape, metadata: {name}},
  ]);
}
