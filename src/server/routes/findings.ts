import {Router} from 'express';
import {z} from 'zod';
import type {ProcessPool} from '../../processes/index.js';
import type {Question} from '../answering/question.js';
import {noQuery, parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {sendAnswer} from '../send-answer.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});

/** `/runs/:run/findings`: what stands out in a run. A client that goes away stops the work. */
export function findingsRouter(catalogue: RunCatalogue, pool: ProcessPool<Question>): Router {
  const router = Router();
  router.get('/runs/:run/findings', async (request, response) => {
    parseInput(noQuery, request.query);
    const {run: id} = parseInput(path, request.params);
    const run = await catalogue.locate(id);
    await sendAnswer(response, 'json', signal => pool.ask({kind: 'findings', run}, {signal}));
  });
  return router;
}
