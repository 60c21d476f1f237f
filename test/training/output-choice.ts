import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type Probe} from 'cnnslicer';
import {openCube} from 'cnnslicer/analysis';
import {openRun, type Run} from 'cnnslicer/store';
import {chooseOutput as chooseFrom, type LabelClasses} from '#src/capture/output-choice.js';
import {modelOutputs} from '#src/capture/output-units.js';
import {seededRandom} from '#src/shared/index.js';
import {cnnslicer as command} from '../support/command.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';
import {closeTo} from '../support/close-to.js';

const {layers} = tf;

const chooseOutput = (model: tf.LayersModel, labels: LabelClasses, asked?: string | number | null) =>
  chooseFrom({outputs: modelOutputs(model), preferred: 'first'}, labels, asked);

/** A model with an output for each of the last layers. */
function outputs(...last: tf.layers.Layer[]): tf.LayersModel {
  const input = tf.input({shape: [4]});
  return tf.model({inputs: input, outputs: last.map(layer => layer.apply(input) as tf.SymbolicTensor)});
}

type Loss = string | ((label: tf.Tensor, predicted: tf.Tensor) => tf.Tensor);
/** tfjs takes names and functions in one list, which its types do not say. */
type Losses = string[];

function compiled(model: tf.LayersModel, loss: Loss[], metrics?: string[]): tf.LayersModel {
  model.compile({optimizer: 'sgd', loss: loss as Losses, ...(metrics && {metrics})});
  return model;
}

const softmax = (units: number, name?: string) =>
  layers.dense({units, activation: 'softmax', ...(name && {name})});
const linear = (units: number, name?: string) => layers.dense({units, ...(name && {name})});
const sigmoid = (units: number, name?: string) =>
  layers.dense({units, activation: 'sigmoid', ...(name && {name})});
const indices = (classes: number) => ({classes, declared: false});
const rows = (classes: number) => ({classes, declared: true});
const huber: Loss = (label, predicted) => tf.losses.huberLoss(label, predicted);

const choices: [
  title: string,
  model: () => tf.LayersModel,
  labels: {classes: number; declared: boolean},
  output: number | null,
][] = [
  [
    'the output of as many classes, not the first that is wide enough',
    () => outputs(softmax(7), softmax(5)),
    rows(5),
    1,
  ],
  ['the same for labels that are indices', () => outputs(softmax(7), softmax(5)), indices(5), 1],
  [
    'a sigmoid unit for labels of two classes, not the first of ten',
    () => outputs(softmax(10), sigmoid(1)),
    indices(2),
    1,
  ],
  ['a softmax before units without an activation', () => outputs(linear(6), softmax(6)), indices(6), 1],
  [
    'a softmax, not coordinates under a loss of the user',
    () => compiled(outputs(linear(4), softmax(4)), [huber, 'categoricalCrossentropy']),
    rows(4),
    1,
  ],
  ['no coordinates under a loss of the user', () => compiled(outputs(linear(5)), [huber]), indices(5), null],
  [
    'no coordinates that are wide enough for labels to group by',
    () => compiled(outputs(linear(5)), [huber]),
    indices(2),
    null,
  ],
  ['no coordinates in 0 to 1', () => compiled(outputs(sigmoid(4)), [huber]), indices(4), null],
  ['no numbers of a regression', () => compiled(outputs(linear(3)), ['meanSquaredError']), indices(3), null],
  [
    'no sigmoids of which several may be right',
    () => compiled(outputs(sigmoid(6)), ['binaryCrossentropy']),
    indices(6),
    null,
  ],
  [
    'sigmoids that are trained to name one class',
    () => compiled(outputs(sigmoid(6)), ['categoricalCrossentropy']),
    rows(6),
    0,
  ],
  [
    'units that a metric counts as classes',
    () => compiled(outputs(linear(3)), [huber], ['categoricalAccuracy']),
    rows(3),
    0,
  ],
  [
    'units under a cross-entropy of tfjs',
    () => compiled(outputs(linear(3)), [tf.losses.softmaxCrossEntropy]),
    rows(3),
    0,
  ],
  ['scores of a loop of the user', () => outputs(linear(3)), indices(3), 0],
  ['no scores that are more than the classes', () => outputs(linear(4)), indices(3), null],
  ['an output whose last class the probe lacks', () => outputs(softmax(10)), indices(9), 0],
  ['no output of many classes for labels of two', () => outputs(softmax(10)), indices(2), null],
  ['no wider output where rows say how many classes', () => outputs(softmax(10)), rows(9), null],
  ['no four times 36 letters for the 36 of the first', () => outputs(softmax(144)), indices(36), null],
  ['no output of fewer classes', () => outputs(softmax(3)), indices(4), null],
  ['no single unit that is a number', () => outputs(linear(1)), indices(2), null],
  ['a softmax behind a custom layer and a reshape', () => behind(), rows(3), 0],
  ['the last layer of a model inside the model', () => nestedLast(), rows(3), 0],
];

