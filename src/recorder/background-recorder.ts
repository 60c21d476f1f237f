import type {Reply, Request} from './requests.js';
import {Worker} from 'node:worker_threads';
import type {RunStatus} from '../shared/index.js';
import type {
  ActivationBatch,
  EpochCapture,
  OpenedRun,
  RecordedEpoch,
  Recorder,
  RecorderSetup,
} from '../shared/recording/recorder.js';
import type {StageFailure} from '../shared/recording/stages.js';

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * A recorder in a worker thread, free of the flags that the script was started with. Activations are moved there, not copied. The thread keeps the process alive only while
 * it has work, so a script that never awaits `finished` still ends, and only after everything is on disk.
 */
export class BackgroundRecorder implements Recorder {
  /** Requests that are not done, shared with the worker: it can be read while this thread does not turn. */
  readonly #undone = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker = new Worker(new URL('../bundled/recorder.js', import.meta.url), {
    execArgv: [],
    workerData: this.#undone,
  });
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;
  /** Why the thread is no longer there. */
  #ended: Error | null = null;

  constructor() {
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', error => this.#fail(error));
    this.#worker.on('exit', code =>
      this.#fail(new Error(`the recorder's thread ended early (exit code ${code}).`)),
    );
    this.#worker.unref(); // after the listeners, which hold the process
  }

  async open(setup: RecorderSetup): Promise<OpenedRun> {
    return (await this.#ask({type: 'open', setup})) as OpenedRun;
  }

  async batch(batch: ActivationBatch): Promise<void> {
    await this.#ask({type: 'batch', batch}, buffersOf(batch.maps));
  }

  async record(capture: EpochCapture): Promise<RecordedEpoch> {
    const transfer = buffersOf(capture.weights.map(({values}) => values));
    return (await this.#ask({type: 'record', capture}, transfer)) as RecordedEpoch;
  }

  async close(status: RunStatus): Promise<StageFailure[]> {
    try {
      return (await this.#ask({type: 'close', status})) as StageFailure[];
    } finally {
      // Later requests, and those that arrived too late, are never answered by the thread.
      this.#fail(new Error('the recorder is closed.'));
      this.#worker.removeAllListeners('exit');
      await this.#worker.terminate();
    }
  }

  wait(milliseconds: number): boolean {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const undone = Atomics.load(this.#undone, 0);
      if (undone === 0) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#undone, 0, undone, left);
    }
  }

  #ask(request: WithoutId<Request>, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {resolve, reject});
      this.#worker.ref();
      Atomics.add(this.#undone, 0, 1);
      this.#worker.postMessage({...request, id}, transfer);
    });
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if ('error' in reply) pending?.reject(reply.error);
    else pending?.resolve(reply.value);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const {reject} of pending) reject(error);
  }
}

/** Their memory, which is moved to the other thread. */
function buffersOf(arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  return [...new Set(arrays.map(({buffer}) => buffer as ArrayBuffer))];
}
