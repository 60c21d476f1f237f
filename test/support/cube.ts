import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {openCube, type Cube} from 'cnnslicer/analysis';
import type {QueryResult, ResultCell} from '#src/shared/index.js';
import {temporaryFolder} from './temporary-folder.js';
import {writeRun, type WrittenRunOptions} from './written-run.js';

/** A cube over a small written run; both go when the test ends. */
export async function writtenCube(t: ExecutionContext, options: WrittenRunOptions = {}): Promise<Cube> {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, options);
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  return cube;
}

/** The values of a column. */
export function column(result: QueryResult, name: string): ResultCell[] {
  const found = result.columns.find(entry => entry.name === name);
  if (found === undefined) throw new Error(`The result has no column ${name}.`);
  return found.values;
}
