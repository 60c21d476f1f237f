import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, deconvnet, modelAt, probeTensors, type CnnSlicerOptions} from 'cnnslicer';
import {openCube, resultRows} from 'cnnslicer/analysis';
import {openRun, verifyRun, type Run} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

type Symbolic = tf.SymbolicTensor;
const {layers: L} = tf;

/** Two convolutions, the second a channel wider; their weights come from the seed. */
function encoder(name: string, seed: number, inputShape = [6, 6, 1]): tf.LayersModel {
  const conv = (filters: number, own: string, more: object = {}) =>
    L.conv2d({
      ...{filters, kernelSize: 3, padding: 'same', activation: 'relu', name: own},
      ...{kernelInitializer: tf.initializers.glorotUniform({seed: seed + filters})},
      ...more,
    });
  return tf.sequential({name, layers: [conv(2, 'narrow', {inputShape}), conv(3, 'wide')]});
}

const answer = (x: Symbolic) =>
  L.dense({units: 2, activation: 'softmax', name: 'answer'}).apply(L.flatten().apply(x)) as Symbolic;

/** A sequential model as a layer, within another that is one, too. */
function nestedTwice(): tf.LayersModel {
  const inside = tf.input({shape: [6, 6, 1]});
  const encoded = encoder('encoder', 1).apply(inside) as Symbolic;
  const trunk = tf.model({
    inputs: inside,
    outputs: L.conv2d({filters: 2, kernelSize: 1, name: 'mix'}).apply(encoded) as Symbolic,
    name: 'trunk',
  });
  const input = tf.input({shape: [6, 6, 1]});
  return tf.model({inputs: input, outputs: answer(trunk.apply(input) as Symbolic)});
}

/** One encoder for both halves of a pair, called in the other order than they are given. */
function twins(): tf.LayersModel {
  const shared = encoder('encoder', 4);
  const input = tf.input({shape: [6, 6, 1]});
  const scaled = L.conv2d({filters: 1, kernelSize: 1, name: 'scaled'}).apply(input) as Symbolic;
  const second = shared.apply(scaled) as Symbolic;
  const first = shared.apply(input) as Symbolic;
  return tf.model({inputs: input, outputs: answer(L.concatenate().apply([first, second]) as Symbolic)});
}

async function captured(
  t: ExecutionContext,
  model: tf.LayersModel,
  more: Partial<CnnSlicerOptions> = {},
): Promise<{run: Run; xs: tf.Tensor}> {
  const dir = join(await temporaryFolder(t), 'run');
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  const random = seededRandom(1);
  const xs = tf.tensor4d(Float32Array.from({length: 6 * 36}, random), [6, 6, 6, 1]);
  const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
  const ys = tf.tensor1d([...labels]);
  await model.fit(xs, ys, {epochs: 1, verbose: 0});
  const before = tf.memory().numTensors;
  const slicer = cnnSlicer(tf, dir, {probe: {xs, labels}, strict: true, batchSize: 4, ...more});
  await model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks: slicer});
  await slicer.finished;
  t.is(tf.memory().numTensors, before, 'no tensor is left');
  t.deepEqual((await verifyRun(dir)).problems, []);
  const run = await openRun(dir);
  const [probe] = await probeTensors(tf, run, model, [0, 1, 2, 3, 4, 5]);
  return {run, xs: probe as tf.Tensor};
}

const names = (run: Run) => run.info.layers.slice(1).map(({name, channels}) => `${name} ${channels}`);

/** What the run has of a layer, [samples, pixels, channels]. */
async function stored(run: Run, layer: string): Promise<number[]> {
  const {maps} = await run.activations(1, layer);
  const {channels = 1} = run.info.layers.find(({name}) => name === layer) ?? {};
  const length = maps.length / channels;
  return Array.from(maps, (_, i) => maps[(i % channels) * length + Math.floor(i / channels)] as number);
}

/** The first layers of a sequential model, on what goes into it. */
function cut(model: tf.LayersModel, layer: string, xs: tf.Tensor): tf.Tensor {
  const to = model.getLayer(layer).getOutputAt(0) as Symbolic;
  return tf.model({inputs: model.inputs, outputs: to}).predict(xs) as tf.Tensor;
}

const inner = (model: tf.LayersModel, name: string) => model.getLayer(name) as unknown as tf.LayersModel;

test.serial('the layers of models inside models are layers of the run', async t => {
  const model = nestedTwice();
  const {run, xs} = await captured(t, model);
  t.deepEqual(names(run), ['trunk/encoder/narrow 2', 'trunk/encoder/wide 3', 'trunk/mix 2', 'answer 2']);
  const nested = inner(inner(model, 'trunk'), 'encoder');
  t.deepEqual(await stored(run, 'trunk/encoder/narrow'), [...cut(nested, 'narrow', xs).dataSync()]);
  t.deepEqual(await stored(run, 'trunk/encoder/wide'), [...cut(nested, 'wide', xs).dataSync()]);
  t.deepEqual(await stored(run, 'answer'), [...(model.predict(xs) as tf.Tensor).dataSync()]);
  const trunk = run.info.architecture.find(({name}) => name === 'trunk');
  const within = trunk?.layers?.find(({name}) => name === 'trunk/encoder')?.layers;
  t.deepEqual(
    within?.filter(node => node.captured).map(({name}) => name),
    ['trunk/encoder/narrow', 'trunk/encoder/wide'],
  );
});

