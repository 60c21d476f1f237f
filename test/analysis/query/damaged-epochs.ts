import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openCube, type Cube} from 'cnnslicer/analysis';
import {column} from '../../support/cube.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {writeRun} from '../../support/written-run.js';

/** A run of epochs 0..4 with one changed byte in the files that are named. */
async function damagedRun(t: ExecutionContext, ...files: string[]): Promise<Cube> {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0, 1, 2, 3, 4]});
  for (const file of files) {
    const path = join(dir, file);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
  }
  const cube = await openCube(dir, {threads: 1});
  t.teardown(() => cube.close());
  return cube;
}

const TABLE = 'metrics/class_entropy/epoch=3/part-0.parquet';
const MANIFEST = 'activations/epoch=1/_manifest.json';

async function epochsOf(cube: Cube, question: string): Promise<{epochs: unknown[]; damaged: unknown}> {
  const result = await cube.query(question);
  return {epochs: [...new Set(column(result, 'epoch'))], damaged: result.facts['damaged_epochs']};
}

test('a question about all epochs is answered from the intact ones, and names the damaged ones', async t => {
  const cube = await damagedRun(t, TABLE, MANIFEST);
  t.deepEqual(await epochsOf(cube, 'H(label | y)'), {epochs: [0, 2, 4], damaged: '1, 3'});
  t.deepEqual(await epochsOf(cube, 'H(label | y, epoch=2..4)'), {epochs: [2, 4], damaged: '3'});
  t.deepEqual(await epochsOf(cube, 'H(dCNN(*, 1, *, *))'), {epochs: [0, 2, 3, 4], damaged: '1'});
  t.deepEqual(await epochsOf(cube, 'H(label | y, epoch=4)'), {epochs: [4], damaged: undefined});
});

test('a question about a damaged epoch gives the reason, naming the file', async t => {
  const cube = await damagedRun(t, TABLE, MANIFEST);
  const damaged = (message: RegExp) => ({code: 'damaged', message});
  await t.throwsAsync(cube.query('H(label | y, epoch=1)'), damaged(/epoch=1\/_manifest\.json is damaged: /));
  await t.throwsAsync(
    cube.query('H(label | y, epoch=3)'),
    damaged(/class_entropy\/epoch=3\/part-0\.parquet is damaged: /),
  );
  await t.throwsAsync(cube.query('H(label | y, epoch={0, 3})'), damaged(/epoch=3/));
});

test('a run names its damaged epochs: by manifest at once, by other files when they are looked at', async t => {
  const cube = await damagedRun(t, TABLE, MANIFEST);
  const epochs = async () => (await cube.damagedEpochs()).map(({epoch}) => epoch);
  t.deepEqual(await epochs(), [1]);
  t.deepEqual(await cube.epochs(), [0, 2, 3, 4]);
  t.deepEqual(
    (await cube.check()).damaged.map(({epoch}) => epoch),
    [1, 3],
  );
  t.deepEqual(await epochs(), [1, 3]);
  await t.throwsAsync(cube.table('logs'), {code: 'damaged'});
  t.deepEqual(
    [...new Set((await cube.table('logs', {epochs: await cube.epochs()})).map(row => row.epoch))],
    [2, 3, 4],
  );
});

test('an epoch is intact again once its file is', async t => {
  const cube = await damagedRun(t, TABLE);
  t.is((await cube.check()).damaged.length, 1);
  const path = join(cube.dir, TABLE);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
  t.deepEqual((await cube.check()).damaged, []);
});
