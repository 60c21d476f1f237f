import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {Router} from 'express';
import {z} from 'zod';
import {NoSuchSlice, RESULT_FORMATS, type ResultFormat} from '../../analysis/index.js';
import {QueryError} from '../../shared/index.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {LiveFeed} from '../live-feed.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});
const formats = Object.keys(RESULT_FORMATS) as ResultFormat[];
const query = z.strictObject({
  expression: z.string('must be a question such as H(dCNN(*, 1, *, 0..20))').max(4000),
  format: z.enum(formats, `must be one of ${formats.join(', ')}`).default('json'),
  /** Names the request in the progress events. */
  request: z.string().min(1).max(64).optional(),
});

/**
 * `/runs/:run/query`: the answer to a question in the notation. A client that goes away stops the work; one that gives
 * its request a name hears of its progress.
 */
export function queryRouter(catalogue: RunCatalogue, feed: LiveFeed): Router {
  const router = Router();
  router.get('/runs/:run/query', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {expression, format, request: name} = parseInput(query, request.query);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const cube = await catalogue.cube(id);
      const job = {
        signal: gone.signal,
        ...(name !== undefined && {
          onProgress: tenASecond(done => feed.progress({run: id, request: name, done})),
        }),
      };
      const {mediaType, encodeChunks} = RESULT_FORMATS[format];
      const answer = await cube.query(expression, job);
      response.type(mediaType);
      await pipeline(Readable.from(encodeChunks(answer)), response);
    } catch (error) {
      if (gone.signal.aborted) return; // nobody waits for the answer
      throw asHttpError(error);
    }
  });
  return router;
}

function asHttpError(error: unknown): unknown {
  if (error instanceof QueryError)
    return new HttpError(400, 'invalid-expression', error.message, {cause: error});
  if (error instanceof NoSuchSlice) return new HttpError(404, 'no-such-slice', error.message, {cause: error});
  return error;
}

/** Passes on at most ten values a second: a picture of progress needs no more. */
function tenASecond(tell: (done: number) => void): (done: number) => void {
  let lastMs = -Infinity;
  return done => {
    if (performance.now() - lastMs < 100) return;
    lastMs = performance.now();
    tell(done);
  };
}
