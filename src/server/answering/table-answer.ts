import type {Columns} from '../../shared/index.js';
import type {Run, TypedColumns} from '../../store/index.js';
import {joinColumns, plainColumns} from '../columns.js';
import {HttpError} from '../http-error.js';
import {tableArrow} from '../table-arrow.js';
import type {TableCache} from '../table-cache.js';
import type {TableQuestion} from './question.js';

/** A metric table of one epoch or all, as JSON or an Arrow stream. */
export async function tableAnswer(
  run: Run,
  cache: TableCache,
  {table, epoch, names, filter, format}: TableQuestion,
): Promise<Iterable<Uint8Array | string>> {
  const parts: TypedColumns[] = [];
  for (const wanted of await wantedEpochs(run, epoch)) {
    const part = await cache.columns(run, table, wanted);
    if (part !== null) parts.push(part);
  }
  const joined = joinColumns(table, parts, {names, filter});
  return format === 'arrow' ? [tableArrow(joined)] : columnsJson(plainColumns(joined));
}

/** A column at a time, as one text cannot hold any number of rows. */
function* columnsJson({rows, columns}: Columns): Generator<string> {
  yield `{"rows":${rows},"columns":{`;
  for (const [i, [name, values]] of Object.entries(columns).entries()) {
    yield `${i === 0 ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(values)}`;
  }
  yield '}}';
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
