import {totalmem} from 'node:os';
import {ProcessPool} from '../../processes/index.js';
import type {Question} from './question.js';

export interface AnsweringPools {
  /** Tables and samples, which pages wait for: none of them waits for a question. */
  reading: ProcessPool<Question>;
  /** Questions in the notation, and findings. */
  questions: ProcessPool<Question>;
}

/** Tables and the training go first, yet an answer comes also where every core trains. */
const QUESTIONS_NICENESS = 5;

/** Reading takes milliseconds; what takes this long is a damaged or hostile file. */
const READING_TIMEOUT_MS = 30_000;

/** The processes that give a server's answers; each starts when it is first asked. */
export function answeringPools(): AnsweringPools {
  const entry = new URL('../../bundled/answering.js', import.meta.url);
  const third = Math.floor(totalmem() / 2 ** 20 / 3);
  return {
    reading: new ProcessPool({
      entry,
      processes: 2,
      memoryMb: Math.min(1024, third),
      timeoutMs: READING_TIMEOUT_MS,
    }),
    questions: new ProcessPool({
      entry,
      processes: 3,
      memoryMb: Math.min(4096, third),
      niceness: QUESTIONS_NICENESS,
    }),
  };
}
