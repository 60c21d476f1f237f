import {Router} from 'express';
import {z} from 'zod';
import {RESULT_FORMATS, type ResultFormat} from '../../analysis/index.js';
import type {ProcessPool} from '../../processes/index.js';
import type {Question} from '../answering/question.js';
import {parseInput} from '../parse-input.js';
import type {LiveFeed} from '../live-feed.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {sendAnswer} from '../send-answer.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});
const formats = Object.keys(RESULT_FORMATS) as ResultFormat[];
const query = z.strictObject({
  expression: z
    .string('must be a question such as H(dCNN(*, 1, *, 0..20))')
    .max(4000, 'must have at most 4000 characters; ranges such as 0..99 are shorter than lists'),
  format: z.enum(formats, `must be one of ${formats.join(', ')}`).default('json'),
  /** Names the request in the progress events. */
  request: z.string().min(1).max(64).optional(),
});

/**
 * `/runs/:run/query`: the answer to a question in the notation. A client that goes away stops the work; one that gives
 * its request a name hears of its progress.
 */
export function queryRouter(catalogue: RunCatalogue, pool: ProcessPool<Question>, feed: LiveFeed): Router {
  const router = Router();
  router.get('/runs/:run/query', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {expression, format, request: name} = parseInput(query, request.query);
    const run = await catalogue.locate(id);
    const onProgress =
      name === undefined ? undefined : limitedTo10Hz(done => feed.progress({run: id, request: name, done}));
    await sendAnswer(response, RESULT_FORMATS[format].mediaType, signal =>
      pool.ask({kind: 'query', run, expression, format}, {signal, ...(onProgress && {onProgress})}),
    );
  });
  return router;
}

/** Passes on at most ten values a second: a picture of progress needs no more. */
function limitedTo10Hz(report: (done: number) => void): (done: number) => void {
  let lastMs = -Infinity;
  return done => {
    if (performance.now() - lastMs < 100) return;
    lastMs = performance.now();
    report(done);
  };
}
