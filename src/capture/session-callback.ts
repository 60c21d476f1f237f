import type * as tfjs from '@tensorflow/tfjs';
import type {CaptureSession} from './capture-session.js';
import type {EpochLogs} from './epoch-logs.js';
import type {NamedTensors, NetworkFunction} from './named-tensors.js';
import type {LayersModel, TensorFlow} from '../model/tensorflow.js';
import {OTHER_COPY} from './layers-network.js';

/** A tfjs callback that captures a run; works alone or in a list, with `fit` and `fitDataset`, and in loops of your own. */
export type CnnSlicer = tfjs.Callback & Capture;

/** What the callback has beyond those of tfjs. */
export interface Capture {
  /**
   * Settles when all captured epochs of a fit are on disk, also of a fit that threw; `fit` itself waits for it otherwise.
   * With `strict` it rejects with the first failure.
   */
  readonly finished: Promise<void>;
  /**
   * The run folder, absolute. Once a training has begun, the one that it is written to: where the folder that was given
   * holds an earlier run, that is one beside it.
   */
  readonly dir: string;

  /**
   * Captures the model as it is now: for training loops of your own, in place of `fit`. The first call opens the run
   * folder: with epoch 0 as a fit does, with a later one it goes on with the run that is there and replaces its epochs from
   * this one on. Await each call, as the model must not train meanwhile.
   *
   * Call `setModel(model)` before. The model need not be compiled. `setParams({epochs, batchSize, samples})` tells, if
   * you like, what `fit` would have told of the training. More in docs/training-loops.md.
   *
   * @param epoch - Epochs trained so far, ascending: 0 is the untrained model. What an epoch is, is yours to say: also
   *   every hundredth batch. With `everyEpochs` those between are not captured, only their logs.
   * @param logs - Loss and metrics of that epoch: numbers, or tensors of one value, which stay yours to dispose.
   * @param tensors - In place of `setModel`, for a network that is no `tf.LayersModel`, such as a `tf.GraphModel` or a
   *   function of your own: its tensors of all of `probe.xs`, by name; or a function that makes them of some samples, which
   *   the callback calls batch by batch. The names are the layers of the run, in their order, and stay the same.
   * @throws {Error} only if `strict`; else the first failure is told in one line, and capture stays off until `close`.
   *
   * @example
   * const slicer = cnnSlicer(tf, 'runs/by-hand', {probe: {xs: probeXs, labels: probeLabels}});
   * slicer.setModel(model);
   * await slicer.capture(0);
   * for (let epoch = 1; epoch <= 20; epoch++) {
   *   const loss = await trainOneEpoch(model); // e.g. model.trainOnBatch(…) over your batches
   *   await slicer.capture(epoch, {loss});
   * }
   * await slicer.close();
   *
   * @example
   * await slicer.capture(epoch, {loss}, xs => {
   *   const [conv1, logits] = graphModel.execute(xs, ['conv1/Relu', 'logits']) as tf.Tensor[];
   *   return {conv1, logits};
   * });
   */
  capture(epoch: number, logs?: EpochLogs | null, tensors?: NamedTensors | NetworkFunction): Promise<void>;

  /**
   * Ends a loop of your own: the run is finished. Resolves when everything is on disk. A process that ends without it
   * keeps every captured epoch, in a run that was stopped early.
   */
  close(): Promise<void>;
}

/** The callback over a session: what tfjs calls, with the members of {@link Capture}. */
export function sessionCallback(tf: TensorFlow, session: CaptureSession): CnnSlicer {
  class CnnSlicerCallback extends tf.Callback {
    get finished(): Promise<void> {
      return session.finished;
    }

    get dir(): string {
      return session.dir;
    }

    /** tfjs' own version throws into `fit` for a model of another copy of tfjs; here that is told in `onTrainBegin`. */
    override setModel(model: LayersModel): void {
      this.model = model;
      session.watch(model);
    }

    override async onTrainBegin(): Promise<void> {
      // tfjs may take this method out of its object and call it on a wrapper of its own, which knows no model.
      if (this instanceof CnnSlicerCallback) await session.begin(this.model, this.params);
      else session.refuse('could not begin', misplaced((this as unknown) instanceof tf.CustomCallback));
    }

    override async onEpochEnd(epoch: number, logs?: EpochLogs): Promise<void> {
      await session.epochEnd(epoch, logs ?? {});
    }

    override async onTrainEnd(): Promise<void> {
      await session.end();
    }

    async capture(
      epoch: number,
      logs?: EpochLogs | null,
      tensors?: NamedTensors | NetworkFunction,
    ): Promise<void> {
      await session.capture({model: this.model, tensors}, this.params, epoch, logs ?? {});
    }

    async close(): Promise<void> {
      await session.close();
    }
  }
  return new CnnSlicerCallback();
}

function misplaced(sameCopy: boolean): Error {
  return new Error(
    sameCopy
      ? 'tfjs took the callback for a plain object, as the first of the list is one; write callbacks: callbackList(tf, [slicer, {…}]), of cnnslicer.'
      : OTHER_COPY,
  );
}
