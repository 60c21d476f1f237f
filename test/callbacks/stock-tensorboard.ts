import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {python, pythonTest} from '../support/python.js';
import {readEvents} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';

async function trainedRun(folder: string): Promise<string> {
  const {xs, ys} = tinyTensors(tf, 24);
  const slicer = cnnSlicer(tf, join(folder, 'run'), {probe: tinyImages(30), strict: true});
  await tinyCnn(tf).fit(xs, ys, {epochs: 3, verbose: 0, validationData: [xs, ys], callbacks: slicer});
  await slicer.finished;
  return join(folder, 'run', 'tensorboard');
}

pythonTest(
  'stock TensorBoard lists the scalars and histograms of a real training, with all their steps',
  async t => {
    const logdir = await trainedRun(await temporaryFolder(t));
    const report = await python(
      'test/support/check_tensorboard.py',
      logdir,
      ...['--need', 'scalars,histograms', '--min-steps', 'histograms=4'],
      ...['--need-tag', 'scalars=epoch_loss', '--need-tag', 'scalars=epoch_acc'],
      ...[
        '--need-tag',
        'scalars=inter_sample_entropy/conv',
        '--need-tag',
        'scalars=intra_sample_entropy/pool',
      ],
      ...[
        '--need-tag',
        'scalars=H\\(y\\|label\\)/2',
        '--need-tag',
        'histograms=intra_sample_entropy/conv/channels',
      ],
    );
    t.false(report.includes('FAIL'), report);
  },
);

test('an undefined class entropy is left out of the events, never written as 0', async t => {
  const logdir = await trainedRun(await temporaryFolder(t));
  t.deepEqual((await readdir(logdir)).sort(), ['probe', 'train', 'val']);
  const events = await readEvents(join(logdir, 'probe'));
  const atStart = events.filter(({step}) => (step ?? 0) === 0).flatMap(({summary}) => summary?.value ?? []);
  const tags = atStart.map(({tag}) => tag).filter(tag => tag.startsWith('H(label|y)/'));
  t.true(tags.length >= 1 && tags.length < 3, `the untrained model predicts ${tags.length} of 3 classes`);
});
