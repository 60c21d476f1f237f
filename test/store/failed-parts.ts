import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {FailedPartError, openRun, RunWriter, verifyRun} from 'cnnslicer/store';
import {CONV, probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {failedPart, writeEpoch, writeParts} from '../support/written-run.js';

const WEIGHTS = {stage: 'weights', of: null, what: 'the weights could not be stored', reason: 'No room.'};

async function runWithFailures(t: ExecutionContext) {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  const lost = {...failedPart('activations', CONV.name), reason: `Cannot write ${join(dir, 'x')}: no space.`};
  await writeEpoch(writer, runInfo(), 0);
  await writeParts(writer, runInfo(), 1, {failed: [lost, WEIGHTS]});
  await writer.close('finished');
  return dir;
}

test('a manifest names what could not be stored, without the place of the run, and only then', async t => {
  const run = await openRun(await runWithFailures(t));
  t.deepEqual((await run.manifest(1)).failed, [
    {...failedPart('activations', CONV.name), reason: 'Cannot write x: no space.'},
    WEIGHTS,
  ]);
  t.false((await readFile(join(run.dir, 'activations/epoch=0/_manifest.json'), 'utf8')).includes('failed'));
});

test('a failed part is distinguished from one that was not requested', async t => {
  const run = await openRun(await runWithFailures(t));
  const failed = await t.throwsAsync(run.activations(1, 'conv2d_1'), {
    instanceOf: FailedPartError,
    message: 'small: epoch 1: the activations conv2d_1 could not be stored: Cannot write x: no space.',
  });
  t.is(failed.epoch, 1);
  await t.notThrowsAsync(run.activations(1, 'dense_1'));
  await t.throwsAsync(run.weights(1), {message: 'small: epoch 1: the weights could not be stored: No room.'});
  const notStored = await t.throwsAsync(run.weights(0), {message: /epoch 0 holds no weights; capture with/});
  t.false(notStored instanceof FailedPartError);
});

test('verify counts an epoch that lacks a part as intact, and names the part', async t => {
  const report = await verifyRun(await runWithFailures(t));
  t.like(report, {ok: true, intact: [0, 1], damaged: [], problems: []});
  t.deepEqual(
    report.failed.map(({epoch, stage, of}) => [epoch, stage, of]),
    [
      [1, 'activations', 'conv2d_1'],
      [1, 'weights', null],
    ],
  );
});
