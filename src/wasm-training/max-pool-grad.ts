import type * as tf from '@tensorflow/tfjs';
import {poolingGeometry} from './geometry.js';
import {giveToMaxima, windows2d} from './max-pool-loops.js';
import {offsetOf, withGeometry} from './train-module.js';
import {trainingKernel} from './training-kernel.js';

/**
 * The gradient of max pooling: dy of a window goes to its first maximum. The backend's own starts its search at the
 * smallest positive float, so windows without a positive value pass nothing on, and gives ties to the last element.
 */
export const maxPoolGrad = trainingKernel<Record<'dy' | 'input', tf.TensorInfo>, tf.MaxPoolGradAttrs>({
  name: 'MaxPoolGrad',
  plain: 'loops',
  compiled: true,
  create:
    ({tf, compiled}) =>
    ({inputs: {dy, input}, attrs, backend}) => {
      const geometry = poolingGeometry(tf.backend_util, input.shape, attrs);
      const dx = backend.makeOutput(input.shape, 'float32');
      const module = compiled(backend);
      if (module) {
        withGeometry(backend, geometry, 0, packed =>
          module.maxPoolGrad(packed, offsetOf(backend, input), offsetOf(backend, dy), offsetOf(backend, dx)),
        );
      } else {
        const view = (info: tf.TensorInfo) => backend.typedArrayFromHeap(info) as Float32Array;
        giveToMaxima(windows2d(geometry), {x: view(input), dy: view(dy), dx: view(dx)});
      }
      return dx;
    },
});
