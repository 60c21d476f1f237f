import {answerQuestions} from '#src/processes/index.js';

export type ChildQuestion =
  | {kind: 'pid'}
  | {kind: 'bytes'; pieces: number; length: number}
  | {kind: 'progress'}
  | {kind: 'fail'}
  | {kind: 'fail late'}
  | {kind: 'outgrow'}
  | {kind: 'loop'}
  | {kind: 'wait'};

/** The entry of a process that does what tests want of one. */
answerQuestions<ChildQuestion>(async function* (question, {signal, onProgress}) {
  switch (question.kind) {
    case 'pid':
      yield String(process.pid);
      return;
    case 'bytes':
      for (let i = 0; i < question.pieces; i++) yield new Uint8Array(question.length).fill(i);
      return;
    case 'progress':
      onProgress(0.25);
      yield 'done';
      return;
    case 'fail late':
      yield 'half';
      throw new Error('too late');
    case 'fail':
      throw Object.assign(new RangeError('no such thing'), {code: 'NONE', status: 404});
    case 'outgrow': {
      // V8 ends the process here, whatever limits a thread had.
      const map = new Map<number, number>();
      for (let i = 0; ; i++) map.set(i, i);
    }
    case 'loop':
      yield 'begun';
      for (;;);
    case 'wait':
      await new Promise(resolve => signal.addEventListener('abort', resolve));
  }
});
