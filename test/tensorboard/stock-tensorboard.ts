import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {EventWriter} from 'cnnslicer/tensorboard';
import {seededRandom} from '#src/shared/index.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const EPOCHS = 12;

/** A training with all that the callback logs; `probe` is flushed but never closed while TensorBoard reads. */
async function writeTraining(t: ExecutionContext, logdir: string): Promise<void> {
  const random = seededRandom(5);
  const [train, val, probe] = await Promise.all(
    ['train', 'val', 'probe'].map(run => EventWriter.open(join(logdir, run))),
  );
  if (!train || !val || !probe) throw new Error('Three runs were opened.');
  t.teardown(() => probe.close());
  for (let epoch = 0; epoch <= EPOCHS; epoch++) {
    if (epoch > 0) {
      train.scalars(epoch, Object.entries({epoch_loss: 1 / epoch, epoch_accuracy: 1 - 1 / epoch}));
      val.scalars(epoch, Object.entries({epoch_loss: epoch === 3 ? NaN : 2 / epoch}));
    }
    probe.scalars(
      epoch,
      Object.entries({'inter_sample_entropy/conv2d_1': 14 + random(), 'H(label|y)/3 cats & dogs': random()}),
    );
    probe.histograms(epoch, [
      ['intra_sample_entropy/conv2d_1/channels', Float32Array.from({length: 64}, () => random() * 5)],
      ['intra_sample_entropy/conv2d_2/channels', new Float32Array(8).fill(0)],
      ['intra_sample_entropy/dense_1/channels', []],
    ]);
  }
  await Promise.all([train.close(), val.close(), probe.flush()]);
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
    'scalars,histograms',
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
    const {scalars, histograms} = plugins;
    t.deepEqual(scalars?.runs, ['probe', 'train', 'val']);
    t.deepEqual(
      scalars?.steps,
      Array.from({length: EPOCHS + 1}, (_, epoch) => epoch),
    );
    t.deepEqual(scalars?.tags['H(label|y)/3 cats & dogs'], [['probe', EPOCHS + 1]]);
    t.deepEqual(scalars?.tags['epoch_loss']?.toSorted(), [
      ['train', EPOCHS],
      ['val', EPOCHS],
    ]);
    t.deepEqual(histograms?.tags, {
      'intra_sample_entropy/conv2d_1/channels': [['probe', EPOCHS + 1]],
      'intra_sample_entropy/conv2d_2/channels': [['probe', EPOCHS + 1]],
      'intra_sample_entropy/dense_1/channels': [['probe', EPOCHS + 1]],
    });
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
