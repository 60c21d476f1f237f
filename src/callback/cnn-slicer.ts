import {CaptureSession} from '../capture/capture-session.js';
import type {CnnSlicerOptions} from '../capture/options.js';
import {sessionCallback, type CnnSlicer} from '../capture/session-callback.js';
import type {TensorFlow} from '../model/tensorflow.js';
import {nodeHost} from './node-host.js';

/**
 * The callback: watches a model learn and keeps what the watching needs in a run folder.
 *
 * At epoch 0 and after each epoch it passes the probe through the model, stores the activations, measures them in a worker
 * thread and logs to TensorBoard. It adds no tensor and never throws into `fit` unless `strict`.
 *
 * @param tf - Your own TensorFlow.js: the copy that made the model.
 * @param dir - The run folder, `<log directory>/<run>`; made when training begins. Further fits of the same model with the
 *   same callback go on in it. An earlier run in it is left alone: see `existing`.
 * @returns A subclass of `tf.Callback`. In a list with plain `{onEpochEnd}` objects use `callbackList(tf, […])`.
 * @throws {TypeError | RangeError} if an option is invalid; the message says what was received and what to pass.
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
  return sessionCallback(tf, new CaptureSession(tf, dir, options, nodeHost));
}
