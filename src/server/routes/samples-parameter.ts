import {z} from 'zod';
import {HttpError} from '../http-error.js';

const RULE = 'must be probe samples by index, such as 0,4,9';

/** Probe samples by index, `0,4,9`. */
export const samplesParameter = z
  .string(RULE)
  .regex(/^\d{1,9}(,\d{1,9})*$/, RULE)
  .transform(text => text.split(',').map(Number));

/** @throws {HttpError} 404 if there is no such sample, 400 if there are more than the probe has. */
export function assertSamples(indices: readonly number[], samples: number): void {
  const outside = indices.find(index => index >= samples);
  if (outside !== undefined) {
    throw new HttpError(
      404,
      'no-such-sample',
      `The probe has no sample ${outside}; its samples are 0..${samples - 1}.`,
    );
  }
  if (indices.length > samples) {
    throw new HttpError(
      400,
      'invalid-input',
      `sample: at most ${samples} (the whole probe), got ${indices.length}.`,
    );
  }
}
