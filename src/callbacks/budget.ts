import {z} from 'zod';

/** What a run may take by default; above it less is captured, which is told. */
export interface Budget {
  /** Bytes on disk of the activations and weights of a whole run; `Infinity` for no limit. Default 2e9. */
  disk: number;
  /** Bytes of memory that a capture may take beside the training; at least 64e6. Default 512e6. */
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
