import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {EventWriter} from 'cnnslicer/tensorboard';
import type {EventMessage, SummaryValue} from '#src/tensorboard/event-proto.js';
import {readEvents} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {EPOCHS, trainForTensorBoard} from '../support/tensorboard-run.js';

const valuesOf = (events: EventMessage[]): SummaryValue[] =>
  events.flatMap(({summary}) => summary?.value ?? []);

const tagsOf = (events: EventMessage[], plugin: string): string[] => [
  ...new Set(
    valuesOf(events)
      .filter(({metadata}) => metadata.pluginData.pluginName === plugin)
      .map(({tag}) => tag),
  ),
];

test('an undefined class entropy is left out of the events, never written as 0', async t => {
  const dir = await trainForTensorBoard(await temporaryFolder(t));
  t.deepEqual(
    (await readdir(dir, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(({name}) => name),
    ['probe', 'train', 'val'],
  );
  const events = await readEvents(join(dir, 'probe'));
  const atStart = valuesOf(events.filter(({step}) => (step ?? 0) === 0)).map(({tag}) => tag);
  const tags = atStart.filter(tag => tag.startsWith('H[label|y]/'));
  t.true(tags.length >= 1 && tags.length < 3, `the untrained model predicts ${tags.length} of 3 classes`);
});

test('chosen layer pairs and numbers of samples are drawn, or none', async t => {
  const chosen = await trainForTensorBoard(await temporaryFolder(t), {
    options: {
      tensorboard: {
        capacity: [
          ['conv_input', 'dense'],
          ['conv', 'conv'],
        ],
        featureMaps: 2,
      },
    },
  });
  const events = await readEvents(join(chosen, 'probe'));
  t.deepEqual(tagsOf(events, 'images').sort(), [
    'capacity/conv/conv',
    'capacity/conv_input/dense',
    'confusion_matrix',
    'feature_maps/conv',
    'feature_maps/conv_2',
  ]);
  const sheet = valuesOf(events).find(({tag}) => tag === 'feature_maps/conv');
  t.is(sheet?.tensor.stringVal?.length, 2 + 2, 'width, height, and a picture for each sample');

  const none = await trainForTensorBoard(await temporaryFolder(t), {
    options: {tensorboard: {capacity: [], featureMaps: 0}},
  });
  t.deepEqual(tagsOf(await readEvents(join(none, 'probe')), 'images'), ['confusion_matrix']);
});

test('a layer pair that is not captured is reported when training begins', async t => {
  const folder = await temporaryFolder(t);
  await t.throwsAsync(
    trainForTensorBoard(folder, {options: {tensorboard: {capacity: [['conv', 'conv9']]}}}),
    {
      message:
        /options\.tensorboard\.capacity: layer "conv9" is not captured; captured are conv_input, conv, conv_2, dense\./,
    },
  );
});

test('a training that goes on describes itself again, from its own epoch', async t => {
  const folder = await temporaryFolder(t);
  await trainForTensorBoard(folder);
  const dir = await trainForTensorBoard(folder, {initialEpoch: 2});
  t.is((await readdir(dir)).filter(name => name.includes('tfevents')).length, 2);
  const events = await readEvents(dir);
  const texts = events.filter(({summary}) => summary?.value.some(({tag}) => tag === 'model'));
  t.deepEqual(
    texts.map(({step}) => step ?? 0),
    [0, 2],
  );
  const ends = events.filter(({summary}) => summary?.value[0]?.tag === '_hparams_/session_end_info');
  t.deepEqual(
    ends.map(({step}) => step),
    [EPOCHS, EPOCHS],
  );
});

test('a training that goes on drops the findings of the one before, whose end is none', async t => {
  const folder = await temporaryFolder(t);
  const findings = join(await trainForTensorBoard(folder), 'findings');
  const {id} = (await openRun(join(folder, 'run'))).info;
  for (const owner of [id!, 'another']) {
    const writer = await EventWriter.open(findings, {owner});
    writer.text(EPOCHS, [['findings', 'Nothing stands out.']]);
    await writer.close();
  }
  await trainForTensorBoard(folder, {initialEpoch: 2});
  const left = await readdir(findings);
  t.is(left.length, 1);
  t.regex(left[0]!, /\.another\.v2$/);
});

/** Every file below a folder, with its content. */
async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => entry.isFile()).map(({parentPath, name}) => join(parentPath, name));
  return new Map(await Promise.all(files.map(async path => [path, await readFile(path, 'latin1')] as const)));
}

test('event files of others in a directory that is shared are never touched', async t => {
  const folder = await temporaryFolder(t);
  const shared = join(folder, 'tb');
  for (const run of ['', 'train', 'val', 'probe', 'run/train', 'findings']) {
    await mkdir(join(shared, run), {recursive: true});
    await writeFile(join(shared, run, 'events.out.tfevents.1700000000.otherhost.1.0.v2'), 'precious');
  }
  const before = await contents(shared);
  const settings = {options: {tensorboard: shared}};
  await trainForTensorBoard(folder, settings);
  await trainForTensorBoard(folder, {...settings, initialEpoch: 2});
  await trainForTensorBoard(folder, {options: {tensorboard: shared, existing: 'overwrite'}});
  const after = await contents(shared);
  for (const [path, content] of before) t.is(after.get(path), content, path);
  const ours = [...after.keys()].filter(path => !before.has(path)).map(path => relative(shared, path));
  t.true(
    ours.every(path => path.startsWith(join('run-2', '/'))),
    ours.join('\n'),
  );
  const {id} = (await openRun(join(folder, 'run'))).info;
  t.true(
    ours.every(path => path.endsWith(`.${id}.v2`)),
    'the run that was replaced has taken its files along',
  );
});

test('two runs in one directory lie side by side', async t => {
  const folder = await temporaryFolder(t);
  const options = {tensorboard: join(folder, 'tb')};
  for (let i = 0; i < 2; i++) await trainForTensorBoard(folder, {options});
  t.deepEqual((await readdir(join(folder, 'tb'))).sort(), ['run', 'run-2']);
  for (const run of ['run', 'run-2']) {
    t.deepEqual((await readdir(join(folder, 'tb', run, 'train'))).length, 1);
  }
});

test('a model without classes, convolutions or losses that are numbers has the pages that make sense', async t => {
  const folder = await temporaryFolder(t);
  const dir = join(folder, 'run');
  const model = tf.sequential({
    layers: [
      tf.layers.dense({name: 'hidden', units: 5, inputShape: [4]}),
      tf.layers.dense({name: 'out', units: 1}),
    ],
  });
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const probe = {
    xs: Float32Array.from({length: 48}, (_, i) => Math.sin(i)),
    labels: new Int32Array(12).fill(2),
  };
  const slicer = cnnSlicer(tf, dir, {probe, strict: true});
  // A target without end makes the loss infinite, then NaN.
  await model.fit(tf.ones([4, 4]), tf.fill([4, 1], 1e38), {epochs: 2, verbose: 0, callbacks: slicer});
  await slicer.finished;
  const events = await readEvents(join(dir, 'tensorboard/probe'));
  t.deepEqual(tagsOf(events, 'images'), []);
  t.true(tagsOf(events, 'scalars').includes('inter_sample_entropy/hidden'));
  t.false(tagsOf(events, 'scalars').some(tag => tag.startsWith('H[') || tag.startsWith('class_entropy')));
  t.deepEqual(tagsOf(await readEvents(join(dir, 'tensorboard')), 'text'), ['model', 'run']);
});
