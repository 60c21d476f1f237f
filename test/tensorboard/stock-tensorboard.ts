import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {EventWriter} from 'cnnslicer/tensorboard';
import {seededRandom, type Picture} from '#src/shared/index.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const EPOCHS = 12;

/** A training with all that the callback logs; `probe` is flushed but never closed while TensorBoard reads. */
async function writeTraining(t: ExecutionContext, logdir: string): Promise<void> {
  const random = seededRandom(5);
  const [run, train, val, probe] = await Promise.all(
    ['', 'train', 'val', 'probe'].map(name => EventWriter.open(join(logdir, 'mnist', name))),
  );
  if (!run || !train || !val || !probe) throw new Error('Four runs were opened.');
  t.teardown(() => probe.close());
  writeOnce(run);
  for (let epoch = 0; epoch <= EPOCHS; epoch++) {
    if (epoch > 0) {
      train.scalars(epoch, Object.entries({epoch_loss: 1 / epoch, epoch_accuracy: 1 - 1 / epoch}));
      val.scalars(epoch, Object.entries({epoch_loss: epoch === 3 ? NaN : 2 / epoch}));
    }
    probe.scalars(
      epoch,
      Object.entries({'inter_sample_entropy/conv2d_1': 14 + random(), 'H[label|y]/3 cats & dogs': random()}),
    );
    probe.histograms(epoch, [
      ['intra_sample_entropy/conv2d_1/channels', Float32Array.from({length: 64}, () => random() * 5)],
      ['intra_sample_entropy/conv2d_2/channels', new Float32Array(8).fill(0)],
      ['intra_sample_entropy/dense_1/channels', []],
    ]);
    probe.images(epoch, [['feature_maps/conv2d_1', {pictures: [noise(random), noise(random)]}]]);
  }
  await Promise.all([run.close(), train.close(), val.close(), probe.flush()]);
}

function writeOnce(run: EventWriter): void {
  const line = {title: 'loss', tags: ['epoch_loss$']};
  run.layout(0, [{title: 'Training', charts: [line]}]);
  run.text(0, [['model', '| layer |\n| --- |\n| conv2d_1 |']]);
  run.graph(0, [
    {name: 'in', op: 'InputLayer', inputs: [], shapes: [[null, 8, 8, 1]]},
    {name: 'nested/conv', op: 'Conv2D', inputs: ['in'], shapes: [[null, 6, 6, 4]]},
  ]);
  run.hparams(0, {
    experiment: {
      hparams: [{name: 'lr', type: 'number', differs: true}],
      metrics: [
        {tag: 'epoch_loss', run: 'train'},
        {tag: 'epoch_loss', run: 'val'},
      ],
    },
  });
  run.hparams(0, {sessionStart: {hparams: {lr: 0.5}}});
  run.hparams(EPOCHS, {sessionEnd: {status: 'success'}});
}

/** Grey, 8 x 8. */
function noise(random: () => number): Picture {
  const pixels = new Uint8ClampedArray(8 * 8 * 4).fill(255);
  for (let at = 0; at < pixels.length; at += 4) pixels.fill(random() * 255, at, at + 3);
  return {width: 8, height: 8, pixels};
}

interface Served {
  problems: string[];
  plugins: Record<
    string,
    {runs: string[]; steps: number[]; tags: Record<string, [run: string, points: number][]>}
  >;
}

async function serve(t: ExecutionContext, loadFast: 'true' | 'false'): Promise<Served> {
  const dir = await temporaryFolder(t);
  const logdir = join(dir, 'logs');
  const report = join(dir, 'report.json');
  await writeTraining(t, logdir);
  const requirements = [
    '--need',
    'scalars,histograms,images,custom_scalars,hparams,text,graphs',
    '--min-runs',
    'scalars=3',
    '--min-steps',
    `scalars=${EPOCHS}`,
  ];
  await python(
    'test/support/check_tensorboard.py',
    logdir,
    ...requirements,
    '--load-fast',
    loadFast,
    '--json',
    report,
  );
  return JSON.parse(await readFile(report, 'utf8')) as Served;
}

for (const [loader, loadFast] of [
  ['default', 'true'],
  ['pure Python', 'false'],
] as const) {
  pythonTest(`stock TensorBoard serves every run, tag and step with its ${loader} loader`, async t => {
    const {problems, plugins} = await serve(t, loadFast);
    t.deepEqual(problems, []);
    const {scalars, histograms, images, text} = plugins;
    t.deepEqual(scalars?.runs, ['mnist/probe', 'mnist/train', 'mnist/val']);
    t.deepEqual(
      scalars?.steps,
      Array.from({length: EPOCHS + 1}, (_, epoch) => epoch),
    );
    t.deepEqual(scalars?.tags['H[label|y]/3 cats & dogs'], [['mnist/probe', EPOCHS + 1]]);
    t.deepEqual(scalars?.tags['epoch_loss']?.toSorted(), [
      ['mnist/train', EPOCHS],
      ['mnist/val', EPOCHS],
    ]);
    t.deepEqual(histograms?.tags, {
      'intra_sample_entropy/conv2d_1/channels': [['mnist/probe', EPOCHS + 1]],
      'intra_sample_entropy/conv2d_2/channels': [['mnist/probe', EPOCHS + 1]],
      'intra_sample_entropy/dense_1/channels': [['mnist/probe', EPOCHS + 1]],
    });
    t.deepEqual(images?.tags, {'feature_maps/conv2d_1': [['mnist/probe', 10]]}, 'what it keeps by default');
    t.is(images?.steps.at(-1), EPOCHS);
    t.deepEqual(text?.tags, {model: [['mnist', 1]]});
  });
}

pythonTest('with a purge step, TensorBoard forgets what an earlier file holds from that step on', async t => {
  const dir = await temporaryFolder(t);
  const first = await EventWriter.open(dir);
  for (let step = 0; step < 7; step++) first.scalars(step, Object.entries({loss: 1, 'only in the first': 1}));
  await first.close();
  const second = await EventWriter.open(dir, {purgeStep: 3});
  for (let step = 3; step < 5; step++) second.scalars(step, [['loss', 2]]);
  await second.close();
  const program = `
import json, sys
from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator
from tensorboard.util import tensor_util
run = EventAccumulator(sys.argv[1]).Reload()
points = lambda tag: [[e.step, float(tensor_util.make_ndarray(e.tensor_proto))] for e in run.Tensors(tag)]
print(json.dumps({tag: points(tag) for tag in run.Tags()['tensors']}))`;
  t.deepEqual(JSON.parse(await python('-c', program, dir)), {
    loss: [
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ],
    'only in the first': [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  });
});
