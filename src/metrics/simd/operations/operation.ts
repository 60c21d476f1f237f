import type {MetricsModule} from '../metrics-module.js';

/**
 * Work that falls into pieces, each of which any thread may do. Inputs and results are shared between the threads; the
 * pieces write to different parts of the result.
 */
export interface Operation<Input> {
  /** How many pieces there are. */
  pieces: (input: Input) => number;
  /** Prepares a thread: copies to its module what all pieces need. */
  prepare: (module: MetricsModule, input: Input, thread: number) => Prepared;
}

export interface Prepared {
  run(piece: number): void;
  /** After the thread's last piece. */
  finish?(): void;
}
