import {z} from 'zod';

/** Default budget of a run; to stay within it less is captured, which is reported. */
export interface Budget {
  /**
   * Bytes on disk of a whole run with all its fits; `Infinity` for no limit. Activations are reduced to keep to it, and
   * nothing else is. Default 2e9.
   */
  disk: number;
  /**
   * Bytes of memory that activations may take in addition to the training; the probe's inputs and the recorder's thread come on
   * top. At least 64e6. Default 512e6.
   */
  memory: number;
}

const BYTES = 'must be a number of bytes > 0, e.g. 10e9, or Infinity';
const MEMORY = 'must be a number of bytes >= 64e6, or Infinity';
const atLeast = (least: number, message: string) =>
  z.custom<number>(value => typeof value === 'number' && value >= least, message);

export const BUDGET_FORMS = 'must be {disk, memory}, bytes of a run';
export const budgetSchema = z
  .strictObject(
    {
      disk: atLeast(1, BYTES).default(2e9),
      memory: atLeast(64e6, MEMORY).default(512e6),
    },
    BUDGET_FORMS,
  )
  .default({disk: 2e9, memory: 512e6});
