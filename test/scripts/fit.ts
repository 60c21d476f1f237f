import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {callbackList} from 'cnnslicer';
import {seededRandom} from '#src/shared/index.js';
import {tinyImages, tinyTensors} from '../support/models.js';
import {clouds, logNames, matrixAccuracy, namesOf, scriptSlicer, shareRight} from '../support/script-run.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

/** Scripts as people have them, of the kinds that train by `fit` and `fitDataset`, with one callback added. */

type Symbolic = tf.SymbolicTensor;
const {layers: L} = tf;
const glorot = (seed: number) => tf.initializers.glorotUniform({seed});

test.serial('a loop of fits of one epoch each is one run', async t => {
  const {xs, labels, ys} = clouds(45, 12, 3);
  const sequences = xs.reshape([45, 4, 3]);
  const model = tf.sequential({
    layers: [
      L.lstm({name: 'read', units: 6, inputShape: [4, 3], kernelInitializer: glorot(2)}),
      L.dense({units: 3, activation: 'softmax', kernelInitializer: glorot(3)}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const {slicer, run} = await scriptSlicer(t, {probe: {xs: sequences, labels}});
  const said = await warnings(t, async () => {
    for (let i = 0; i < 4; i++)
      await model.fit(sequences, ys, {epochs: 1, batchSize: 15, verbose: 0, callbacks: slicer});
  });
  t.deepEqual(said, [], 'nothing is lost, and nothing said');
  const done = await run();
  t.deepEqual(await done.epochs(), [0, 1, 2, 3, 4]);
  t.deepEqual(
    (await logNames(done)).filter(name => name.endsWith('acc')),
    ['1 acc', '2 acc', '3 acc', '4 acc'],
  );
  t.is(await matrixAccuracy(done, 4), shareRight(model.predict(sequences) as tf.Tensor, labels));
});

test.serial('frozen layers first and all of them after is one run', async t => {
  const {xs, ys} = tinyTensors(tf, 48);
  const {labels} = tinyImages(48);
  const trunk = tf.sequential({
    name: 'trunk',
    layers: [
      L.conv2d({
        name: 'conv',
        inputShape: [8, 8, 1],
        filters: 4,
        kernelSize: 3,
        kernelInitializer: glorot(4),
      }),
      L.maxPooling2d({name: 'pool', poolSize: 2}),
    ],
  });
  const input = tf.input({shape: [8, 8, 1]});
  const flat = L.flatten().apply(trunk.apply(input)) as Symbolic;
  const head = L.dense({name: 'head', units: 3, activation: 'softmax', kernelInitializer: glorot(5)});
  const model = tf.model({inputs: input, outputs: head.apply(flat) as Symbolic});
  const {slicer, run} = await scriptSlicer(t, {probe: {xs, labels}});
  for (const [trainable, epochs] of [
    [false, 2],
    [true, 3],
  ] as const) {
    trunk.trainable = trainable;
    model.compile({optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    await model.fit(xs, ys, {epochs, batchSize: 16, verbose: 0, callbacks: slicer});
  }
  const done = await run();
  t.deepEqual(await done.epochs(), [0, 1, 2, 3, 4, 5]);
  t.deepEqual(namesOf(done), ['trunk/conv', 'trunk/pool', 'head']);
  const [frozen, moved] = [await done.activations(2, 'trunk/conv'), await done.activations(5, 'trunk/conv')];
  t.deepEqual(frozen.maps, (await done.activations(0, 'trunk/conv')).maps);
  t.notDeepEqual(moved.maps, frozen.maps);
  t.is(await matrixAccuracy(done, 5), shareRight(model.predict(xs) as tf.Tensor, labels));
});

test.serial('a generator of windows of a series: a regression without classes', async t => {
  const random = seededRandom(8);
  const series = Array.from({length: 200}, (_, i) => Math.sin(i / 5) + 0.1 * random());
  const window = (i: number) => ({
    xs: tf.tensor2d(series.slice(i, i + 10), [10, 1]),
    ys: tf.tensor1d([series[i + 10] ?? 0]),
  });
  const dataset = tf.data
    .generator(function* () {
      for (let i = 0; i < 96; i++) yield window(i);
    } as never)
    .batch(16);
  const model = tf.sequential({
    layers: [L.gru({name: 'gru', units: 5, inputShape: [10, 1]}), L.dense({name: 'next', units: 1})],
  });
  model.compile({optimizer: 'adam', loss: 'meanAbsoluteError'});
  const [batch] = (await dataset.take(1).toArray()) as unknown as [{xs: tf.Tensor}];
  const {slicer, run} = await scriptSlicer(t, {probe: {xs: batch.xs}});
  await model.fitDataset(dataset, {
    epochs: 3,
    verbose: 0,
    validationData: dataset,
    callbacks: [slicer, tf.callbacks.earlyStopping({monitor: 'val_loss', patience: 2})],
  });
  const done = await run();
  t.deepEqual(await done.epochs(), [0, 1, 2, 3]);
  t.deepEqual((await logNames(done)).slice(0, 2), ['1 val_loss', '1 loss']);
  t.deepEqual([done.info.classes, await matrixAccuracy(done, 3)], [[], null]);
  t.deepEqual(namesOf(done), ['gru', 'next']);
});

test.serial('a csv file with sparse labels', async t => {
  const {xs, labels} = clouds(60, 4, 3, 5);
  const rows = xs.arraySync().map((row, i) => [...row, labels[i]].join());
  const file = join(await temporaryFolder(t), 'pitches.csv');
  await writeFile(file, ['a,b,c,d,kind', ...rows].join('\n'));
  const dataset = tf.data
    .csv(`file://${file}`, {columnConfigs: {kind: {isLabel: true}}})
    .map((row: tf.TensorContainer) => {
      const {xs, ys} = row as unknown as {xs: Record<string, number>; ys: Record<string, number>};
      return {xs: Object.values(xs), ys: Object.values(ys)};
    })
    .batch(20);
  const model = tf.sequential({
    layers: [
      L.dense({name: 'hidden', units: 8, activation: 'relu', inputShape: [4], kernelInitializer: glorot(1)}),
      L.dense({name: 'kinds', units: 3, activation: 'softmax', kernelInitializer: glorot(2)}),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(0.05),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const [batch] = (await dataset.take(1).toArray()) as unknown as [{xs: tf.Tensor; ys: tf.Tensor}];
  const {slicer, run} = await scriptSlicer(t, {
    probe: {xs: batch.xs, labels: batch.ys, classNames: ['ball', 'strike', 'hit']},
    evaluation: {xs, labels},
  });
  await model.fitDataset(dataset, {epochs: 4, verbose: 0, callbacks: slicer});
  const done = await run();
  t.deepEqual(done.info.classes, ['ball', 'strike', 'hit']);
  t.deepEqual(done.info.evaluation, {source: 'evaluation', samples: 60});
  t.is(await matrixAccuracy(done, 4), shareRight(model.predict(xs) as tf.Tensor, labels));
});

test.serial('attention over two sequences, with a class at every place of the answer', async t => {
  const random = seededRandom(3);
  const question = tf.tensor3d(Float32Array.from({length: 24 * 5 * 4}, random), [24, 5, 4]);
  const soFar = tf.tensor3d(Float32Array.from({length: 24 * 3 * 4}, random), [24, 3, 4]);
  const answers = tf.tidy(() =>
    tf.oneHot(
      tf.tensor2d(
        Int32Array.from({length: 72}, (_, i) => i % 4),
        [24, 3],
        'int32',
      ),
      4,
    ),
  );
  const inputs = [
    tf.input({shape: [5, 4], name: 'question'}),
    tf.input({shape: [3, 4], name: 'so_far'}),
  ] as const;
  const encoded = L.lstm({name: 'encoder', units: 6, returnSequences: true}).apply(inputs[0]) as Symbolic;
  const decoded = L.lstm({name: 'decoder', units: 6, returnSequences: true}).apply(inputs[1]) as Symbolic;
  const looks = L.dot({name: 'looks', axes: [2, 2]}).apply([decoded, encoded]) as Symbolic;
  const weights = L.activation({name: 'attention', activation: 'softmax'}).apply(looks) as Symbolic;
  const context = L.dot({name: 'context', axes: [2, 1]}).apply([weights, encoded]) as Symbolic;
  const joined = L.concatenate().apply([context, decoded]) as Symbolic;
  const answer = L.timeDistributed({layer: L.dense({units: 4, activation: 'softmax'}), name: 'answer'});
  const model = tf.model({inputs: [...inputs], outputs: answer.apply(joined) as Symbolic});
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
  const {slicer, run} = await scriptSlicer(t, {probe: {xs: [question, soFar]}});
  await model.fit([question, soFar], answers, {epochs: 2, batchSize: 12, verbose: 0, callbacks: slicer});
  const done = await run();
  const attention = done.info.layers.find(({name}) => name === 'attention');
  t.deepEqual([done.info.inputs, attention?.spatial, attention?.channels], [2, [3], 5]);
  const {maps} = await done.activations(2, 'attention');
  const seen = tf
    .tensor(maps, [5, 24 * 3])
    .sum(0)
    .dataSync();
  t.true(
    seen.every(sum => Math.abs(sum - 1) < 1e-5),
    'what each place looks at sums to 1',
  );
});

test.serial('several outputs: the labels of each find theirs', async t => {
  const sizes = [4, 2, 3];
  const all = sizes.map((classes, i) => clouds(48, 12, classes, i + 1));
  const xs = all.reduce<tf.Tensor>((sum, {xs}) => sum.add(xs), tf.zeros([48, 12]));
  for (const [wanted, classes] of sizes.entries()) {
    const input = tf.input({shape: [12]});
    const outputs = sizes.map(
      (units, i) =>
        L.dense({name: `kind_${units}`, units, activation: 'softmax', kernelInitializer: glorot(i)}).apply(
          input,
        ) as Symbolic,
    );
    const model = tf.model({inputs: input, outputs});
    model.compile({optimizer: tf.train.adam(0.05), loss: sizes.map(() => 'categoricalCrossentropy')});
    const {labels} = all[wanted] as (typeof all)[number];
    const {slicer, run} = await scriptSlicer(t, {probe: {xs, labels}});
    await model.fit(
      xs,
      all.map(({ys}) => ys),
      {epochs: 3, verbose: 0, callbacks: slicer},
    );
    const done = await run();
    t.is(done.info.probe.output?.name, `kind_${classes}`);
    t.is(done.info.classes.length, classes);
    const scores = (model.predict(xs) as tf.Tensor[])[wanted] as tf.Tensor;
    t.is(await matrixAccuracy(done, 3), shareRight(scores, labels));
  }
});

test.serial('iris, with the plain object that the script has beside it', async t => {
  const {xs, labels, ys} = clouds(60, 4, 3, 9);
  const model = tf.sequential({
    layers: [
      L.dense({units: 10, activation: 'sigmoid', inputShape: [4], kernelInitializer: glorot(6)}),
      L.dense({units: 3, activation: 'softmax', kernelInitializer: glorot(7)}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const {slicer, run} = await scriptSlicer(t, {
    probe: {xs, labels, classNames: ['setosa', 'versicolor', 'virginica']},
  });
  const plotted: number[] = [];
  const plot = {
    onEpochEnd: (epoch: number, logs?: tf.Logs) => void plotted.push(epoch, logs?.['acc'] as number),
  };
  for (const list of [
    [plot, slicer],
    [slicer, false, plot],
  ] as const) {
    await model.fit(xs, ys, {epochs: 3, verbose: 0, validationSplit: 0.2, callbacks: callbackList(tf, list)});
  }
  const done = await run();
  t.deepEqual(await done.epochs(), [0, 1, 2, 3, 4, 5, 6]);
  t.deepEqual(
    plotted.filter((_, i) => i % 2 === 0),
    [0, 1, 2, 0, 1, 2],
  );
  t.is(await matrixAccuracy(done, 6), shareRight(model.predict(xs) as tf.Tensor, labels));
  t.throws(() => callbackList(tf, [slicer, {onEpochsEnd: () => undefined} as never]), {
    message: /tfjs has no hook "onEpochsEnd"; did you mean onEpochEnd\?/,
  });
});
