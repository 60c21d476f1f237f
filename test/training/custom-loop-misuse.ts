import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions, type EpochLogs} from 'cnnslicer';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const SAMPLES = 24;

const probe = tinyImages(30);
const options = (more: Partial<CnnSlicerOptions> = {}): CnnSlicerOptions => ({
  probe,
  samples: 12,
  strict: true,
  ...more,
});

// The first tensor of a process makes tfjs advise its native package, which is no warning of ours.
tf.zeros([1]).dispose();

const misuses: {what: string; misuse: (slicer: CnnSlicer) => Promise<unknown>; message: RegExp}[] = [
  {
    what: 'no model',
    misuse: slicer => slicer.capture(0),
    message:
      /could not capture epoch 0: there is no model; call setModel\(model\) before, or give capture tensors/,
  },
  {
    what: 'a model without layers',
    misuse: slicer => {
      slicer.setModel({predict: () => tf.zeros([1])} as unknown as tf.LayersModel);
      return slicer.capture(0);
    },
    message: /epoch 0: the model must be a tf\.LayersModel, as tf\.sequential/,
  },
  {
    what: 'an epoch that is no integer',
    misuse: slicer => (slicer.setModel(tinyCnn(tf)), slicer.capture(0.5)),
    message: /epoch 0\.5: an epoch must be an integer >= 0, the epochs trained so far, got 0\.5\./,
  },
  {
    what: 'an epoch again',
    misuse: async slicer => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(4);
      await slicer.capture(4);
    },
    message: /could not capture epoch 4: epochs must ascend, and epoch 4 was before it\./,
  },
  {
    what: 'what trainOnBatch gives where there are metrics',
    misuse: slicer => {
      slicer.setModel(tinyCnn(tf));
      return slicer.capture(0, {loss: [0.5, 1]} as unknown as EpochLogs);
    },
    message: /logs\.loss must be a number or a tensor of one value, got an array of 2; trainOnBatch gives/,
  },
  {
    what: 'two captures that do not wait for each other',
    misuse: slicer => {
      slicer.setModel(tinyCnn(tf));
      return Promise.all([slicer.capture(0), slicer.capture(1)]);
    },
    message: /could not capture epoch 1: capture\(0\) has not finished; await each call/,
  },
  {
    what: 'another model in the midst',
    misuse: async slicer => {
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(0);
      slicer.setModel(tinyCnn(tf));
      await slicer.capture(1);
    },
    message: /could not capture epoch 1: it is another model; await close\(\) before setModel/,
  },
  {
    what: 'a manual capture within a fit',
    misuse: async slicer => {
      const {xs, ys} = tinyTensors(tf, SAMPLES);
      const meddle = new tf.CustomCallback({onBatchEnd: () => slicer.capture(7)});
      await tinyCnn(tf).fit(xs, ys, {epochs: 1, batchSize: SAMPLES, verbose: 0, callbacks: [slicer, meddle]});
      tf.dispose([xs, ys]);
    },
    message: /could not capture epoch 7: a fit is under way, which captures by itself/,
  },
];

for (const {what, misuse, message} of misuses) {
  test.serial(`${what}: is reported once, never thrown, and thrown if strict`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const slicer = cnnSlicer(tf, dir, options({strict: false}));
    const said = await warnings(t, async () => {
      await misuse(slicer);
      await slicer.capture(9); // a loop goes on calling
      await slicer.close();
    });
    t.is(said.length, 1, said.join('\n'));
    t.regex(said[0] as string, message);
    t.regex(said[0] as string, /^cnnslicer: .+ Training continues without capture\.$/);
    const strict = cnnSlicer(tf, join(dir, '..', 'strict'), options());
    await t.throwsAsync(misuse(strict), {message});
    await strict.close();
  });
}
