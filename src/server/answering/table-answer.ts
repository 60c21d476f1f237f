import {cellsOf, type Table} from '../../shared/index.js';
import {RunFormatError, type Run} from '../../store/index.js';
import {tableStream} from '../../store/arrow/table-stream.js';
import {HttpError} from '../http-error.js';
import type {TableCache} from '../table-cache.js';
import {joinedParts, withoutNonFinite} from '../table-parts.js';
import type {TableQuestion} from './question.js';

/** A metric table of one epoch or all, as JSON or an Arrow stream. */
export async function tableAnswer(
  run: Run,
  cache: TableCache,
  {table, epoch, names, filter, format}: TableQuestion,
): Promise<Iterable<Uint8Array | string>> {
  const parts = await intactParts(await wantedEpochs(run, epoch), wanted =>
    cache.columns(run, table, wanted),
  );
  const joined = joinedParts(table, parts, {names, filter});
  if (format === 'json') return columnsJson(joined);
  const {rows, notRecorded} = joined;
  return tableStream(withoutNonFinite(joined), {about: {rows, notRecorded}, texts: 'dictionary'});
}

/** `Columns`, a column at a time, as one text cannot hold any number of rows. */
function* columnsJson({columns, ...rest}: Table): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"columns":{`;
  for (const [i, [name, column]] of Object.entries(columns).entries()) {
    yield `${i === 0 ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(cellsOf(column))}`;
  }
  yield '}}';
}

/**
 * Reads a table of each epoch that has it. Damaged ones are left out if others are intact: the run's summary names them.
 *
 * @throws {RunFormatError} if there are only damaged ones.
 */
async function intactParts(
  epochs: readonly number[],
  read: (epoch: number) => Promise<Table | null>,
): Promise<Table[]> {
  const parts: Table[] = [];
  let damage: RunFormatError | undefined;
  for (const epoch of epochs) {
    try {
      const part = await read(epoch);
      if (part !== null) parts.push(part);
    } catch (error) {
      if (!(error instanceof RunFormatError)) throw error;
      damage ??= error;
    }
  }
  if (parts.length === 0 && damage !== undefined) throw damage;
  return parts;
}

async function wantedEpochs(run: Run, epoch: number | undefined): Promise<number[]> {
  const {finished, damaged} = await run.look();
  if (epoch === undefined) return [...new Set([...finished, ...damaged.map(lost => lost.epoch)])];
  if (finished.includes(epoch) || damaged.some(lost => lost.epoch === epoch)) return [epoch];
  const known = finished.length === 0 ? 'none yet' : finished.join(', ');
  throw new HttpError(
    404,
    'no-such-epoch',
    `The run has no finished epoch ${epoch}; finished epochs: ${known}.`,
  );
}
