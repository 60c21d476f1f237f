import {findings, RESULT_FORMATS} from '../../analysis/index.js';
import {answerQuestions, type AnswerJob} from '../../processes/index.js';
import {toHttpError} from '../answer-errors.js';
import {TableCache} from '../table-cache.js';
import {OpenedRuns} from './opened-runs.js';
import type {Question} from './question.js';
import {samplesAnswer} from './samples-answer.js';
import {tableAnswer} from './table-answer.js';

const runs = new OpenedRuns();
const tables = new TableCache();

answerQuestions<Question>(async function* (question, job) {
  try {
    yield* await answer(question, job);
  } catch (error) {
    // Classes do not travel, a status and a code do; and the trace of what was thrown, for the server's log.
    throw Object.assign(toHttpError(error), error instanceof Error && {stack: error.stack});
  }
});

async function answer(question: Question, job: AnswerJob): Promise<Iterable<Uint8Array | string>> {
  const cube = await runs.open(question.run);
  switch (question.kind) {
    case 'query':
      return RESULT_FORMATS[question.format].encodeChunks(await cube.query(question.expression, job));
    case 'findings':
      return [JSON.stringify(await findings(cube, job))];
    case 'table':
      return tableAnswer(cube, tables, question);
    case 'samples':
      return [await samplesAnswer(cube, question.indices)];
  }
}
