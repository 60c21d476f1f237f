import {Router} from 'express';
import {z} from 'zod';
import type {ProcessPool} from '../../processes/index.js';
import {TABLE_SCHEMAS, type RunInfo, type TableName} from '../../shared/index.js';
import type {Question} from '../answering/question.js';
import {ARROW_STREAM} from '../arrow-stream.js';
import type {RowFilter} from '../table-parts.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {sendAnswer} from '../send-answer.js';
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
  /** Separated by commas, in the order wanted. */
  columns: z
    .string('must be names of columns, separated by commas')
    .transform(names => names.split(','))
    .optional(),
  format: z.enum(['json', 'arrow'], 'must be json or arrow').default('json'),
});

/** `/runs/:run/tables/:table`: a metric table, whole or some of its rows and columns, by columns. */
export function tablesRouter(catalogue: RunCatalogue, pool: ProcessPool<Question>): Router {
  const router = Router();
  router.get('/runs/:run/tables/:table', async (request, response) => {
    const {run: id, table} = parseInput(path, request.params);
    const {epoch, format, columns, ...filter} = parseInput(query, request.query);
    const {info, ...run} = await catalogue.locate(id);
    const names = columns ?? Object.keys(TABLE_SCHEMAS[table]);
    assertColumns(table, names);
    assertFilterFits(info, table, filter);
    await sendAnswer(response, format === 'arrow' ? ARROW_STREAM : 'json', signal =>
      pool.ask({kind: 'table', run, table, epoch, names, filter, format}, {signal}),
    );
  });
  return router;
}

function assertColumns(table: TableName, names: readonly string[]): void {
  const known = Object.keys(TABLE_SCHEMAS[table]);
  for (const name of names) {
    if (known.includes(name)) continue;
    const message = `The table ${table} has no column ${name}; its columns are: ${known.join(', ')}.`;
    throw new HttpError(400, 'invalid-input', message);
  }
}

/** A filter that can only give nothing is a mistake, and is answered with what there is. */
function assertFilterFits(info: RunInfo, table: TableName, filter: RowFilter): void {
  const filtered = Object.entries(filter).filter(([, wanted]) => wanted !== undefined);
  assertColumns(
    table,
    filtered.map(([name]) => name),
  );
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