test.serial('each call of a shared model has separate layers', async t => {
  const model = twins();
  const {run, xs} = await captured(t, model);
  t.deepEqual(
    names(run).filter(name => name.startsWith('encoder')),
    ['encoder/narrow 2', 'encoder/wide 3', 'encoder.2/narrow 2', 'encoder.2/wide 3'],
  );
  const nested = inner(model, 'encoder');
  const scaled = cut(model, 'scaled', xs);
  t.deepEqual(await stored(run, 'encoder/wide'), [...cut(nested, 'wide', scaled).dataSync()]);
  t.deepEqual(await stored(run, 'encoder.2/wide'), [...cut(nested, 'wide', xs).dataSync()]);
  t.notDeepEqual(await stored(run, 'encoder/narrow'), await stored(run, 'encoder.2/narrow'));
});

test.serial('with boxes, a model inside the model is the one layer that it is there', async t => {
  const model = nestedTwice();
  const {run, xs} = await captured(t, model, {nestedModels: 'boxes'});
  t.deepEqual(names(run), ['trunk 2', 'answer 2']);
  t.deepEqual(await stored(run, 'trunk'), [...(inner(model, 'trunk').predict(xs) as tf.Tensor).dataSync()]);
});

test.serial('a nested model may be chosen as a whole, by its layers, and by patterns', async t => {
  const of = async (layers: CnnSlicerOptions['layers']) =>
    names((await captured(t, nestedTwice(), {...(layers && {layers}), tensorboard: false})).run);
  t.deepEqual(await of(['trunk']), ['trunk/encoder/narrow 2', 'trunk/encoder/wide 3', 'trunk/mix 2']);
  t.deepEqual(await of(['trunk/encoder', 'answer']), [
    'trunk/encoder/narrow 2',
    'trunk/encoder/wide 3',
    'answer 2',
  ]);
  t.deepEqual(await of([0]), ['trunk/encoder/narrow 2', 'trunk/encoder/wide 3', 'trunk/mix 2']);
  t.deepEqual(await of([/wide$/, 'trunk/mix']), ['trunk/encoder/wide 3', 'trunk/mix 2']);
  t.deepEqual(await of(layer => layer.getClassName() === 'Conv2D'), [
    'trunk/encoder/narrow 2',
    'trunk/encoder/wide 3',
    'trunk/mix 2',
  ]);
});

test.serial('layers of nested models are asked for by name, and projected back to the input', async t => {
  const model = nestedTwice();
  const {run, xs} = await captured(t, model, {tensorboard: false});
  const cube = await openCube(run.dir);
  const rows = resultRows(await cube.query('H(dCNN(*, trunk/encoder/wide, *, 1))'));
  t.is(rows.length, 3);
  await cube.close();
  const projected = await deconvnet(tf, model, xs, {layer: 'trunk/encoder/wide'});
  const alone = await deconvnet(tf, inner(inner(model, 'trunk'), 'encoder'), xs, {layer: 'wide'});
  t.deepEqual(projected.inputs[0]?.values, alone.inputs[0]?.values);
  const before = await modelAt(tf, run, 1);
  const again = await deconvnet(tf, before, xs, {layer: 'trunk/encoder/wide'});
  t.deepEqual(again.inputs[0]?.values, alone.inputs[0]?.values);
});

test.serial('every output of a layer is a layer of the run', async t => {
  const input = tf.input({shape: [6, 6, 1]});
  const rows = L.reshape({targetShape: [6, 6]}).apply(input) as Symbolic;
  const lstm = L.lstm({units: 3, returnState: true, returnSequences: true, name: 'lstm'});
  const [sequence, , cell] = lstm.apply(rows) as Symbolic[];
  const last = L.globalAveragePooling1d().apply(sequence as Symbolic) as Symbolic;
  const model = tf.model({
    inputs: input,
    outputs: L.dense({units: 2, activation: 'softmax'}).apply(
      L.concatenate().apply([last, cell as Symbolic]),
    ) as Symbolic,
  });
  const {run, xs} = await captured(t, model);
  t.deepEqual(
    names(run).filter(name => name.startsWith('lstm')),
    ['lstm 3', 'lstm:1 3', 'lstm:2 3'],
  );
  const states = tf.model({inputs: input, outputs: lstm.getOutputAt(0)});
  const expected = states.predict(xs) as tf.Tensor[];
  for (const [i, name] of ['lstm', 'lstm:1', 'lstm:2'].entries())
    t.deepEqual(await stored(run, name), [...(expected[i] as tf.Tensor).dataSync()]);
  const cube = await openCube(run.dir);
  t.is(resultRows(await cube.query('Hx(dCNN(*, "lstm:2", *, 1))')).length, 1);
  await cube.close();
});

test.serial("nested models stay as they were, and tfjs' names go on as without the callback", async t => {
  const model = twins();
  const nested = inner(model, 'encoder');
  await captured(t, model, {tensorboard: false});
  t.false(Object.hasOwn(nested, 'call'));
  t.is(nested.inboundNodes.length, 3, 'its own and its two calls');
  const count = () =>
    Number(/\d+$/.exec(tf.model({inputs: nested.inputs, outputs: nested.outputs}).name)?.[0]);
  const before = count();
  await captured(t, model, {tensorboard: false});
  t.is(count(), before + 1);
});

test.serial('what tfjs says of a state that is handed on is not said because of the callback', async t => {
  const input = tf.input({shape: [6, 6, 1]});
  const rows = L.reshape({targetShape: [6, 6]}).apply(input) as Symbolic;
  const [, ...state] = L.lstm({units: 3, returnState: true}).apply(rows) as Symbolic[];
  const decoded = L.lstm({units: 3}).apply(rows, {initialState: state}) as Symbolic;
  const outputs = L.dense({units: 2, activation: 'softmax'}).apply(decoded) as Symbolic;
  const said = await warnings(t, () => captured(t, tf.model({inputs: input, outputs}), {tensorboard: false}));
  t.deepEqual(said, []);
});
