import {Router} from 'express';
import {z} from 'zod';
import {ARROW_STREAM, arrowStream} from '../arrow-stream.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {ProjectedSamples, Projector} from '../projector.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';
import {assertSamples, samplesParameter} from './samples-parameter.js';

const path = z.strictObject({run: runParameter});
const index = z
  .string('must be an integer >= 0')
  .regex(/^\d{1,9}$/, 'must be an integer >= 0')
  .transform(Number);
const query = z.strictObject({
  layer: z.string('must be one layer name').min(1, 'must be one layer name'),
  channel: index,
  epoch: index,
  sample: samplesParameter,
});

/** `/runs/:run/projections`: deconvnet projections of one channel with its feature maps, as an Arrow stream. */
export function projectionsRouter(catalogue: RunCatalogue, project: Projector | undefined): Router {
  const router = Router();
  router.get('/runs/:run/projections', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {sample: samples, ...where} = parseInput(query, request.query);
    const {dir, info} = await catalogue.open(id);
    assertSamples(samples, info.probe.samples);
    if (project === undefined) {
      const message =
        'This server cannot project: start it with "cnnslicer view", which brings TensorFlow.js.';
      throw new HttpError(501, 'no-projector', message);
    }
    const {projections, inputShape, maps, mapShape} = await answerOf(project({dir, ...where, samples}));
    response.type(ARROW_STREAM).send(
      arrowStream({sample: Int32Array.from(samples)}, [
        {name: 'projection', values: projections, shape: inputShape},
        {name: 'map', values: maps, shape: mapShape},
      ]),
    );
  });
  return router;
}

/** A run without weights, or of a layer class that is not known here, cannot be projected: the reason is for people. */
async function answerOf(projected: Promise<ProjectedSamples>): Promise<ProjectedSamples> {
  try {
    return await projected;
  } catch (cause) {
    throw new HttpError(422, 'not-projectable', cause instanceof Error ? cause.message : String(cause), {
      cause,
    });
  }
}
