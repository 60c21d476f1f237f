import {FailedPartError} from '../../store/index.js';

/** What was found; `instead` where it takes something that could not be stored when the epoch was captured. */
export async function unlessFailed<T>(found: Promise<T>, instead: () => T): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof FailedPartError) return instead();
    throw error;
  }
}
