import type {OperationName} from './operations/index.js';

/** Work for all threads together. */
export interface Task {
  id: number;
  operation: OperationName;
  /** The operation's input, its arrays shared. */
  input: unknown;
  /** Index of the next free piece, [1], shared. */
  next: Int32Array;
  pieces: number;
}

/** A thread has no piece of the task left. */
export interface Reply {
  task: number;
  error?: Error;
}
