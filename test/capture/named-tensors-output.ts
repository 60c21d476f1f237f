import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import type {CnnSlicerOptions, NamedTensors} from 'cnnslicer';
import {openCube} from 'cnnslicer/analysis';
import {openRun} from 'cnnslicer/store';
import {column} from '../support/cube.js';
import {warnings} from '../support/warnings.js';
import {labels, runIn, xs} from '../support/named-tensors.js';

const logitsOf = (images: tf.Tensor, units: number) =>
  tf.matMul(images.reshape([-1, 64]), tf.randomNormal<tf.Rank.R2>([64, units], 0, 1, 'float32', 5));
const outputs: {
  what: string;
  network: (images: tf.Tensor) => NamedTensors;
  more?: Partial<CnnSlicerOptions['probe']>;
  name: string | null;
  why: RegExp;
  said?: RegExp;
}[] = [
  {
    what: 'logits, where they are the last',
    network: images => ({hidden: logitsOf(images, 8), logits: logitsOf(images, 3)}),
    ...{name: 'logits', why: /it has a unit for each of the 3 classes/},
  },
  {
    what: 'a softmax before units of the same number after it',
    network: images => ({probs: tf.softmax(logitsOf(images, 3)), code: logitsOf(images, 3)}),
    ...{name: 'probs', why: /it has a unit for each/},
  },
  {
    what: 'the last of two that fit, which is reported',
    network: images => ({code: logitsOf(images, 3), scores: logitsOf(images, 3)}),
    ...{name: 'scores', why: /it has a unit for each/, said: /may belong to output "scores" or to "code"; the last is taken/}, // prettier-ignore
  },
  {
    what: 'units before the last tensor, which is reported',
    network: images => ({scores: logitsOf(images, 3), code: logitsOf(images, 5)}),
    ...{
      name: 'scores',
      why: /it has a unit/,
      said: /output "scores" is taken for what names the classes, but is not the last tensor\. probe\.output says it/,
    },
  },
  {
    what: 'none that fits, which is reported',
    network: images => ({maps: images, code: logitsOf(images, 5)}),
    ...{name: null, why: /3 classes, which no output names: "maps" has the shape \[\?, 8, 8, 1\], "code" has 5 units/, said: /there is no confusion matrix/}, // prettier-ignore
  },
  {
    what: 'the one that probe.output names',
    network: images => ({code: logitsOf(images, 3), scores: logitsOf(images, 3)}),
    ...{more: {output: 'code'}, name: 'code', why: /probe\.output names it/},
  },
  {
    what: 'none, where probe.output says so',
    network: images => ({scores: logitsOf(images, 3)}),
    ...{more: {output: null}, name: null, why: /probe\.output is null/},
  },
  {
    what: 'a probability, where there are two classes',
    network: images => ({code: logitsOf(images, 4), probability: tf.sigmoid(logitsOf(images, 1))}),
    ...{
      more: {labels: labels.map(label => label % 2)},
      name: 'probability',
      why: /its one value, from 0 to 1/,
    },
  },
  {
    what: 'no single logit, whose threshold would be another',
    network: images => ({logit: logitsOf(images, 1)}),
    ...{more: {labels: labels.map(label => label % 2)}, name: null, why: /"logit" gives a number/},
  },
];
for (const {what, network, more, name, why, said = null} of outputs) {
  test.serial(`labels belong to ${what}`, async t => {
    const {dir, slicer} = await runIn(t, {probe: {xs, labels, ...more}});
    const lines = await warnings(t, async () => {
      await slicer.capture(0, {}, network);
      await slicer.close();
    });
    const {output} = (await openRun(dir)).info.probe;
    t.is(output?.name, name);
    t.regex(output?.why ?? '', why);
    t.is(lines.length, said ? 1 : 0, lines.join('\n'));
    if (said) t.regex(lines[0] as string, said);
    const cells = await (await openRun(dir)).table('confusion');
    t.is(cells.length > 0, name !== null);
  });
}

test.serial(
  'a unit that turns out to be no probability costs the matrix of that epoch, and is reported',
  async t => {
    const {dir, slicer} = await runIn(t, {
      probe: {xs, labels: labels.map(label => label % 2)},
      strict: false,
    });
    const given = (values: tf.Tensor) => ({p: tf.sigmoid(values), q: values});
    await slicer.capture(0, {}, images => ({p: given(logitsOf(images, 1)).p}));
    const said = await warnings(t, () =>
      slicer.capture(1, {}, images => ({p: given(logitsOf(images, 1)).q})),
    );
    await slicer.capture(2, {}, images => ({p: given(logitsOf(images, 1)).p}));
    await slicer.close();
    t.is(said.length, 1);
    t.regex(
      said[0] as string,
      /epoch 1: the predictions could not be read: the output has the value .+ give its sigmoid\./,
    );
    const run = await openRun(dir);
    t.deepEqual(await run.epochs(), [0, 1, 2]);
    t.deepEqual([...new Set((await run.table('confusion')).map(({epoch}) => epoch))], [0, 2]);
    const cube = await openCube(dir);
    t.teardown(() => cube.close());
    const reasons = column(await cube.query('H(label | y, epoch=1)'), 'reason');
    t.deepEqual(reasons, ['failed', 'failed']);
  },
);
