import {join} from 'node:path';
import test from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {RunRecorder} from '#src/callbacks/recorder/run-recorder.js';
import {squaredDistances} from '#src/metrics/squared-distances.js';
import {CONV, DENSE, probeData, randomFloats, runInfo, temporaryFolder} from '../../support/run-folder.js';

test('measures and pictures that fail cost themselves: all files are there, and each failure is named', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  // Fails for the convolution alone, whose distances the capacity picture needs, too.
  const recorder = new RunRecorder(rows => {
    if (rows.features % 15 === 0) throw new Error('no distances');
    return squaredDistances(rows);
  });
  const tensorboard = {
    dir: null,
    hparams: {compared: {}, others: {}},
    graph: [],
    capacity: [[CONV.name, DENSE.name] as const],
    featureMaps: 1,
  };
  await recorder.open({dir, start: {}, info: runInfo(), probe: probeData(), tensorboard});
  const {failures} = await recorder.record({
    epoch: 0,
    logs: [],
    activations: [
      {layer: CONV, maps: randomFloats(6 * 15 * 7, 1)},
      {layer: DENSE, maps: randomFloats(6 * 10, 2)},
    ],
    weights: [{name: 'kernel', shape: [90], dtype: 'float32', values: randomFloats(90, 3)}],
    predictions: null,
    evaluation: null,
    failures: [],
  });
  t.deepEqual(await recorder.close('finished'), []);
  t.deepEqual(
    failures.map(({what, reason}) => `${what}: ${reason}`),
    [
      'the inter-sample entropy of layer conv2d_1 could not be computed: no distances.',
      'the matrix entropy of layer conv2d_1 could not be computed: no distances.',
      'the picture capacity/conv2d_1/dense_1 could not be drawn: no distances.',
    ],
  );
  t.like(await verifyRun(dir), {ok: true, problems: []});
  const run = await openRun(dir);
  t.is((await run.manifest(0)).files.length, 6);
  const rows = (await run.table('layer_entropy')).filter(row => row.class === null);
  t.deepEqual(
    rows.map(({layer, reason}) => [layer, reason]),
    [
      ['input_1', null],
      ['conv2d_1', 'failed'],
      ['dense_1', null],
    ],
  );
});
