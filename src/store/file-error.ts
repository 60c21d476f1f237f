/** Explanations of failed system calls, by code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space; finished epochs are intact',
  EDQUOT: 'the disk quota is used up. Free some space; finished epochs are intact',
  EACCES: 'permission denied. Choose a folder that you may use',
  EPERM: 'permission denied. Choose a folder that you may use',
  EROFS: 'the file system is read-only. Choose another folder',
  ENOTDIR: 'part of the path is a file, not a folder. Choose another folder',
  EEXIST: 'something that is not a folder is in the way. Choose another folder',
  EISDIR: 'a folder is where a file should be. Choose another folder',
  ENOENT: 'it is not there',
  EMFILE: 'too many files are open. Raise the limit (ulimit -n)',
  ENAMETOOLONG: 'the path is too long for this file system. Choose a shorter folder or layer name',
};

/** Failures unrelated to the file: the machine is short of something. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

/** Checks whether a system call may succeed later, by the code of its failure. */
export function isPassing(code: string): boolean {
  return PASSING.has(code);
}

/** The code of a failed system call, e.g. `ENOENT`; `undefined` for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystemError ? String(error.code) : undefined;
}

/**
 * One line about a failed file operation, naming the path and what to do, with the original error as `cause`.
 *
 * @param action - What was tried, e.g. `write`.
 */
export function fileError(action: string, path: string, error: unknown): Error {
  const code = systemErrorCode(error);
  const advice = ADVICE[code ?? ''];
  const message = error instanceof Error ? error.message : String(error);
  const reason = advice === undefined ? message : `${advice} (${code})`;
  return new Error(`Cannot ${action} ${path}: ${reason}.`, {cause: error});
}
