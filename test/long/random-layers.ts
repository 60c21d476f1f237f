import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {checkRandomLayer, kinds} from '../support/random-layers/check.js';

test.before(async () => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
});

test.serial('random layers of every kind: output and all gradients are right to 1e-4', async t => {
  const names = Object.keys(kinds);
  for (let index = 0; index < 3 * names.length; index++) {
    const {kind, error, layer} = await checkRandomLayer(12, index);
    t.true(error < 1e-4, `seed 12, layer ${index}: ${kind}: relative error ${error}: ${layer}`);
  }
});

/** Kinds that the backend alone computes wrongly for some of their shapes. */
const fixed = ['conv2d', 'conv2dTranspose', 'conv3d', 'depthwiseConv2d', 'fusedConv2d', 'fusedDepthwiseConv2d', 'separableConv2d', 'maxPooling2d', 'maxPooling3d', 'averagePooling2d', 'averagePooling3d']; // prettier-ignore

for (const kind of fixed) {
  test.serial(`twenty random layers more of ${kind}`, async t => {
    for (let index = 0; index < 20; index++) {
      const {error, layer} = await checkRandomLayer(34, index, kind);
      t.true(error < 1e-4, `seed 34, layer ${index}: relative error ${error}: ${layer}`);
    }
  });
}
