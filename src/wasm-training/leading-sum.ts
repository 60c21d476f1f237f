import type * as tf from '@tensorflow/tfjs';
import {offsetOf} from './train-module.js';
import {trainingKernel} from './training-kernel.js';

/**
 * Sum over the leading axes, which is the gradient of every bias. The backend transposes the whole tensor first;
 * the compiled kernel adds up columns where they lie. All other sums are left to the backend.
 */
export const leadingSum = trainingKernel<Record<'x', tf.TensorInfo>, tf.SumAttrs>({
  name: 'Sum',
  plain: 'native',
  compiled: true,
  create:
    ({tf, native, compiled}) =>
    ({inputs: {x}, attrs, backend}) => {
      const module = compiled(backend);
      const axes = tf.util.parseAxisParam(attrs.axis, x.shape);
      const count = axes.length;
      const leading = count < x.shape.length && axes.every(axis => axis < count);
      if (module === null || !leading || x.dtype !== 'float32') return native.run(backend, 'Sum', {x}, attrs);
      const kept = x.shape.slice(count);
      const shape = attrs.keepDims ? [...axes.map(() => 1), ...kept] : kept;
      const sums = backend.makeOutput(shape, 'float32');
      const rows = tf.util.sizeFromShape(x.shape.slice(0, count));
      module.columnSums(offsetOf(backend, x), rows, tf.util.sizeFromShape(kept), offsetOf(backend, sums));
      return sums;
    },
});
