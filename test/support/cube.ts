import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {openCube, type Cube} from 'cnnslicer/analysis';
import {cellsOf, columnNamed, type Cell, type QueryResult} from '#src/shared/index.js';
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
export function column(result: QueryResult, name: string): Cell[] {
  return cellsOf(columnNamed(result, name));
}
