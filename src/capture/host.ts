import type {ProcessIdentity, RunInfo} from '../shared/index.js';
import type {Recorder} from '../shared/recording/recorder.js';

/** The environment in which a training runs: a process with files, or a browser tab. */
export interface Host {
  /** @param background - Runs it in a worker thread instead of the training thread. */
  openRecorder(background: boolean): Promise<Recorder>;
  /** Identifies the writer of the run: the process, and the versions of this package and of its runtime. */
  identify(): Promise<{process: ProcessIdentity; versions: Omit<RunInfo['versions'], 'tfjs'>}>;
  /** Free space for a run in `dir`. */
  free(dir: string): Promise<Free>;
  /** The absolute form of a path that the user gave. */
  absolute: (path: string) => string;
  /** The name of the run in a folder: the last part of its path. */
  runName(dir: string): string;
  /**
   * From now on the end of the process waits, for a bounded time, until `work` is done.
   *
   * @returns To be called when it is done.
   */
  finishBeforeEnd(work: UnderWay): () => void;
}

/** Free bytes; null if the system does not report them. */
export interface Free {
  disk: number | null;
  memory: number | null;
}

/** Work that the end of the process must not cut off. */
export interface UnderWay {
  /** The run folder. */
  dir: string;
  /** The epoch that is being recorded; null while the run is being closed. */
  epoch: number | null;
  /** Has all it needs, so that it can continue while this thread waits; null before. */
  recorder: Recorder | null;
}
