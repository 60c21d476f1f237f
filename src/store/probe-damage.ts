import {RunFormatError} from './run-format-error.js';
import type {Run} from './run.js';

/** Describes what is wrong with the probe, in one line; null if nothing is. */
export async function probeDamage(run: Run): Promise<string | null> {
  try {
    await run.probeLabels();
    return null;
  } catch (error) {
    if (error instanceof RunFormatError) return error.message;
    throw error;
  }
}
