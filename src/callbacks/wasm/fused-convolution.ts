import type * as tf from '@tensorflow/tfjs';
import {activate, isFused} from './activation.js';
import {trainingKernel} from './training-kernel.js';

/** A fused convolution with an activation that the backend cannot fuse (tanh, …): the activation follows on its own. */
function withAnyActivation(name: 'FusedConv2D' | 'FusedDepthwiseConv2D') {
  return trainingKernel<tf.FusedConv2DInputs, tf.FusedConv2DAttrs>({
    name,
    plain: 'composition',
    compiled: false,
    create:
      ({native}) =>
      ({inputs, attrs, backend}) => {
        const {activation} = attrs;
        if (isFused(activation)) return native.run(backend, name, inputs, attrs);
        return native.compose(backend, run =>
          activate(run, run(name, inputs, {...attrs, activation: 'linear'}), {activation}),
        );
      },
  });
}

export const fusedConv2d = withAnyActivation('FusedConv2D');
export const fusedDepthwiseConv2d = withAnyActivation('FusedDepthwiseConv2D');
