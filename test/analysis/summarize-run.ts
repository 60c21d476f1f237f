import {join} from 'node:path';
import test from 'ava';
import {summarizeRun} from 'cnnslicer/analysis';
import {openRun} from 'cnnslicer/store';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {tableRows, writeRun} from '../support/written-run.js';

test('says of a written run what its tables hold, and what each value rests on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: [0, 1, 2]});
  const findings = await summarizeRun(await openRun(dir));
  const first = tableRows(runInfo(), 0);
  const last = tableRows(runInfo(), 2);

  t.is(findings.run, 'small');
  t.deepEqual(findings.epochs, {first: 0, last: 2, count: 3});
  t.deepEqual(findings.accuracy.train, {...pick(last.logs, 'acc'), name: 'acc', epoch: 2});
  t.deepEqual(findings.accuracy.validation, {...pick(last.logs, 'val_acc'), name: 'val_acc', epoch: 2});
  t.deepEqual(findings.neverPredicted, [{class: 0, name: 'a', epochs: [0]}]);
  t.deepEqual(findings.basis, {
    probeSamples: 6,
    evaluation: {source: 'probe', samples: 6},
    trainingSamples: 100,
    bins: 32,
    range: 'layer',
  });

  t.deepEqual(
    findings.layers.map(({layer}) => layer.name),
    ['input_1', 'conv2d_1', 'dense_1'],
  );
  for (const {layer, trend, dead} of findings.layers) {
    const whole = (row: {layer: string; class: number | null}) =>
      row.layer === layer.name && row.class === null;
    t.is(trend?.first.bits, first.layer_entropy.find(whole)?.bits);
    t.is(trend?.last.bits, last.layer_entropy.find(whole)?.bits);
    t.is(trend?.last.intraMean, last.layer_entropy.find(whole)?.intra_mean);
    t.is(trend?.last.k, 5);
    t.is(trend?.last.n, 6);
    t.deepEqual(dead, {channels: [0], judged: layer.channels, undefined: 0, n: 6});
  }
});

test('a run without a finished epoch has findings, all of them empty', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await writeRun(dir, {epochs: []});
  const findings = await summarizeRun(await openRun(dir));
  t.is(findings.epochs, null);
  t.deepEqual(findings.layers, []);
  t.deepEqual(findings.neverPredicted, []);
  t.deepEqual(findings.accuracy, {train: null, validation: null});
});

function pick(logs: readonly {name: string; value: number | null}[], name: string): {value: number} {
  const value = logs.find(row => row.name === name)?.value;
  if (value === undefined || value === null) throw new Error(`the generated logs have no ${name}`);
  return {value};
}
