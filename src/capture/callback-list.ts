import type * as tfjs from '@tensorflow/tfjs';
import {closest} from 'fastest-levenshtein';
import {show} from './show.js';

const HOOKS = [
  'onTrainBegin',
  'onTrainEnd',
  'onEpochBegin',
  'onEpochEnd',
  'onBatchBegin',
  'onBatchEnd',
  'onYield',
];

type RealCallback = tfjs.Callback | tfjs.CustomCallback;

/**
 * Builds a list for `fit` that mixes plain objects of hooks with real callbacks: tfjs itself accepts either alone, and fails
 * on both together. Each object is wrapped in `tf.CustomCallback`; real callbacks are unchanged, and the order is kept.
 *
 * @param tf - Your own TensorFlow.js.
 * @param list - False, null and undefined are left out, so that `debug && {…}` may be an entry.
 * @throws {TypeError} if an entry is not a callback, or has a hook that tfjs does not know.
 *
 * @example
 * callbacks: callbackList(tf, [slicer, {onEpochEnd: (epoch, logs) => console.log(epoch, logs)}]),
 */
export function callbackList(
  tf: Pick<typeof tfjs, 'CustomCallback'>,
  list: readonly (RealCallback | tfjs.CustomCallbackArgs | false | null | undefined)[],
): RealCallback[] {
  if (!Array.isArray(list)) {
    throw new TypeError(
      `callbackList: pass the callbacks in a list, [slicer, {onEpochEnd}], got ${show(list)}.`,
    );
  }
  return (list as readonly unknown[]).flatMap((entry, i) => {
    if (entry === false || entry === null || entry === undefined) return [];
    if (typeof entry !== 'object')
      throw new TypeError(`callbackList: entry ${i} is no callback, got ${show(entry)}.`);
    if ('setParams' in entry && 'setModel' in entry) return [entry as RealCallback];
    for (const [hook, value] of Object.entries(entry)) {
      if (!HOOKS.includes(hook)) {
        throw new TypeError(
          `callbackList: entry ${i}: tfjs has no hook "${hook}"; did you mean ${closest(hook, HOOKS)}? The hooks are ${HOOKS.join(', ')}.`,
        );
      }
      if (value !== undefined && typeof value !== 'function')
        throw new TypeError(`callbackList: entry ${i}: ${hook} must be a function, got ${show(value)}.`);
    }
    return [new tf.CustomCallback(entry)];
  });
}
