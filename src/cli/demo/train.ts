import type * as tfjs from '@tensorflow/tfjs';
import {cnnSlicer} from '../../callback/index.js';
import type {Dataset, LabelledImages, Preparation} from '../../datasets/index.js';
import type {Demo} from './demos.js';
import type {EpochProgress} from './progress.js';

const BATCH_SIZE = 32;
const EVALUATION_IMAGES = 1000;
const VALIDATION_IMAGES = 500;

export interface TrainingSettings {
  samplesPerClass: number;
  epochs: number;
  seed: number;
  /** Aborted: a download in progress is cancelled; training stops after the current batch, and finished epochs are kept. */
  signal: AbortSignal;
  /** Called with the progress of data that are downloaded on first use. */
  onPreparation: (preparation: Preparation) => void;
  /** Called when the data are ready. */
  progress: (settings: {images: number; epochs: number; batches: number}) => EpochProgress;
}

/**
 * Trains a demo's model as a user would: the callback is the only addition to a plain script.
 *
 * @returns The run folder: `dir`, or a new one next to it if `dir` holds a run.
 */
export async function trainDemo(
  tf: typeof tfjs,
  dir: string,
  demo: Demo,
  settings: TrainingSettings,
): Promise<string> {
  const {dataset} = demo;
  const {samplesPerClass, epochs, seed, signal, onPreparation} = settings;
  const images = samplesPerClass * dataset.classNames.length;
  const train = await dataset.load('train', images, {seed, onPreparation, signal});
  const test = await dataset.load('test', EVALUATION_IMAGES, {seed, onPreparation, signal});
  const model = demo.model(tf, seed);
  const probe = {...test, classNames: dataset.classNames};
  const slicer = cnnSlicer(tf, dir, {probe, evaluation: test, trainingSet: train, seed});
  const batches = Math.ceil(train.labels.length / BATCH_SIZE);
  const progress = settings.progress({images: train.labels.length, epochs, batches});
  const [xs, ys] = tensors(tf, dataset, train);
  const validation = tensors(tf, dataset, firstImages(test, VALIDATION_IMAGES));
  let current = 1;
  try {
    await model.fit(xs, ys, {
      epochs,
      batchSize: BATCH_SIZE,
      // The images are shuffled, one of each class in turn: a run can be repeated with its seed.
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
    return slicer.dir;
  } finally {
    progress.stop();
    tf.dispose([xs, ys, ...validation]);
    model.dispose();
  }
}

function tensors(
  tf: typeof tfjs,
  {shape, classNames}: Dataset,
  {xs, labels}: LabelledImages,
): [xs: tfjs.Tensor, ys: tfjs.Tensor] {
  return [
    tf.tensor4d(xs, [labels.length, ...shape]),
    tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classNames.length).toFloat()),
  ];
}

function firstImages({xs, labels}: LabelledImages, count: number): LabelledImages {
  return {xs: xs.subarray(0, (xs.length / labels.length) * count), labels: labels.subarray(0, count)};
}

function epochSummary(logs: tfjs.Logs = {}): string {
  const shown = (name: string) => (logs[name] === undefined ? '-' : logs[name].toFixed(3));
  return `loss ${shown('loss')}  accuracy ${shown('acc')}  validation ${shown('val_acc')}`;
}
