import type * as tf from '@tensorflow/tfjs';
import {activate, isFused} from './activation.js';
import {convolutionGeometry} from './geometry.js';
import {trainingKernel, type KernelContext} from './training-kernel.js';

type Operands = Record<'x' | 'filter', tf.TensorInfo>;

/**
 * Forward convolutions. The backend's own go wrong for padding `same` where the windows leave rows or columns unused
 * on one axis (a filter shorter than the stride) and the other axis is padded; with the same padding in numbers they
 * are right.
 */
export const conv2d = withPaddingInNumbers('Conv2D', false);
export const depthwiseConv2d = withPaddingInNumbers('DepthwiseConv2dNative', true);
export const fusedConv2d = withAnyActivation('FusedConv2D', false);
export const fusedDepthwiseConv2d = withAnyActivation('FusedDepthwiseConv2D', true);

function withPaddingInNumbers(name: 'Conv2D' | 'DepthwiseConv2dNative', depthwise: boolean) {
  return trainingKernel<Operands, tf.Conv2DAttrs>({
    name,
    plain: 'native',
    compiled: false,
    create:
      ({tf, native}) =>
      ({inputs, attrs, backend}) =>
        native.run(backend, name, inputs, paddingInNumbers(tf.backend_util, inputs, attrs, depthwise)),
  });
}

/** An activation that the backend cannot fuse (tanh, …) is applied after the fused convolution. */
function withAnyActivation(name: 'FusedConv2D' | 'FusedDepthwiseConv2D', depthwise: boolean) {
  return trainingKernel<Operands, tf.FusedConv2DAttrs>({
    name,
    plain: 'composition',
    compiled: false,
    create:
      ({tf, native}) =>
      ({inputs, attrs, backend}) => {
        const {activation} = attrs;
        const padded = paddingInNumbers(tf.backend_util, inputs, attrs, depthwise);
        if (isFused(activation)) return native.run(backend, name, inputs, padded);
        return native.compose(backend, run =>
          activate(run, run(name, inputs, {...padded, activation: 'linear'}), {activation}),
        );
      },
  });
}

/** The attributes of a convolution with `same` turned into the rows and columns that it adds on each side. */
function paddingInNumbers<Attrs extends Pick<tf.Conv2DAttrs, 'strides' | 'dilations' | 'pad' | 'dataFormat'>>(
  util: KernelContext['tf']['backend_util'],
  {x, filter}: Operands,
  attrs: Attrs,
  depthwise: boolean,
): Attrs {
  // NCHW, which the backend refuses by itself, in its own words.
  if (attrs.pad !== 'same' || attrs.dataFormat === 'NCHW') return attrs;
  const shapes = {input: x.shape, filter: filter.shape, depthwise};
  const {padInfo} = convolutionGeometry(util, shapes, {...attrs, dilations: attrs.dilations ?? 1});
  const {top, bottom, left, right} = padInfo;
  // prettier-ignore
  return {...attrs, pad: [[0, 0], [top, bottom], [left, right], [0, 0]]};
}
