import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {analyze, findings, openCube, summarizeRun, type Cube} from 'cnnslicer/analysis';
import {RunWriter} from 'cnnslicer/store';
import {writtenCube} from '../../support/cube.js';
import {probeData, runInfo} from '../../support/run-folder.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {failedPart, writeParts} from '../../support/written-run.js';

test('every finding of a run has evidence that can be asked', async t => {
  const cube = await writtenCube(t, {epochs: [0, 1, 2, 3]});
  const found = await findings(cube);
  t.true(found.length > 0);
  for (const {evidence, title, confidence, basis} of found) {
    t.true((await cube.query(evidence)).rows > 0, evidence);
    t.false(/\n|NaN|undefined/.test(`${title} ${confidence.why} ${JSON.stringify(basis)}`), title);
  }
  const levels = found.map(({level}) => level);
  t.deepEqual(levels, levels.toSorted(), 'what calls for attention comes first');
});

test('a run without a finished epoch, or without classes, has no findings about them', async t => {
  t.deepEqual(await findings(await writtenCube(t, {epochs: []})), []);
});

test('analyze computes every table once, and finds it there the next time', async t => {
  const cube = await writtenCube(t);
  const steps = [];
  for await (const step of analyze(cube, {pairs: 'all', epochs: [0, 2]})) steps.push(step);
  t.is(steps.length, 2 * (3 + 2));
  t.true(steps.every(({computed}) => computed));
  t.deepEqual(steps.at(-1)?.done, steps.at(-1)?.total);
  cube.activations = () => Promise.reject(new Error('read again'));
  for await (const step of analyze(cube, {pairs: 'all', epochs: [0, 2]})) t.false(step.computed, step.what);
});

test('analyze stops on request, and resumes', async t => {
  const cube = await writtenCube(t);
  const stop = new AbortController();
  const seen = [];
  await t.throwsAsync(
    async () => {
      for await (const step of analyze(cube, {}, {signal: stop.signal})) {
        seen.push(step);
        if (seen.length === 3) stop.abort(new Error('stopped'));
      }
    },
    {message: 'stopped'},
  );
  const again = [];
  for await (const step of analyze(cube)) again.push(step.computed);
  t.deepEqual(again.slice(0, 4), [false, false, false, true]);
});

/** Changes a byte of a file of the run. */
async function damage({dir}: Cube, file: string): Promise<void> {
  const path = join(dir, file);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
}

const DAMAGES: [what: string, file: string, named: RegExp][] = [
  ['a table of an epoch', 'metrics/class_entropy/epoch=1/part-0.parquet', /: epoch 1 \(\S+class_entropy/],
  ['the logs', 'metrics/logs/epoch=2/part-0.parquet', /: epoch 2 \(\S+logs/],
  [
    'the table of the last epoch',
    'metrics/channel_entropy/epoch=3/part-0.parquet',
    /: epoch 3 \(\S+channel_e/,
  ],
  ['a manifest', 'activations/epoch=0/_manifest.json', /: epoch 0 \(\S+_manifest/],
  ['the last maps', 'activations/epoch=3/layer=conv2d_1/part-0.arrow', /: epoch 3 \(\S+conv2d_1/],
  ['the probe', 'probe/part-0.arrow', /: the probe \(\S+part-0/],
];

for (const [what, file, named] of DAMAGES) {
  test(`of a run with ${what} damaged the damage is named, and the rest is looked at`, async t => {
    const cube = await writtenCube(t, {epochs: [0, 1, 2, 3]});
    await damage(cube, file);
    const found = await findings(cube);
    const [first, ...rest] = found;
    t.like(first, {kind: 'damaged', level: 'attention'});
    t.regex(first?.title ?? '', named);
    t.true(rest.some(({kind}) => kind === 'dead-channels'));
    t.true((await cube.query(first?.evidence ?? '')).rows > 0);
    const {damaged, epochs} = await summarizeRun(cube);
    t.is(damaged.length, file.startsWith('probe') || file.endsWith('arrow') ? 0 : 1);
    t.true((epochs?.count ?? 0) >= 3);
  });
}

test('of a run whose every epoch is damaged that alone is said', async t => {
  const cube = await writtenCube(t, {epochs: [0, 1]});
  for (const epoch of [0, 1]) await damage(cube, `metrics/logs/epoch=${epoch}/part-0.parquet`);
  t.deepEqual(
    (await findings(cube)).map(({kind}) => kind),
    ['damaged'],
  );
  const {epochs, damaged} = await summarizeRun(cube);
  t.is(epochs, null);
  t.deepEqual(
    damaged.map(({epoch}) => epoch),
    [0, 1],
  );
});

test('maps and tables that could not be captured are named, and cost their own findings alone', async t => {
  const info = runInfo();
  const writer = await RunWriter.create(join(await temporaryFolder(t), 'run'), info, probeData());
  const failed = [failedPart('activations', 'conv2d_1'), failedPart('table', 'class_entropy')];
  for (const epoch of [0, 1, 2, 3]) await writeParts(writer, info, epoch, {failed});
  await writer.close('finished');
  const cube = await openCube(writer.dir, {threads: 1});
  t.teardown(() => cube.close());
  const found = await findings(cube);
  t.is(
    found[0]?.title,
    'Not all of epochs 0, 1, 2, 3 could be captured (the activations conv2d_1 could not be stored: The disk was on fire; 1 more like it)',
  );
  const kinds = found.map(({kind}) => kind);
  t.true(kinds.includes('dead-channels'));
  t.false(kinds.includes('stable-label-entropy'));
  t.is((await summarizeRun(cube)).failed.length, 8);
});
