import {Router} from 'express';
import {z} from 'zod';
import {findings} from '../../analysis/index.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});
const noQuery = z.strictObject({});

/** `/runs/:run/findings`: what stands out in a run. A client that goes away stops the work. */
export function findingsRouter(catalogue: RunCatalogue): Router {
  const router = Router();
  router.get('/runs/:run/findings', async (request, response) => {
    parseInput(noQuery, request.query);
    const {run: id} = parseInput(path, request.params);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      response.json(await findings(await catalogue.cube(id), {signal: gone.signal}));
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    }
  });
  return router;
}
