import type * as tf from '@tensorflow/tfjs';
import {trainingKernel} from './training-kernel.js';

/**
 * Sums the rows of x that share a segment id: the gradient of `gather`, and so of an embedding. Ids outside
 * 0..numSegments-1 are left out; a segment without rows is 0. Missing in the backend.
 */
export const unsortedSegmentSum = trainingKernel<
  Record<'x' | 'segmentIds', tf.TensorInfo>,
  tf.UnsortedSegmentSumAttrs
>({
  name: 'UnsortedSegmentSum',
  plain: 'loops',
  compiled: false,
  create:
    ({tf}) =>
    ({inputs: {x, segmentIds}, attrs: {numSegments}, backend}) => {
      const rowShape = x.shape.slice(segmentIds.shape.length);
      const width = tf.util.sizeFromShape(rowShape);
      const output = backend.makeOutput([numSegments, ...rowShape], x.dtype);
      const ids = backend.typedArrayFromHeap(segmentIds);
      const rows = backend.typedArrayFromHeap(x);
      const sums = backend.typedArrayFromHeap(output);
      sums.fill(0);
      for (let row = 0; row < ids.length; row++) {
        const segment = ids[row]!;
        if (segment < 0 || segment >= numSegments) continue;
        const from = row * width;
        const to = segment * width;
        for (let i = 0; i < width; i++) sums[to + i]! += rows[from + i]!;
      }
      return output;
    },
});
