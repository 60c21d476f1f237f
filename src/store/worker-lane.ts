import {Worker, type Transferable} from 'node:worker_threads';

/** A worker's answer to a job. */
export type LaneAnswer<Result> = {result: Result} | {error: string};

interface Waiting<Job, Result> {
  job: Job;
  transfer: readonly Transferable[];
  deadlineMs: number;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

/** A job that was given up: its worker took too long, or died of it. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
}

/**
 * One worker thread that takes jobs in turn. A job that takes too long, or that its worker dies of, costs itself alone:
 * the next ones go to a new worker. The thread is started for the first job and keeps no process alive.
 */
export class WorkerLane<Job, Result> {
  readonly #script: URL;
  readonly #waiting: Waiting<Job, Result>[] = [];
  #worker: Worker | undefined;
  #running: Waiting<Job, Result> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param script - A module that answers each message with one {@link LaneAnswer}. */
  constructor(script: URL) {
    this.#script = script;
  }

  /**
   * @param transfer - What of the job is given away.
   * @param deadlineMs - From when the worker takes the job; default none.
   * @throws {JobLost} if it was given up.
   * @throws {Error} what the worker says of the job.
   */
  run(job: Job, {transfer = [], deadlineMs = Infinity}: LaneOptions = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({job, transfer, deadlineMs, resolve, reject});
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const next = this.#waiting.shift();
    this.#running = next;
    if (next === undefined) {
      this.#worker?.unref();
      return;
    }
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    worker.postMessage(next.job, next.transfer);
    if (Number.isFinite(next.deadlineMs)) {
      const seconds = Math.round(next.deadlineMs / 1000);
      this.#timer = setTimeout(() => this.#lose(worker, `it took longer than ${seconds} s`), next.deadlineMs);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#script, {
      execArgv: [], // those of `node --eval` fit no worker
      resourceLimits: {maxOldGenerationSizeMb: 2048},
    });
    worker.on('message', (answer: LaneAnswer<Result>) => {
      if (worker !== this.#worker) return;
      const job = this.#finish();
      if ('error' in answer) job?.reject(new Error(answer.error));
      else job?.resolve(answer.result);
      this.#next();
    });
    worker.on('error', error => this.#lose(worker, error.message));
    worker.on('exit', () => this.#lose(worker, 'its thread ended'));
    return worker;
  }

  #lose(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    void worker.terminate();
    this.#finish()?.reject(new JobLost(reason));
    this.#next();
  }

  #finish(): Waiting<Job, Result> | undefined {
    clearTimeout(this.#timer);
    const job = this.#running;
    this.#running = undefined;
    return job;
  }
}

export interface LaneOptions {
  transfer?: readonly Transferable[];
  deadlineMs?: number;
}
