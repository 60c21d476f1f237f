import {fork, type ChildProcess} from 'node:child_process';
import {setPriority} from 'node:os';
import {Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {errorOf, type Reply, type Request} from './messages.js';
import {ProcessDied} from './process-died.js';

export interface ProcessOptions {
  /** A module that calls `answerQuestions`. */
  entry: URL;
  /** Memory limit of its JavaScript objects in MB; a process that exceeds it dies. */
  memoryMb: number;
  /** Niceness, 0 (default) to 19: higher values yield to other processes. */
  niceness?: number;
}

/** Bytes of an answer buffered here for a slow reader, before the process has to wait. */
const WAITING_BYTES = 8 * 2 ** 20;
/** A process that has not stopped this long after a stop request is killed. */
const STOP_MS = 1000;

/**
 * A process that answers one question at a time. A process and not a thread: V8 ends a whole process when one of its
 * threads grows a table too large, whatever limits that thread was given.
 */
export class AnsweringProcess<Question> {
  readonly #child: ChildProcess;
  readonly #memoryMb: number;
  #alive = true;
  #answer: {body: Readable; onProgress: (done: number) => void; settle: () => void} | undefined;
  #killing: NodeJS.Timeout | undefined;

  constructor({entry, memoryMb, niceness = 0}: ProcessOptions) {
    this.#memoryMb = memoryMb;
    this.#child = fork(fileURLToPath(entry), {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: 'advanced', // typed arrays go as their bytes
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // V8's last output is not shown
    });
    this.#hold(false);
    this.#child.on('message', (reply: Reply) => this.#hear(reply));
    this.#child.on('error', () => this.#died()); // it could not be started
    this.#child.on('exit', () => this.#died());
    living.add(this.#child);
    const {pid} = this.#child;
    if (pid !== undefined && niceness > 0) setPriority(pid, niceness);
  }

  /** True if it is alive and has no question. */
  get idle(): boolean {
    return this.alive && this.#answer === undefined;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Asks; only while {@link idle}.
   *
   * @param onProgress - Called with the share that is done, 0..1.
   * @returns `body`: the bytes of the answer, which fails as the process does or with its {@link ProcessDied}; to destroy
   *   it ends the work. `settled`: the process is free again, or dead.
   */
  ask(question: Question, onProgress: (done: number) => void): {body: Readable; settled: Promise<void>} {
    const body = new Readable({
      highWaterMark: WAITING_BYTES,
      read: () => this.#send({type: 'more'}),
      destroy: (error, done) => {
        if (this.#answer?.body === body) this.#stop();
        done(error);
      },
    });
    body.on('error', () => undefined); // it may occur while no one reads
    const settled = new Promise<void>(settle => (this.#answer = {body, onProgress, settle}));
    this.#hold(true);
    this.#send({type: 'ask', question});
    return {body, settled};
  }

  /** Kills it at once. */
  kill(): void {
    this.#alive = false;
    this.#child.kill('SIGKILL');
  }

  /** Keeps this process alive while it has a question, and only then. */
  #hold(held: boolean): void {
    for (const handle of [this.#child, this.#child.channel]) {
      if (held) handle?.ref();
      else handle?.unref();
    }
  }

  #send(request: Request<Question>): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #hear(reply: Reply): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    if (reply.type === 'progress') answer.onProgress(reply.done);
    else if (reply.type === 'piece') answer.body.push(reply.bytes);
    else {
      this.#settle();
      if (reply.type === 'end') answer.body.push(null);
      else answer.body.destroy(errorOf(reply.error));
    }
  }

  #stop(): void {
    this.#send({type: 'stop'});
    this.#killing ??= setTimeout(() => this.kill(), STOP_MS).unref();
  }

  #settle(): void {
    clearTimeout(this.#killing);
    this.#killing = undefined;
    const answer = this.#answer;
    this.#answer = undefined;
    this.#hold(false);
    answer?.settle();
  }

  #died(): void {
    this.#alive = false;
    living.delete(this.#child);
    const body = this.#answer?.body;
    this.#settle();
    body?.destroy(
      new ProcessDied(
        `The process that computed this ended: it may have exceeded its limit of ${this.#memoryMb} MB. Ask for less.`,
      ),
    );
  }
}

/** One that is deep in its work would not notice that its parent has gone. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
