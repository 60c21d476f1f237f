import {Router} from 'express';
import {z} from 'zod';
import type {RunAccuracies, RunDetail, RunSummary} from '../../shared/index.js';
import {Accuracies} from '../accuracies.js';
import {noQuery, parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});

/** `/runs`, `/accuracies` and `/runs/:run`: which runs there are, how well they ended, and what is known of one. */
export function runsRouter(catalogue: RunCatalogue): Router {
  const router = Router();
  const accuracies = new Accuracies(catalogue);

  router.get('/accuracies', async (request, response) => {
    parseInput(noQuery, request.query);
    response.json((await accuracies.read()) satisfies RunAccuracies);
  });

  router.get('/runs', async (request, response) => {
    parseInput(noQuery, request.query);
    const states = await catalogue.look();
    response.json(states.map(({summary}) => summary) satisfies RunSummary[]);
  });

  router.get('/runs/:run', async (request, response) => {
    parseInput(noQuery, request.query);
    const {run: id} = parseInput(path, request.params);
    const {info} = await catalogue.open(id);
    const {summary} = await catalogue.state(id);
    response.json({summary, info} satisfies RunDetail);
    // A client that opens a run receives its summary a moment later, which names the damaged epochs.
    catalogue.examine(id).catch((error: unknown) => console.error(error));
  });

  return router;
}
