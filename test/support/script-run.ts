import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, verifyRun, type Run} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from './temporary-folder.js';

/** The callback as a script has it, but in this thread, without TensorBoard, and throwing; and its run. */
export async function scriptSlicer(
  t: ExecutionContext,
  options: CnnSlicerOptions,
): Promise<{slicer: CnnSlicer; run: () => Promise<Run>}> {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, {strict: true, tensorboard: false, background: false, ...options});
  const run = async () => {
    await slicer.finished;
    t.deepEqual((await verifyRun(dir)).problems, []);
    return openRun(dir);
  };
  return {slicer, run};
}

/** Share of the samples on the diagonal of the confusion matrix; null where the run has none. */
export async function matrixAccuracy(run: Run, epoch: number): Promise<number | null> {
  const cells = await run.table('confusion', {epochs: [epoch]});
  const sum = (list: typeof cells) => list.reduce((total, {count}) => total + count, 0);
  return cells.length > 0
    ? sum(cells.filter(({label, predicted}) => label === predicted)) / sum(cells)
    : null;
}

/** Share of the samples where the output's largest unit is the label: what `evaluate` calls accuracy. */
export function shareRight(scores: tf.Tensor, labels: ArrayLike<number>): number {
  const predicted = scores.argMax(-1).dataSync();
  return Array.from(predicted).filter((unit, i) => unit === labels[i]).length / labels.length;
}

/** Points of as many clouds as classes, and which cloud each is of. */
export function clouds(samples: number, size: number, classes: number, seed = 1) {
  const random = seededRandom(seed);
  const labels = Int32Array.from({length: samples}, (_, i) => i % classes);
  const values = Float32Array.from({length: samples * size}, (_, i) => {
    const label = labels[Math.floor(i / size)] as number;
    return ((i % size) % classes === label ? 0.9 : 0) + 0.5 * random();
  });
  return {
    xs: tf.tensor2d(values, [samples, size]),
    labels,
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat()),
  };
}

export const namesOf = (run: Run): string[] => run.info.layers.slice(run.info.inputs).map(({name}) => name);

/** Loss and metrics of the run, as `epoch name`. */
export async function logNames(run: Run): Promise<string[]> {
  return (await run.table('logs')).map(({epoch, name}) => `${epoch} ${name}`);
}
