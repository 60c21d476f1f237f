import type * as tfjs from '@tensorflow/tfjs';
import {CaptureSession, OTHER_COPY, type EpochLogs} from './capture-session.js';
import type {CnnSlicerOptions} from './options.js';
import type {LayersModel, TensorFlow} from './tensorflow.js';

/** A tfjs callback that captures a run; works alone or in a list, with `fit` and `fitDataset`. */
export type CnnSlicer = tfjs.Callback & {
  /** Settles when all captured epochs are on disk. A script that just ends need not await it. */
  readonly finished: Promise<void>;
};

/**
 * The callback: watches a model learn and keeps what the watching needs in a run folder.
 *
 * At t = 0 and after each epoch it pushes the probe through the model, stores the activations, measures them in a worker
 * thread and logs to TensorBoard. It adds no tensor and never throws into `fit` unless `strict`.
 *
 * @param tf - Your own TensorFlow.js: the copy that made the model.
 * @param dir - The run folder, `<log directory>/<run>`; made when training begins. An earlier run in it is replaced from
 *   the first epoch of this fit on.
 * @returns A subclass of `tf.Callback`. In a list with plain `{onEpochEnd}` objects put it first and wrap those in
 *   `new tf.CustomCallback(…)`.
 * @throws {TypeError | RangeError} if an option does not fit; the message says what came and what to pass.
 *
 * @example
 * await model.fit(xs, ys, {
 *   epochs: 20,
 *   callbacks: cnnSlicer(tf, 'runs/mnist', {probe: {xs: probeXs, labels: probeLabels}}),
 * });
 */
export function cnnSlicer(tf: TensorFlow, dir: string, options: CnnSlicerOptions): CnnSlicer {
  if (typeof tf?.Callback !== 'function') {
    throw new TypeError(
      "cnnSlicer: the first argument must be TensorFlow.js itself (import * as tf from '@tensorflow/tfjs').",
    );
  }
  const session = new CaptureSession(tf, dir, options);

  class CnnSlicerCallback extends tf.Callback {
    get finished(): Promise<void> {
      return session.finished;
    }

    /** tfjs' own version throws into `fit` for a model of another copy of tfjs; here that is told in `onTrainBegin`. */
    override setModel(model: LayersModel): void {
      this.model = model;
    }

    override async onTrainBegin(): Promise<void> {
      // tfjs may take this method out of its object and call it on a wrapper of its own, which knows no model.
      if (this instanceof CnnSlicerCallback) await session.begin(this.model, this.params);
      else session.fail('could not begin', misplaced((this as unknown) instanceof tf.CustomCallback));
    }

    override async onEpochEnd(epoch: number, logs?: EpochLogs): Promise<void> {
      await session.epochEnd(epoch + 1, logs ?? {});
    }

    override async onTrainEnd(): Promise<void> {
      await session.end();
    }
  }
  return new CnnSlicerCallback();
}

function misplaced(sameCopy: boolean): Error {
  return new Error(
    sameCopy
      ? 'tfjs took the callback for a plain object, as the first of the list is one; put cnnSlicer first and wrap the others in new tf.CustomCallback(…).'
      : OTHER_COPY,
  );
}
