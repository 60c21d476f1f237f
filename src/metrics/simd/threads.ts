import {Worker} from 'node:worker_threads';
import type {Reply, Task} from './messages.js';
import {operations, type InputOf, type OperationName} from './operations/index.js';
import type {Operation} from './operations/operation.js';

/** Stops abandoned work, and reports progress: a share, 0..1. */
export interface Job {
  /** Aborted: the job rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Receives the share that is done, 0..1. */
  onProgress?: (done: number) => void;
}

interface Running {
  /** Threads that are still at it. */
  left: number;
  error?: Error;
  settle: () => void;
}

/** Interval of progress reports. */
const PROGRESS_MS = 100;

/**
 * Threads that share the pieces of a task: a free thread takes the next, so that a slow thread delays the others by
 * one piece at most. While they work they keep the process alive, and only then.
 */
export class Threads {
  readonly #workers: Worker[];
  readonly #running = new Map<number, Running>();
  #nextId = 0;
  #failure: Error | undefined;

  constructor(count: number) {
    this.#workers = Array.from({length: count}, (_, thread) => {
      const worker = new Worker(new URL('../../bundled/metrics-worker.js', import.meta.url), {
        workerData: {thread},
        execArgv: [], // the script's own flags and loaders are not meant for it
      });
      worker.unref();
      worker.on('message', (reply: Reply) => this.#done(reply));
      worker.on('error', error => this.#fail(error));
      worker.on('exit', () => this.#fail(new Error('MetricsPool: the pool is closed.')));
      return worker;
    });
  }

  get count(): number {
    return this.#workers.length;
  }

  /**
   * Does all pieces of an operation.
   *
   * @param input - Its arrays must be shared: what is not is copied to each thread, and results in it are lost.
   * @throws The signal's reason, once every thread has left its piece; or what a thread threw.
   */
  async run<Name extends OperationName>(operation: Name, input: InputOf<Name>, job: Job = {}): Promise<void> {
    const {signal, onProgress} = job;
    signal?.throwIfAborted();
    if (this.#failure) throw this.#failure;
    const pieces = (operations[operation] as unknown as Operation<InputOf<Name>>).pieces(input);
    const next = new Int32Array(new SharedArrayBuffer(4));
    const stop = () => Atomics.store(next, 0, pieces);
    const timer =
      onProgress && setInterval(() => onProgress(Math.min(1, Atomics.load(next, 0) / pieces)), PROGRESS_MS);
    signal?.addEventListener('abort', stop, {once: true});
    try {
      await this.#share({id: this.#nextId++, operation, input, next, pieces});
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
    }
    signal?.throwIfAborted();
  }

  /** Ends the threads; what they are at fails. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.terminate()));
  }

  #share(task: Task): Promise<void> {
    return new Promise((resolve, reject) => {
      const running: Running = {
        left: this.#workers.length,
        settle: () => (running.error ? reject(running.error) : resolve()),
      };
      this.#running.set(task.id, running);
      for (const worker of this.#workers) {
        worker.ref();
        worker.postMessage(task);
      }
    });
  }

  #done({task, error}: Reply): void {
    const running = this.#running.get(task);
    if (running === undefined) return;
    if (error) running.error ??= error;
    if (--running.left > 0) return;
    this.#running.delete(task);
    if (this.#running.size === 0) for (const worker of this.#workers) worker.unref();
    running.settle();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const running of this.#running.values()) {
      running.error ??= error;
      running.settle();
    }
    this.#running.clear();
  }
}
