import {createRequire} from 'node:module';
import * as tf from '@tensorflow/tfjs';
import {loadNative} from './native.js';

/** tfjs-node's own TensorBoard callback; makes the native backend the current one, as it works there alone. */
export async function nativeTensorBoard(logdir: string): Promise<tf.CustomCallback> {
  await loadNative();
  await tf.setBackend('tensorflow');
  const {node} = createRequire(import.meta.url)('@tensorflow/tfjs-node') as {
    node: {tensorBoard(logdir: string): tf.CustomCallback};
  };
  return node.tensorBoard(logdir);
}