function behind(): tf.LayersModel {
  const input = tf.input({shape: [4]});
  const scores = layers.dense({units: 3}).apply(input) as tf.SymbolicTensor;
  const answer = layers
    .reshape({targetShape: [3]})
    .apply(layers.softmax().apply(scores)) as tf.SymbolicTensor;
  return compiled(tf.model({inputs: input, outputs: answer}), [huber]);
}

function nestedLast(): tf.LayersModel {
  const head = tf.sequential({layers: [layers.dense({units: 3, activation: 'softmax', inputShape: [4]})]});
  const input = tf.input({shape: [4]});
  return compiled(tf.model({inputs: input, outputs: head.apply(input) as tf.SymbolicTensor}), [huber]);
}

for (const [title, model, labels, output] of choices) {
  test(`labels belong to ${title}`, t => {
    t.is(chooseOutput(model(), labels).classifier?.output ?? null, output);
  });
}

test('the losses of several outputs may come by name', t => {
  const model = outputs(linear(3, 'size'), linear(3, 'kind'));
  model.compile({optimizer: 'sgd', loss: {size: 'meanAbsoluteError', kind: 'categoricalCrossentropy'}});
  t.is(chooseOutput(model, indices(3)).name, 'kind');
});

test('probe.output is obeyed, by name, by position, and where it names none', t => {
  const model = compiled(outputs(softmax(7, 'first'), linear(9, 'second')), [
    'categoricalCrossentropy',
    huber,
  ]);
  t.deepEqual(chooseOutput(model, indices(5), 'second').classifier, {output: 1, width: 9, classes: 9});
  t.is(chooseOutput(model, indices(5), 0).name, 'first');
  t.is(chooseOutput(model, indices(7), null).classifier, null);
  t.is(chooseOutput(model, indices(7), null).warning, null);
  t.throws(() => chooseOutput(model, indices(5), 'third'), {
    instanceOf: RangeError,
    message: 'options.probe.output: the model has no output "third"; its outputs are 0 "first", 1 "second".',
  });
  const {classifier, why} = chooseOutput(model, indices(8), 'first');
  t.is(classifier, null);
  t.is(why, 'the labels have 8 classes, but "first" has 7 (class indices count from 0)');
});

test('what is open is said, and what is not is not', t => {
  const warning = (model: tf.LayersModel, labels: {classes: number; declared: boolean}) =>
    chooseOutput(model, labels).warning;
  t.is(warning(outputs(softmax(3)), rows(3)), null);
  t.is(warning(compiled(outputs(linear(3)), ['meanSquaredError']), indices(3)), null);
  t.is(
    warning(outputs(softmax(3, 'left'), softmax(3, 'right')), rows(3)),
    'the labels may belong to output "left" or to "right"; the first is taken',
  );
  t.is(
    warning(outputs(softmax(3, 'kinds')), indices(4)),
    'the labels have 4 classes, which no output names: "kinds" has 3 (class indices count from 0); there is no confusion matrix',
  );
  t.regex(warning(outputs(softmax(3)), indices(1)) ?? '', /^the labels have 1 class, which/);
  t.regex(warning(outputs(softmax(3)), rows(4)) ?? '', /^the labels or class names tell of 4 classes, which/);
  t.regex(warning(outputs(linear(3)), indices(3)) ?? '', /are taken for scores/);
  t.regex(warning(outputs(softmax(10)), indices(9)) ?? '', /name 9 of its 10 classes/);
});

