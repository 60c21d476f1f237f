import type * as tf from '@tensorflow/tfjs';
import {poolingGeometry, volumePoolingGeometry} from './geometry.js';
import {windows2d, windows3d, type Axis} from './max-pool-loops.js';
import type {NativeKernelName} from './native-kernels.js';
import {trainingKernel} from './training-kernel.js';
import {constant} from './wasm-backend.js';

type Call = {dy: tf.TensorInfo; input: tf.TensorInfo};

/**
 * The gradient of average pooling. A window over the border averages the pixels within the image alone; the backend's
 * own gradient, like the cpu backend's, divides by the whole window there. So dy is scaled first.
 */
export const averagePoolGrad = scalingBorders<tf.AvgPoolGradAttrs>('AvgPoolGrad', (util, shape, attrs) => {
  const {height, width} = windows2d(poolingGeometry(util, shape, attrs));
  return [height, width];
});

/** The same over volumes. */
export const averagePool3dGrad = scalingBorders<tf.AvgPool3DGradAttrs>(
  'AvgPool3DGrad',
  (util, shape, attrs) => {
    const {depth, height, width} = windows3d(volumePoolingGeometry(util, shape, attrs));
    return [depth, height, width];
  },
);

function scalingBorders<Attrs extends object>(
  name: NativeKernelName & `AvgPool${string}Grad`,
  axesOf: (util: typeof tf.backend_util, shape: number[], attrs: Attrs) => Axis[],
) {
  return trainingKernel<Call, Attrs>({
    name,
    plain: 'composition',
    compiled: false,
    create:
      ({tf, native}) =>
      ({inputs: {dy, input}, attrs, backend}) => {
        const axes = axesOf(tf.backend_util, input.shape, attrs);
        const {shape, values} = borderFactors(axes);
        if (values.every(factor => factor === 1)) return native.run(backend, name, {dy, input}, attrs);
        const factors = constant(backend, shape, values);
        try {
          return native.compose(backend, run =>
            run(name, {dy: run('Multiply', {a: dy, b: factors}), input}, attrs),
          );
        } finally {
          backend.disposeData(factors.dataId);
        }
      },
  });
}

/** Ratio of each window's size to its part inside the image; broadcasts over samples and channels. */
function borderFactors(axes: readonly Axis[]): {shape: number[]; values: Float32Array} {
  let values = [1];
  for (const {input, output, filter, stride, pad} of axes) {
    const factors = Array.from({length: output}, (_, position) => {
      const start = position * stride - pad;
      const inside = Math.min(input, start + filter) - Math.max(0, start);
      return inside > 0 ? filter / inside : 0;
    });
    values = values.flatMap(before => factors.map(factor => before * factor));
  }
  return {shape: [1, ...axes.map(({output}) => output), 1], values: Float32Array.from(values)};
}
