import {fileError, systemErrorCode} from '../store/file-error.js';

/** A failed system call named with its path and what to do; any other error as it is. */
export async function onPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : fileError('write', path, error);
  }
}
