import {FailedPartError} from '../../store/index.js';

/** Returns the result; `instead` if it needs a part that could not be stored when the epoch was captured. */
export async function unlessFailed<T>(found: Promise<T>, instead: () => T): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof FailedPartError) return instead();
    throw error;
  }
}
