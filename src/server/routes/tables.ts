import {Router} from 'express';
import {z} from 'zod';
import type {Columns, TableName} from '../../shared/index.js';
import {TABLE_SCHEMAS, type Run} from '../../store/index.js';
import {columnNames, joinColumns, type RowFilter} from '../columns.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import type {TableCache} from '../table-cache.js';
import {runParameter} from './run-parameter.js';

const tableNames = Object.keys(TABLE_SCHEMAS) as TableName[];
const INDEX_RULE = 'must be an integer >= 0';
const index = z
  .string(INDEX_RULE)
  .regex(/^\d{1,9}$/, INDEX_RULE)
  .transform(Number);

const path = z.strictObject({
  run: runParameter,
  table: z.enum(tableNames, `There is no such table; the tables are: ${tableNames.join(', ')}.`),
});

const query = z.strictObject({
  epoch: index.optional(),
  layer: z.string('must be one layer name').min(1, 'must be one layer name').optional(),
  class: z
    .union([z.literal('all').transform(() => null), index], 'must be "all" or an integer >= 0')
    .optional(),
});

/** `/runs/:run/tables/:table`: a metric table, whole or filtered, by columns. */
export function tablesRouter(catalogue: RunCatalogue, cache: TableCache): Router {
  const router = Router();
  router.get('/runs/:run/tables/:table', async (request, response) => {
    const {run: id, table} = parseInput(path, request.params);
    const {epoch, ...filter} = parseInput(query, request.query);
    const run = await catalogue.open(id);
    assertFilterFits(run, table, filter);
    const parts: Columns[] = [];
    for (const wanted of await wantedEpochs(run, epoch)) {
      const part = await cache.columns(run, table, wanted);
      if (part !== null) parts.push(part);
    }
    response.json(joinColumns(table, parts, filter));
  });
  return router;
}

async function wantedEpochs(run: Run, epoch: number | undefined): Promise<number[]> {
  const finished = await run.epochs();
  if (epoch === undefined) return finished;
  if (finished.includes(epoch)) return [epoch];
  const known = finished.length === 0 ? 'none yet' : finished.join(', ');
  throw new HttpError(
    404,
    'no-such-epoch',
    `The run has no finished epoch ${epoch}; finished are: ${known}.`,
  );
}

/** A filter that can only give nothing is a mistake, and is answered with what there is. */
function assertFilterFits({info}: Run, table: TableName, filter: RowFilter): void {
  const columns = columnNames(table);
  for (const [name, wanted] of Object.entries(filter)) {
    if (wanted !== undefined && !columns.includes(name)) {
      throw new HttpError(
        400,
        'invalid-input',
        `The table ${table} has no column ${name}; its columns are: ${columns.join(', ')}.`,
      );
    }
  }
  if (filter.layer !== undefined && !info.layers.some(({name}) => name === filter.layer)) {
    const known = info.layers.map(({name}) => name).join(', ');
    throw new HttpError(
      404,
      'no-such-layer',
      `The run has no layer ${JSON.stringify(filter.layer)}; its layers are: ${known}.`,
    );
  }
  if (typeof filter.class === 'number' && filter.class >= info.classes.length) {
    throw new HttpError(
      404,
      'no-such-class',
      info.classes.length === 0
        ? 'The run has no classes: its probe has no labels.'
        : `The run has no class ${filter.class}; its classes are 0..${info.classes.length - 1}.`,
    );
  }
}