/** Trains a dense model with the heads given, on points whose classes are separable; labels and targets by head. */
async function trained(
  t: ExecutionContext,
  heads: {layer: tf.layers.Layer; target: tf.Tensor; loss: Loss}[],
  xs: tf.Tensor,
  probe: Probe,
): Promise<{run: Run; accuracies: number[]}> {
  const dir = join(await temporaryFolder(t), 'run');
  const input = tf.input({shape: [3]});
  const hidden = layers
    .dense({units: 24, activation: 'relu', kernelInitializer: tf.initializers.glorotUniform({seed: 4})})
    .apply(input) as tf.SymbolicTensor;
  const model = tf.model({
    inputs: input,
    outputs: heads.map(({layer}) => layer.apply(hidden) as tf.SymbolicTensor),
  });
  model.compile({
    optimizer: tf.train.adam(0.03),
    loss: heads.map(({loss}) => loss) as Losses,
    metrics: ['accuracy'],
  });
  const slicer = cnnSlicer(tf, dir, {probe, strict: true, tensorboard: false, background: false});
  const ys = heads.map(({target}) => target);
  await model.fit(xs, ys, {epochs: 12, verbose: 0, shuffle: false, callbacks: slicer});
  await slicer.finished;
  const accuracies = [model.predict(xs)].flat().map((given, i) => {
    const right = given.argMax(1).equal((ys[i] as tf.Tensor).argMax(1));
    return right.mean().dataSync()[0] as number;
  });
  return {run: await openRun(dir), accuracies};
}

async function correctShare(run: Run): Promise<number> {
  const cells = await run.table('confusion', {epochs: [12]});
  const right = cells.filter(({label, predicted}) => label === predicted);
  const sum = (list: typeof cells) => list.reduce((total, {count}) => total + count, 0);
  return sum(right) / sum(cells);
}

function points(samples: number, seed: number) {
  const random = seededRandom(seed);
  const values = Float32Array.from({length: samples * 3}, () => random() * 2 - 1);
  const at = (i: number, axis: number) => values[i * 3 + axis] as number;
  return {
    xs: tf.tensor2d(values, [samples, 3]),
    sign: Int32Array.from({length: samples}, (_, i) => (at(i, 0) > 0 ? 1 : 0)),
    third: Int32Array.from({length: samples}, (_, i) => Math.min(2, Math.floor((at(i, 1) + 1) * 1.5))),
  };
}

const oneHot = (labels: Int32Array, classes: number) =>
  tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat());

for (const seed of [3, 11]) {
  test.serial(
    `the matrix of a model with boxes and two kinds of classes is that of the labels (${seed})`,
    async t => {
      const {xs, sign, third} = points(150, seed);
      const heads = [
        {layer: linear(3, 'box'), target: xs, loss: huber},
        {layer: softmax(3, 'third'), target: oneHot(third, 3), loss: 'categoricalCrossentropy'},
        {layer: softmax(2, 'sign'), target: oneHot(sign, 2), loss: 'categoricalCrossentropy'},
      ];
      const bySign = await trained(t, heads, xs, {xs, labels: sign, classNames: ['negative', 'positive']});
      t.deepEqual(bySign.run.info.classes, ['negative', 'positive']);
      t.is(bySign.run.info.probe.output?.name, 'sign');
      closeTo(t, await correctShare(bySign.run), bySign.accuracies[2] ?? 0, 1e-6);
      const byThird = await trained(
        t,
        heads.map(({layer, ...head}) => ({...head, layer: layers.dense(layer.getConfig() as never)})),
        xs,
        {xs, labels: oneHot(third, 3)},
      );
      t.is(byThird.run.info.probe.output?.name, 'third');
      closeTo(t, await correctShare(byThird.run), byThird.accuracies[1] ?? 0, 1e-6);
    },
  );
}

test.serial('labels from 1 are reported once, in the run, by inspect, and on request', async t => {
  const {xs, third} = points(60, 5);
  const heads = [{layer: softmax(3, 'kinds'), target: oneHot(third, 3), loss: 'categoricalCrossentropy'}];
  let run: Run | undefined;
  const said = await warnings(t, async () => {
    ({run} = await trained(t, heads, xs, {xs, labels: third.map(label => label + 1)}));
  });
  const why = 'the labels have 4 classes, which no output names: "kinds" has 3 (class indices count from 0)';
  t.is(said.filter(line => line.includes('no confusion matrix')).length, 1);
  t.true(said.some(line => line.includes(`${why}; there is no confusion matrix. probe.output says it`)));
  const {dir, info} = run as Run;
  t.deepEqual(info.probe.output, {name: null, chosenBy: 'shape', why});
  const cube = await openCube(dir);
  await t.throwsAsync(cube.query('H(label | y)'), {
    message: new RegExp(`The run has no confusion matrix: ${why.replace(/[()]/g, '\\$&')}\\.`),
  });
  await cube.close();
  const {stdout} = await command('inspect', dir);
  t.true(stdout.includes(`no confusion matrix: ${why}`));
});
