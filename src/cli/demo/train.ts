import type * as tfjs from '@tensorflow/tfjs';
import {cnnSlicer} from '../../callbacks/index.js';
import {loadMnist, type Digits} from './mnist.js';
import {digitModel} from './model.js';
import type {EpochProgress} from './progress.js';

const BATCH_SIZE = 32;
const EVALUATION_DIGITS = 1000;
const VALIDATION_DIGITS = 500;

export interface TrainingSettings {
  samplesPerClass: number;
  epochs: number;
  seed: number;
  /** Aborted: training stops after the current batch, and finished epochs are kept. */
  signal: AbortSignal;
  progress(settings: {epochs: number; batches: number}): EpochProgress;
}

/** Trains the demo's model as a user would: the callback is the only thing that a plain script would not have. */
export async function trainDigits(tf: typeof tfjs, dir: string, settings: TrainingSettings): Promise<void> {
  const {samplesPerClass, epochs, seed, signal} = settings;
  const train = await loadMnist('train', samplesPerClass * 10, seed);
  const test = await loadMnist('test', EVALUATION_DIGITS, seed);
  const model = digitModel(tf, seed);
  const slicer = cnnSlicer(tf, dir, {probe: test, evaluation: test, seed});
  const progress = settings.progress({epochs, batches: Math.ceil(train.labels.length / BATCH_SIZE)});
  const [xs, ys] = tensors(tf, train);
  const validation = tensors(tf, firstDigits(test, VALIDATION_DIGITS));
  let current = 1;
  try {
    await model.fit(xs, ys, {
      epochs,
      batchSize: BATCH_SIZE,
      // The digits come shuffled, one of each class in turn: a run can be repeated with its seed.
      shuffle: false,
      validationData: validation,
      verbose: 0,
      callbacks: [
        slicer,
        new tf.CustomCallback({
          onEpochBegin: epoch => void (current = epoch + 1),
          onBatchEnd: batch => {
            if (signal.aborted) model.stopTraining = true;
            progress.batch(current, batch + 1);
          },
          onEpochEnd: (epoch, logs) => progress.epoch(epoch + 1, epochSummary(logs)),
        }),
      ],
    });
    await slicer.finished;
  } finally {
    progress.stop();
    tf.dispose([xs, ys, ...validation]);
    model.dispose();
  }
}

function tensors(tf: typeof tfjs, {xs, labels}: Digits): [xs: tfjs.Tensor, ys: tfjs.Tensor] {
  return [
    tf.tensor4d(xs, [labels.length, 28, 28, 1]),
    tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat()),
  ];
}

function firstDigits({xs, labels}: Digits, count: number): Digits {
  return {xs: xs.subarray(0, (xs.length / labels.length) * count), labels: labels.subarray(0, count)};
}

function epochSummary(logs: tfjs.Logs = {}): string {
  const shown = (name: string) => (logs[name] === undefined ? '-' : logs[name].toFixed(3));
  return `loss ${shown('loss')}  accuracy ${shown('acc')}  validation ${shown('val_acc')}`;
}
