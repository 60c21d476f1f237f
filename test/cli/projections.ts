import {join} from 'node:path';
import test from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import * as tf from '@tensorflow/tfjs';
import {cnnSlicer} from 'cnnslicer';
import {seededRandom} from '#src/shared/index.js';
import {serve} from '#src/cli/viewer/serve.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {randomValues, relativeError} from '../support/wasm-training.js';

test.before(async () => {
  await tf.setBackend('cpu');
});

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

test('a model with channels first is projected as the same weights with channels last', async t => {
  const logdir = await temporaryFolder(t);
  const modelOf = (dataFormat: 'channelsFirst' | 'channelsLast') =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({
          ...{name: 'first', filters: 4, kernelSize: 3, activation: 'relu', dataFormat},
          inputShape: dataFormat === 'channelsFirst' ? [3, 6, 8] : [6, 8, 3],
        }),
        tf.layers.maxPooling2d({name: 'pool', poolSize: 2, dataFormat}),
        tf.layers.conv2d({name: 'second', filters: 2, kernelSize: 2, dataFormat}),
      ],
    });
  const [last, first] = [modelOf('channelsLast'), modelOf('channelsFirst')];
  last.setWeights(last.getWeights().map((weight, i) => randomValues(i + 1, weight.shape)));
  first.setWeights(last.getWeights());
  const images = tf.randomUniform([5, 6, 8, 3], 0, 1, 'float32', 4);
  const planes = tf.transpose(images, [0, 3, 1, 2]);
  for (const {name, model, xs} of [
    {name: 'last', model: last, xs: images},
    {name: 'first', model: first, xs: planes},
  ]) {
    const slicer = cnnSlicer(tf, join(logdir, name), {probe: {xs}, tensorboard: false, strict: true});
    slicer.setModel(model);
    await slicer.capture(0);
    await slicer.close();
  }

  const server = await serve({logdir, port: 0});
  t.teardown(() => server.close());
  const columns = async (run: string, query: string) => {
    const response = await fetch(`${server.url}api/runs/${run}/projections?${query}`);
    t.is(response.status, 200, await response.clone().text());
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    return ['projection', 'map'].map(name => ({
      shape: table.schema.fields.find(field => field.name === name)?.metadata?.get('shape'),
      values: Array.from(table.getChild(name) ?? []).flatMap(row => Array.from(row as Float32Array)),
    }));
  };
  for (const layer of ['first', 'pool', 'second']) {
    const query = `layer=${layer}&channel=1&epoch=0&sample=3,0,4`;
    const [expected, actual] = [await columns('last', query), await columns('first', query)];
    expected.forEach(({shape, values}, i) => {
      t.is(actual[i]?.shape, shape, layer);
      t.true(values.some(value => value !== 0));
      t.true(relativeError(actual[i]?.values ?? [], values) < 1e-5, layer);
    });
  }
});
