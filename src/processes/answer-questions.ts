import {writeFile} from 'node:fs/promises';
import {failureOf, type Reply, type Request} from './messages.js';

export interface AnswerJob {
  /** Aborted when the answer is no longer needed. */
  signal: AbortSignal;
  /** @param done - Share, 0..1. */
  onProgress: (done: number) => void;
}

/** Answers a question in pieces; its errors are reported to the asking process. */
export type Answerer<Question> = (
  question: Question,
  job: AnswerJob,
) => AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * Answers what the parent process asks, one question after the other; for the entry of a process of a `ProcessPool`.
 *
 * It offers itself first where the kernel needs memory: neither a training nor the process that asks is to suffer. It
 * ends with its parent.
 */
export function answerQuestions<Question>(answer: Answerer<Question>): void {
  if (process.platform === 'linux') void writeFile('/proc/self/oom_score_adj', '500').catch(() => undefined);
  let stop = new AbortController();
  let room = signalOnce();
  process.on('disconnect', () => process.exit());
  process.on('message', (request: Request<Question>) => {
    if (request.type === 'more') room.resolve();
    else if (request.type === 'stop') {
      stop.abort();
      room.resolve();
    } else {
      stop = new AbortController();
      room = signalOnce();
      void work(request.question, stop.signal);
    }
  });

  async function work(question: Question, signal: AbortSignal): Promise<void> {
    try {
      const onProgress = (done: number) => reply({type: 'progress', done});
      for await (const piece of answer(question, {signal, onProgress})) {
        for (const bytes of cut(typeof piece === 'string' ? Buffer.from(piece) : piece)) {
          await room.promise;
          if (signal.aborted) break;
          room = signalOnce();
          reply({type: 'piece', bytes});
        }
        if (signal.aborted) break;
      }
      reply({type: 'end'});
    } catch (error) {
      reply({type: 'failed', error: failureOf(error)});
    }
  }
}

/** Maximum bytes of a message: the parent does other work between two. */
const MESSAGE_BYTES = 2 ** 18;

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += MESSAGE_BYTES) yield bytes.subarray(at, at + MESSAGE_BYTES);
}

function reply(message: Reply): void {
  // A parent that has gone cannot receive anything.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}

function signalOnce(): {promise: Promise<void>; resolve: () => void} {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>(done => (resolve = done));
  return {promise, resolve};
}
