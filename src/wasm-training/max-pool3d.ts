import type * as tf from '@tensorflow/tfjs';
import {volumePoolingGeometry} from './geometry.js';
import {forEachWindow, giveToMaxima, windows3d} from './max-pool-loops.js';
import {trainingKernel} from './training-kernel.js';

/**
 * Max pooling over volumes. The backend's own starts its search at the smallest positive float, so that a window
 * without a positive value has that for its maximum.
 */
export const maxPool3d = trainingKernel<Record<'x', tf.TensorInfo>, tf.MaxPool3DAttrs>({
  name: 'MaxPool3D',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {x}, attrs, backend}) => {
      const geometry = volumePoolingGeometry(tf.backend_util, x.shape, attrs);
      const output = backend.makeOutput(geometry.outShape, 'float32');
      const maxima = backend.typedArrayFromHeap(output);
      const values = backend.typedArrayFromHeap(x) as Float32Array;
      forEachWindow(windows3d(geometry), values, ({largest}, out) => maxima.set(largest, out));
      return output;
    },
});

/** The gradient of max pooling over volumes. The backend's own has the same fault. */
export const maxPool3dGrad = trainingKernel<Record<'dy' | 'input', tf.TensorInfo>, tf.MaxPool3DGradAttrs>({
  name: 'MaxPool3DGrad',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {dy, input}, attrs, backend}) => {
      const geometry = volumePoolingGeometry(tf.backend_util, input.shape, attrs);
      const dx = backend.makeOutput(input.shape, 'float32');
      const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
      giveToMaxima(windows3d(geometry), {x: view(input), dy: view(dy), dx: view(dx)});
      return dx;
    },
});
