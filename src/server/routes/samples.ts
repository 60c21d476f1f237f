import {Router} from 'express';
import {z} from 'zod';
import type {ProbeData} from '../../store/index.js';
import {ARROW_STREAM, arrowStream} from '../arrow-stream.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';
import {assertSamples, samplesParameter} from './samples-parameter.js';

const path = z.strictObject({run: runParameter});

const query = z.strictObject({sample: samplesParameter});

/** `/runs/:run/samples`: inputs and labels of probe samples, in the order asked for, as an Arrow stream. */
export function samplesRouter(catalogue: RunCatalogue): Router {
  const router = Router();
  router.get('/runs/:run/samples', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {sample: indices} = parseInput(query, request.query);
    const run = await catalogue.open(id);
    assertSamples(indices, run.info.probe.samples);
    response.type(ARROW_STREAM).send(samplesStream(indices, await run.probeSamples(indices)));
  });
  return router;
}

/** The (first) input of the model: one row a sample, `input` in row-major order. */
function samplesStream(indices: readonly number[], {labels, inputs}: ProbeData): Buffer {
  const [input] = inputs;
  if (input === undefined) throw new HttpError(500, 'broken-run', 'The probe of this run holds no input.');
  const {name, values, shape} = input;
  return arrowStream({sample: Int32Array.from(indices), label: labels}, [
    {name: 'input', values, shape, metadata: {name}},
  ]);
}
