import {Router} from 'express';
import {z} from 'zod';
import type {ProcessPool} from '../../processes/index.js';
import type {Question} from '../answering/question.js';
import {ARROW_STREAM} from '../arrow-stream.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {sendAnswer} from '../send-answer.js';
import {runParameter} from './run-parameter.js';
import {assertSamples, samplesParameter} from './samples-parameter.js';

const path = z.strictObject({run: runParameter});

const query = z.strictObject({sample: samplesParameter});

/** `/runs/:run/samples`: inputs and labels of probe samples, in the order asked for, as an Arrow stream. */
export function samplesRouter(catalogue: RunCatalogue, pool: ProcessPool<Question>): Router {
  const router = Router();
  router.get('/runs/:run/samples', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {sample: indices} = parseInput(query, request.query);
    const {info, ...run} = await catalogue.locate(id);
    assertSamples(indices, info.probe.samples);
    await sendAnswer(response, ARROW_STREAM, signal => pool.ask({kind: 'samples', run, indices}, {signal}));
  });
  return router;
}
