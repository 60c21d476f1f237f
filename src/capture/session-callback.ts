import type * as tfjs from '@tensorflow/tfjs';
import type {CaptureSession} from './capture-session.js';
import type {EpochLogs} from './epoch-logs.js';
import type {NamedTensors, NetworkFunction} from './named-tensors.js';
import type {LayersModel, TensorFlow} from '../model/tensorflow.js';
import {OTHER_COPY} from './layers-network.js';

/** A tfjs callback that captures a run; works alone or in a list, with `fit` and `fitDataset`, and in custom loops. */
export type CnnSlicer = tfjs.Callback & Capture;

/** Members added to the tfjs callback interface. */
export interface Capture {
  /**
   * Settles when all captured epochs of a fit are on disk, also of a fit that threw; `fit` itself waits for it otherwise.
   * With `strict` it rejects with the first failure.
   */
  readonly finished: Promise<void>;
  /**
   * The run folder, absolute. Once a training has begun, the one that it is written to: where the folder that was given
   * holds an earlier run, a new one next to it.
   */
  readonly dir: string;

  /**
   * Captures the current state of the model: for custom training loops, instead of `fit`. The first call opens the run
   * folder: with epoch 0 as a fit does, with a later one it resumes the existing run and replaces its epochs from
   * this one on. Await each call, as the model must not train meanwhile.
   *
   * Call `setModel(model)` before. The model need not be compiled. `setParams({epochs, batchSize, samples})`
   * optionally records the training parameters that `fit` would have provided. More in docs/training-loops.md.
   *
   * @param epoch - Epochs trained so far, ascending: 0 is the untrained model. You decide what an epoch is, for example
   *   a hundred batches. With `everyEpochs` only the logs of the epochs between are recorded.
   * @param logs - Loss and metrics of that epoch: numbers, or tensors of one value, which you dispose.
   * @param tensors - Instead of `setModel`, for a network that is no `tf.LayersModel`, such as a `tf.GraphModel` or a
   *   custom function: its tensors for all of `probe.xs`, by name; or a function that computes them for some samples, which
   *   the callback calls batch by batch. The names are the layers of the run, in their order, and stay the same.
   * @throws {Error} only if `strict`; otherwise the first failure is reported in one line, and capture stays off until `close`.
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
   * Ends a custom loop: the run is finished. Resolves when everything is on disk. A process that ends without it
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

    /** tfjs' own version throws into `fit` for a model of another copy of tfjs; here that is reported in `onTrainBegin`. */
    override setModel(model: LayersModel): void {
      this.model = model;
      session.watch(model);
    }

    override async onTrainBegin(): Promise<void> {
      // tfjs may detach this method and call it on its own wrapper, which has no model.
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
