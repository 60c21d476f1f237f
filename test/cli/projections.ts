import {join} from 'node:path';
import test from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import * as tf from '@tensorflow/tfjs';
import {cnnSlicer} from 'cnnslicer';
import {seededRandom} from '#src/shared/index.js';
import {serve} from '#src/cli/viewer/serve.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('the viewer as the commands start it projects channels of a run that was trained', async t => {
  const logdir = await temporaryFolder(t);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: 'relu', name: 'first'}),
      tf.layers.flatten(),
      tf.layers.dense({units: 2, activation: 'softmax', name: 'answer'}),
    ],
  });
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  const random = seededRandom(2);
  const xs = tf.tensor4d(Float32Array.from({length: 8 * 36}, random), [8, 6, 6, 1]);
  const labels = [0, 1, 0, 1, 0, 1, 0, 1];
  const slicer = cnnSlicer(tf, join(logdir, 'run'), {
    probe: {xs, labels: Int32Array.from(labels)},
    tensorboard: false,
  });
  await model.fit(xs, tf.tensor1d(labels), {epochs: 1, verbose: 0, callbacks: slicer});
  await slicer.finished;

  const server = await serve({logdir, port: 0});
  t.teardown(() => server.close());
  const ask = (query: string) => fetch(`${server.url}api/runs/run/projections?${query}`);
  const response = await ask('layer=first&channel=2&epoch=1&sample=3,0');
  t.is(response.status, 200, await response.clone().text());
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  t.deepEqual([...(table.getChild('sample') ?? [])], [3, 0]);
  const projection = table.getChild('projection')?.at(0) as Float32Array;
  const map = table.getChild('map')?.at(0) as Float32Array;
  t.deepEqual([projection.length, map.length], [36, 16]);
  t.true(map.some(value => value > 0) === projection.some(value => value !== 0));

  const missing = await ask('layer=second&channel=2&epoch=1&sample=0');
  t.is(missing.status, 422);
  t.regex(((await missing.json()) as {error: {message: string}}).error.message, /second/);
});
