import type {Readable} from 'node:stream';
import {AnsweringProcess, type ProcessOptions} from './answering-process.js';
import {ProcessDied} from './process-died.js';

export interface ProcessPoolOptions extends ProcessOptions {
  /** Maximum number of processes, each with one question; an integer >= 1. */
  processes: number;
  /** Time limit of a question, after which its process is killed; default none. */
  timeoutMs?: number;
}

export interface PoolJob {
  /** Aborted when the answer is no longer needed: the work ends. */
  signal: AbortSignal;
  /** @param done - Share, 0..1. */
  onProgress?: (done: number) => void;
}

/** Too many questions are waiting. */
export class PoolIsFull extends Error {
  override name = 'PoolIsFull';
}

/** Maximum number of questions that wait for a free process. */
const MAX_WAITING = 256;
/** A process without a question for this long exits. */
const IDLE_MS = 60_000;

/**
 * Processes that answer questions, so that none costs more than its own answer: one that takes its process down fails
 * alone, and the next is asked of a new one.
 */
export class ProcessPool<Question> {
  readonly #options: ProcessPoolOptions;
  /** The one used last is at the end; it is preferred, as it has cached what it read. */
  readonly #processes: AnsweringProcess<Question>[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #idleTimers = new Map<AnsweringProcess<Question>, NodeJS.Timeout>();
  #closed = false;

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
  }

  /** Starts a process if there is none, so that the first question need not wait for it. */
  warm(): void {
    if (this.#processes.length > 0 || this.#closed) return;
    const process = this.#start();
    if (process !== undefined) this.#release(process);
  }

  /**
   * The bytes of an answer. To destroy them ends the work.
   *
   * @throws {PoolIsFull} if too many wait.
   * @throws The signal's reason.
   */
  async ask(question: Question, {signal, onProgress = () => undefined}: PoolJob): Promise<Readable> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#closed) throw new PoolIsFull('The server is closing.');
      const process = this.#free();
      if (process !== undefined) return this.#begin(process, process.ask(question, onProgress), signal);
      await this.#turn(signal);
    }
  }

  /** Ends all processes; answers under way fail. */
  close(): void {
    this.#closed = true;
    for (const process of this.#processes) process.kill();
    for (const timer of this.#idleTimers.values()) clearTimeout(timer);
    for (const go of [...this.#waiting]) go();
  }

  #begin(
    process: AnsweringProcess<Question>,
    {body, settled}: ReturnType<AnsweringProcess<Question>['ask']>,
    signal: AbortSignal,
  ): Readable {
    const leave = () => body.destroy();
    signal.addEventListener('abort', leave, {once: true});
    const timer = this.#limit(process, body);
    void settled.then(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      this.#release(process);
    });
    return body;
  }

  #limit(process: AnsweringProcess<Question>, body: Readable): NodeJS.Timeout | undefined {
    const {timeoutMs} = this.#options;
    if (timeoutMs === undefined) return undefined;
    const end = () => {
      body.destroy(new ProcessDied(`This took longer than its limit of ${timeoutMs / 1000} s.`));
      process.kill();
    };
    return setTimeout(end, timeoutMs).unref();
  }

  /** A process to ask, if there is one or may be one more. */
  #free(): AnsweringProcess<Question> | undefined {
    for (const process of this.#processes.filter(({alive}) => !alive)) this.#forget(process);
    const process = this.#processes.findLast(({idle}) => idle) ?? this.#start();
    if (process !== undefined) clearTimeout(this.#idleTimers.get(process));
    return process;
  }

  #start(): AnsweringProcess<Question> | undefined {
    if (this.#processes.length >= this.#options.processes) return undefined;
    const process = new AnsweringProcess<Question>(this.#options);
    this.#processes.push(process);
    return process;
  }

  /** Waits, first come first served. */
  #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= MAX_WAITING) {
      throw new PoolIsFull(`${MAX_WAITING} questions are already waiting; ask again later.`);
    }
    return new Promise(resolve => {
      const go = () => {
        this.#waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.#waiting.add(go);
      signal.addEventListener('abort', go, {once: true});
    });
  }

  #release(process: AnsweringProcess<Question>): void {
    this.#forget(process);
    if (process.alive && !this.#closed) {
      const retire = () => {
        this.#forget(process);
        process.kill();
      };
      this.#processes.push(process);
      this.#idleTimers.set(process, setTimeout(retire, IDLE_MS).unref());
    }
    this.#wakeNext();
  }

  #forget(process: AnsweringProcess<Question>): void {
    const at = this.#processes.indexOf(process);
    if (at !== -1) this.#processes.splice(at, 1);
    clearTimeout(this.#idleTimers.get(process));
    this.#idleTimers.delete(process);
  }

  #wakeNext(): void {
    const [next] = this.#waiting;
    next?.();
  }
}
