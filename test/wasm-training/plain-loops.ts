import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {
  convolutionCases,
  convolutionGradients,
  negativePoolingGradient,
  on,
  poolingCases,
  randomValues,
  tiedPoolingGradient,
  worstError,
} from '../support/wasm-training.js';

test.before(async () => {
  await tf.setBackend('wasm');
  // A build of the backend that does not export its memory.
  const backend = tf.backend() as unknown as {wasm: {asm: object}};
  backend.wasm.asm = {...backend.wasm.asm, memory: undefined};
});

test.serial('without access to the memory no kernel is said to be compiled', async t => {
  const {webAssembly, kernels} = await enableWasmTraining(tf);
  t.false(webAssembly);
  t.deepEqual(
    kernels.filter(kernel => kernel.servedBy === 'webassembly'),
    [],
  );
});

test.serial('composed convolution gradients equal those of the cpu backend', async t => {
  for (const convolution of convolutionCases()) {
    const gradients = () => convolutionGradients(convolution);
    const error = worstError(await on('wasm', gradients), await on('cpu', gradients));
    t.true(error < 1e-5, `${JSON.stringify(convolution)}: relative error ${error}`);
  }
});

test.serial('looped pooling gradients and sums equal those of the cpu backend', async t => {
  for (const pooling of poolingCases) {
    const gradient = () => negativePoolingGradient(pooling);
    t.true(worstError(await on('wasm', gradient), await on('cpu', gradient)) < 1e-6, JSON.stringify(pooling));
  }
  t.deepEqual(await on('wasm', tiedPoolingGradient), await on('cpu', tiedPoolingGradient));
  const sums = () => [tf.sum(randomValues(1, [3, 5, 6, 18]), [0, 1, 2])];
  t.true(worstError(await on('wasm', sums), await on('cpu', sums)) < 1e-5);
});

test.serial('composed gradients leave nothing behind', async t => {
  await tf.setBackend('wasm');
  const step = () => tf.dispose(tf.tidy(() => convolutionGradients({input: [2, 8, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: 'same'}))); // prettier-ignore
  step();
  const held = {tensors: tf.memory().numTensors, data: tf.backend().numDataIds()};
  for (let i = 0; i < 10; i++) step();
  t.deepEqual({tensors: tf.memory().numTensors, data: tf.backend().numDataIds()}, held);
});
